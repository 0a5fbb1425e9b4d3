// The grammar of Spark SQL as one recursive descent over the tokens, private to sql/.
//
// A rule is a method; it reads its tokens and returns its node. Its body stands in the file of its
// subject: expression/*.cc, query/*.cc, statement/*.cc, type.cc. Chains of operators are loops, so
// that only parentheses and subqueries deepen the stack.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/cursor.h"

namespace pyrite::sql {

class Grammar : public Cursor {
 public:
  using Cursor::Cursor;

  // Whole texts: these read up to the end.
  spec::Statement WholeStatement();
  spec::ExpressionPtr WholeExpression();
  std::vector<std::string> WholeName();
  DataType WholeDataType();
  DataType WholeSchema();

 private:
  using Names = std::vector<std::string>;

  // names.cc
  std::string Identifier();        // any word in its own case
  std::string StrictIdentifier();  // one that may name a table without AS
  Names IdentifierList();          // (a, b)
  Names QualifiedName();           // a.b.c
  Names MultipartIdentifier();     // the same, or IDENTIFIER('a.b')
  std::vector<Names> MultipartIdentifierList();
  void RejectHyphen(int32_t first);  // a-b where a name must stand
  bool AtImplicitAlias() const;      // a word that can be an alias without AS
  bool AtTableAlias() const;
  bool AtNamesAtTheEnd(int ahead) const;
  bool EndsItem(int ahead) const;  // nothing follows that the item could continue with

  // expression/boolean.cc
  spec::ExpressionPtr Expression();
  spec::ExpressionPtr AndChain();
  spec::ExpressionPtr Negation();
  spec::ExpressionPtr Balanced(std::vector<spec::ExpressionPtr> operands, const char* function);
  spec::Expressions ExpressionList();     // a, b, c
  spec::ExpressionPtr NamedExpression();  // with its alias or aliases
  spec::Expressions NamedExpressionList();
  spec::ExpressionPtr SortItem();
  spec::Expressions SortItems();

  // expression/predicate.cc
  spec::ExpressionPtr Predicated();
  spec::ExpressionPtr NegatablePredicate(spec::ExpressionPtr value, int32_t first);
  spec::ExpressionPtr In(spec::ExpressionPtr value, int32_t first);
  spec::ExpressionPtr Like(spec::ExpressionPtr value, int32_t first, bool negated);
  spec::ExpressionPtr Is(spec::ExpressionPtr value, int32_t first);

  // expression/operator.cc
  spec::ExpressionPtr ValueExpression(int least_precedence = 1);
  spec::ExpressionPtr Unary();

  // expression/primary.cc
  spec::ExpressionPtr Primary();
  spec::ExpressionPtr PrimaryBase();
  spec::ExpressionPtr Parenthesized();
  spec::ExpressionPtr WordExpression();
  spec::ExpressionPtr NameOrCall();
  spec::ExpressionPtr Star(spec::NameParts target, int32_t first);
  spec::ExpressionPtr Lambda();
  bool AtLambda() const;

  // expression/function.cc
  spec::ExpressionPtr FunctionCall(spec::NameParts name, int32_t first);
  spec::ExpressionPtr FunctionArgument();
  spec::ExpressionPtr FunctionSuffixes(spec::UnresolvedFunction call, int32_t first);
  spec::ExpressionPtr DatetimeArithmetic(const spec::UnresolvedFunction& call, int32_t first);

  // expression/special_function.cc: calls with a syntax of their own; null when it is not one
  spec::ExpressionPtr SpecialFunction();
  spec::ExpressionPtr CaseExpression();
  spec::ExpressionPtr CastCall();
  spec::ExpressionPtr StructCall();
  spec::ExpressionPtr IgnoreNullsCall();
  spec::ExpressionPtr PositionCall();
  spec::ExpressionPtr ExtractCall();
  spec::ExpressionPtr SubstringCall();
  spec::ExpressionPtr TrimCall();
  spec::ExpressionPtr OverlayCall();

  // expression/window.cc
  spec::WindowSpec Window();
  spec::WindowFrame Frame();
  spec::FrameBound Bound();

  // expression/literal.cc
  spec::ExpressionPtr NumberLiteral();
  spec::ExpressionPtr StringLiteralExpression();
  std::string StringText();  // 'a' 'b'
  std::string OneString();
  bool AtNumber(int ahead = 0) const;
  spec::ExpressionPtr TypedLiteral();
  std::string IntegerText();

  // expression/interval.cc
  bool AtIntervalLiteral() const;
  spec::ExpressionPtr IntervalLiteral();
  spec::ExpressionPtr IntervalOfText(const std::string& text, int32_t first);
  spec::ExpressionPtr UnitToUnit(int32_t first);
  spec::ExpressionPtr MultipleUnits(int32_t first);
  bool AtIntervalPart() const;
  std::string IntervalValue();

  // query/query.cc
  spec::RelationPtr Query();
  spec::RelationPtr QueryBody();  // without its WITH
  spec::RelationPtr SetOperations(bool intersect_only);
  spec::RelationPtr SetOperationWith(spec::RelationPtr left, int32_t first, bool primary_right);
  spec::RelationPtr QueryPrimary();
  spec::RelationPtr WithClause();
  spec::With CommonTables();
  spec::CommonTable CommonTableDefinition(bool recursive);
  int32_t RecursionLevel();
  spec::RelationPtr ParenthesizedQuery();
  bool AtQuery(int32_t index) const;  // whether a query starts at the token
  bool AtParenthesizedQuery(int32_t index) const;
  spec::RelationPtr InlineTable();

  // query/pipe.cc
  bool AtWord(std::string_view word) const;
  bool EndsPipeStep(int ahead) const;
  spec::RelationPtr PipeStep(spec::RelationPtr input, int32_t first);
  spec::RelationPtr PipeOrganization(spec::RelationPtr input, int32_t first);
  spec::RelationPtr PipeExtend(spec::RelationPtr input, int32_t first);
  spec::RelationPtr PipeSet(spec::RelationPtr input, int32_t first);
  spec::RelationPtr PipeDrop(spec::RelationPtr input, int32_t first);
  spec::RelationPtr PipeAggregate(spec::RelationPtr input, int32_t first);

  // query/organization.cc
  spec::RelationPtr QueryOrganization(spec::RelationPtr input, int32_t first);
  spec::RelationPtr OrderClauses(spec::RelationPtr input, int32_t first);
  spec::RelationPtr WindowClause(spec::RelationPtr input, int32_t first);
  spec::WithWindows WindowDefinitions();

  // query/select.cc
  spec::RelationPtr Select();
  spec::RelationPtr FromFirst();
  struct SelectList;
  SelectList SelectClause();
  spec::RelationPtr PipeSelect(spec::RelationPtr input, int32_t first);
  spec::RelationPtr SelectBody(const SelectList& list, spec::RelationPtr input, int32_t first);
  void HintClause(std::vector<std::vector<spec::Hint>>& hints);
  spec::RelationPtr LateralViews(spec::RelationPtr input);

  // query/group_by.cc
  struct GroupingElement;
  spec::RelationPtr GroupBy(spec::Expressions select, spec::RelationPtr input, int32_t first);
  GroupingElement ReadGroupingElement();
  std::vector<spec::Expressions> GroupingSetList(GroupingElement& element);
  spec::Expressions GroupingSet();
  bool AtGroupingAnalytics() const;
  void TrailingGroupingSets(spec::Aggregate& aggregate);

  // query/from.cc
  spec::RelationPtr FromClause();
  spec::RelationPtr RelationWithJoins();
  spec::RelationPtr RelationPrimary();
  spec::RelationPtr TableOrFunction();
  spec::RelationPtr TableFunction(spec::NameParts name, int32_t first);
  // query/table_argument.cc
  bool AtTableArgument(int ahead) const;
  spec::ExpressionPtr TableFunctionArgument();
  spec::ExpressionPtr TableArgument();
  spec::RelationPtr TableOfArgument(int32_t first);
  void TableArgumentPartitions(spec::TableArgument& argument, int32_t first);
  spec::RelationPtr TableAlias(spec::RelationPtr input, int32_t first);
  spec::RelationPtr SampleClause(spec::RelationPtr input, int32_t first);
  spec::ExpressionPtr SampledRows(int32_t first);
  std::string PropertyKey();
  spec::Options PropertyList();

  // query/join.cc
  bool AtJoin() const;
  spec::RelationPtr JoinWith(spec::RelationPtr left, int32_t first);
  spec::JoinType ReadJoinType();

  // query/pivot.cc
  spec::RelationPtr PivotClause(spec::RelationPtr input, int32_t first);
  spec::RelationPtr AliasWithoutColumns(spec::RelationPtr input, int32_t first);
  spec::UnpivotGroup UnpivotItem(spec::UnresolvedStar& others);
  spec::RelationPtr UnpivotClause(spec::RelationPtr input, int32_t first);

  // type.cc
  DataType Type();
  DataType ArrayType();
  DataType MapType();
  DataType StructType();
  DataType PrimitiveType();
  DataType IntervalType();
  DataType TimestampType();
  DataType DecimalType();
  StructField Field(bool colon);
  int TypeArgument();

  // statement/statement.cc
  spec::Statement Statement();
  spec::Statement WithStatement();
  spec::CommandPtr CreateStatement();
  spec::CommandPtr DropStatement();
  spec::CommandPtr ExplainStatement();
  spec::CommandPtr OtherStatement();
  spec::NameParts StatementTable();
  std::string RestOfStatement();
  bool AtObject(std::span<const std::string_view> objects) const;

  // statement/configuration.cc
  spec::CommandPtr SetStatement();
  spec::CommandPtr SetTimeZone(int32_t first);
  spec::CommandPtr ResetStatement();

  // statement/view.cc
  spec::CommandPtr CreateViewStatement(int32_t first, bool replace);
  bool AcceptIfNotExists();
  bool ViewHasProvider() const;
  spec::CommandPtr CreateViewUsing(const spec::CreateView& view, int32_t first);
  void ViewProperties(const spec::CreateView& view, int32_t first);
  spec::CommandPtr AlterStatement();
  spec::CommandPtr RefreshStatement();

  // statement/table.cc
  spec::CommandPtr CreateTableStatement(int32_t first, bool replace);
  spec::CommandPtr Unsupported(std::string feature, int32_t first);
  DataType TableColumns();
  bool TableClause(spec::CreateTable& create, int32_t first);
  void PartitionColumns(spec::CreateTable& create);
  spec::CommandPtr CreateNamespaceStatement(int32_t first);
  spec::CommandPtr DropNamespaceStatement(int32_t first);
  spec::CommandPtr InsertStatement(std::optional<spec::With> with = {});
  spec::CommandPtr TableMaintenance();

  // statement/show.cc
  bool AcceptWord(std::string_view word);
  void ExpectWord(std::string_view word);
  spec::NameParts OptionalNamespace();
  std::optional<std::string> OptionalPattern();
  bool AcceptNamespaceWord();
  spec::CommandPtr ShowStatement();
  spec::CommandPtr ShowOneTable(int32_t first);
  spec::CommandPtr ShowFunctions(int32_t first);
  spec::CommandPtr OtherShow(int32_t first);

  // statement/describe.cc
  spec::CommandPtr DescribeStatement();
  spec::CommandPtr DescribeTableStatement(int32_t first);
  spec::NameParts DescribedFunction();

  // statement/cache.cc
  spec::CommandPtr CacheStatement();
  spec::CommandPtr UncacheStatement();
  spec::CommandPtr ClearStatement();
  spec::CommandPtr UseStatement();

  // statement/variable.cc
  spec::CommandPtr DeclareStatement();
  spec::CommandPtr SetVariableStatement(int32_t first);
  spec::CommandPtr DropVariableStatement(int32_t first);
  spec::CommandPtr ExecuteStatement();
  spec::ExpressionPtr ParameterMarker();
  bool AtIdentifierClause() const;
  Names IdentifierClause();

  int32_t next_parameter_ = 0;  // ordinal of the next ?
};

}  // namespace pyrite::sql
