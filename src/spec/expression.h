// Unresolved expressions: what SQL text and Spark Connect messages both become.
//
// Nodes are immutable plain aggregates in one closed set. Operators are function calls by Spark's
// names, the same ones that the Connect protocol uses: + - * / % div, == <=> < <= > >=, and or not,
// isnull isnotnull, in, like ilike rlike, when (CASE: condition, value, ..., [else]), between,
// negative, ||, & | ^ ~, <<, >>, struct, array, map, named_struct, element access by ExtractValue.
//
//   switch (e.kind()) { case ExpressionKind::kCast: { const Cast& cast = e.As<Cast>(); ...
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/types.h"
#include "base/value.h"
#include "spec/origin.h"
#include "spec/owned.h"

namespace pyrite::spec {

struct Expression;
struct Relation;
using ExpressionPtr = std::shared_ptr<const Expression>;
using RelationPtr = std::shared_ptr<const Relation>;
using Expressions = std::vector<ExpressionPtr>;
using NameParts = std::vector<std::string>;

struct LiteralValue {
  Literal literal;
};
// A column (or a struct field of one, or a lambda's variable) by name.
struct UnresolvedAttribute {
  NameParts name_parts;
  std::optional<int64_t> plan_id;  // Connect: a column of the relation with this plan id
  bool is_metadata_column = false;
};
struct UnresolvedStar {
  NameParts target;  // t.* ; empty for *
  std::optional<int64_t> plan_id;
  std::vector<NameParts> except;  // * EXCEPT (a, b.c)
  // Alias nodes whose values stand in the place of the columns of their names.
  std::vector<ExpressionPtr> replace = {};
};
struct UnresolvedRegex {  // df.colRegex
  std::string pattern;
  std::optional<int64_t> plan_id;
};
struct UnresolvedFunction {
  NameParts name_parts;   // one part for builtins and operators
  Expressions arguments;  // may hold NamedArgument
  bool is_distinct = false;
  bool ignore_nulls = false;
  ExpressionPtr filter;      // FILTER (WHERE ...), may be null
  Expressions within_group;  // WITHIN GROUP (ORDER BY ...): SortOrder nodes
  bool is_internal = false;  // Connect: Spark's internal registry
  bool is_row = false;       // struct: (a, b) in SQL text
};
struct NamedArgument {
  std::string name;
  ExpressionPtr value;
};
struct Alias {
  ExpressionPtr child;
  std::vector<std::string> names;  // several for generators
  std::string metadata;            // JSON text, empty for none
};
enum class CastMode : uint8_t { kSession, kAnsi, kTry, kLegacy };
struct Cast {
  ExpressionPtr child;
  DataType type;
  CastMode mode = CastMode::kSession;
};
enum class SortDirection : uint8_t { kAscending, kDescending };
enum class NullOrdering : uint8_t { kDefault, kFirst, kLast };
struct SortOrder {
  ExpressionPtr child;
  SortDirection direction = SortDirection::kAscending;
  NullOrdering nulls = NullOrdering::kDefault;
};
enum class FrameType : uint8_t { kRows, kRange };
struct FrameBound {
  enum class Kind : uint8_t { kCurrentRow, kUnboundedPreceding, kUnboundedFollowing, kValue };
  Kind kind = Kind::kCurrentRow;
  ExpressionPtr value;  // kValue: negative is PRECEDING
};
struct WindowFrame {
  FrameType type = FrameType::kRange;
  FrameBound lower;
  FrameBound upper;
};
struct WindowSpec {
  Expressions partition_by;
  Expressions order_by;  // SortOrder nodes
  std::optional<WindowFrame> frame;
  std::string reference;  // OVER w, or OVER (w ...): the named window; empty for none
};
struct WindowExpression {
  ExpressionPtr function;
  WindowSpec window;
};
struct LambdaFunction {
  std::vector<std::string> parameters;
  ExpressionPtr body;
};
struct LambdaVariable {  // Connect: a variable of an enclosing lambda
  NameParts name_parts;
};
struct ExtractValue {  // child[key], child.field
  ExpressionPtr child;
  ExpressionPtr key;
};
struct UpdateFields {  // Column.withField / dropFields
  ExpressionPtr child;
  std::string field;    // may be a dotted path
  ExpressionPtr value;  // null: drop
};
struct ExpressionString {  // expr("..."), selectExpr: SQL text, parsed by the analyzer
  std::string text;
};
struct ScalarSubquery {
  RelationPtr plan;
};
struct InSubquery {
  Expressions values;
  RelationPtr plan;
};
struct ExistsSubquery {
  RelationPtr plan;
};
// Connect: a subquery by the plan id of a relation beside it (WithRelations).
struct SubqueryReference {
  enum class Kind : uint8_t { kScalar, kExists, kIn };
  Kind kind = Kind::kScalar;
  int64_t plan_id = 0;
  Expressions in_values;
};
struct LazyExpression {  // df.col.outer(): resolved in the outer query
  ExpressionPtr child;
};
struct Parameter {       // :name, or ? at a position
  std::string name;      // empty for ?
  int32_t position = 0;  // ordinal among the ?s
};
struct PythonUdf {
  std::string name;
  bool deterministic = true;
  Expressions arguments;
  DataType output_type;
  int32_t eval_type = 0;
  std::string command;  // pickled
  std::string python_version;
};
// A table function: a call makes rows.
struct PythonTableFunction {
  std::string name;
  bool deterministic = true;
  std::optional<DataType> output_type;  // a struct; absent: by its method `analyze`
  int32_t eval_type = 0;
  std::string command;  // pickled
  std::string python_version;
};
// A relation as an argument of a table function: TABLE(t) PARTITION BY a ORDER BY b.
struct TableArgument {
  RelationPtr plan;                // null: the relation beside the root (WithRelations)
  std::optional<int64_t> plan_id;  // of it
  Expressions partition_by;
  Expressions order_by;  // SortOrder nodes
  bool with_single_partition = false;
};
// What the protocol can say and Pyrite does not do: fails by its name when it is analyzed.
struct UnsupportedExpression {
  std::string feature;
};

// The closed set: X(Kind). The variant's order is the enum's.
// clang-format off
#define PYRITE_SPEC_EXPRESSIONS(X)                                                       \
  X(LiteralValue) X(UnresolvedAttribute) X(UnresolvedStar) X(UnresolvedRegex)            \
  X(UnresolvedFunction) X(NamedArgument) X(Alias) X(Cast) X(SortOrder)                   \
  X(WindowExpression) X(LambdaFunction) X(LambdaVariable) X(ExtractValue)                \
  X(UpdateFields) X(ExpressionString) X(ScalarSubquery) X(InSubquery) X(ExistsSubquery)  \
  X(SubqueryReference) X(LazyExpression) X(Parameter) X(PythonUdf) X(PythonTableFunction)     \
  X(TableArgument) X(UnsupportedExpression)
// clang-format on

#define PYRITE_KIND(Name) k##Name,
enum class ExpressionKind : uint8_t { PYRITE_SPEC_EXPRESSIONS(PYRITE_KIND) };

struct Expression {
#define PYRITE_ALTERNATIVE(Name) Name,
  using Node = std::variant<PYRITE_SPEC_EXPRESSIONS(PYRITE_ALTERNATIVE) std::monostate>;
  Node node;
  Origin origin;

  ExpressionKind kind() const { return static_cast<ExpressionKind>(node.index()); }
  template <typename T>
  const T& As() const {
    return std::get<T>(node);
  }
  template <typename T>
  const T* TryAs() const {
    return std::get_if<T>(&node);
  }
};

template <typename T>
ExpressionPtr Make(T node, Origin origin = {}) {
  return std::make_shared<const Owned<Expression>>(Expression{std::move(node), std::move(origin)});
}

// Frequent forms.
ExpressionPtr Attribute(std::string name, Origin origin = {});
ExpressionPtr Call(std::string function, Expressions arguments, Origin origin = {});
ExpressionPtr Constant(Literal literal, Origin origin = {});

}  // namespace pyrite::spec
