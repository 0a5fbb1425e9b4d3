// Unresolved relations: the nodes of every query, whichever door it came through.
//
// One node a relation of Spark Connect 4.2 (outside streaming, ML and pipelines), and the forms
// that only SQL text has (With, Values, LateralView, Having). Names are Spark's.
#pragma once

#include <map>

#include "spec/expression.h"

namespace pyrite::spec {

using Relations = std::vector<RelationPtr>;
using Options = std::vector<std::pair<std::string, std::string>>;

// ---- sources
struct NamedTable {
  NameParts name_parts;
  Options options;
};
struct DataSource {    // spark.read.format(...).load(...)
  std::string format;  // empty: spark.sql.sources.default
  std::string schema;  // DDL text or JSON, empty to infer
  Options options;
  std::vector<std::string> paths;
  std::vector<std::string> predicates;  // JDBC
};
struct LocalRelation {                           // rows that the client sent
  std::shared_ptr<const std::string> arrow_ipc;  // null: no rows
  std::string schema;                            // DDL or JSON, empty: as in the stream
};
struct CachedLocalRelation {
  std::string hash;  // of an artifact that the client uploaded
};
struct ChunkedCachedLocalRelation {
  std::vector<std::string> data_hashes;
  std::string schema_hash;
};
struct CachedRemoteRelation {  // df.checkpoint
  std::string relation_id;
};
struct Values {  // VALUES (1, 'a'), (2, 'b')
  std::vector<Expressions> rows;
};
struct OneRow {};  // SELECT without FROM
struct Range {
  int64_t start = 0;
  int64_t end = 0;
  int64_t step = 1;
  std::optional<int32_t> num_partitions;
};
struct TableValuedFunction {
  NameParts name_parts;
  Expressions arguments;   // may hold NamedArgument, TableArgument
  ExpressionPtr function;  // a PythonTableFunction that the client sent along; null: by its name
};
struct SqlQuery {  // a SQL relation of the client, parsed by the analyzer
  std::string query;
  std::vector<std::pair<std::string, ExpressionPtr>> named_arguments;
  Expressions positional_arguments;
};
struct Parse {  // spark.read.csv / json of a DataFrame of strings
  RelationPtr input;
  std::string format;
  std::optional<DataType> schema;
  Options options;
};

// ---- one input
struct Project {
  RelationPtr input;
  Expressions expressions;
  std::string pipe_clause = "";  // "EXTEND": the |> operator, none of which takes aggregates
  // SELECT DISTINCT is a Deduplicate above; lateral aliases and generators are found by analysis.
};
struct Filter {
  RelationPtr input;
  ExpressionPtr condition;
};
struct Having {  // may use aggregates and select aliases of the Aggregate below
  RelationPtr input;
  ExpressionPtr condition;
  bool is_qualify = false;  // QUALIFY: window functions, too
};
enum class GroupType : uint8_t { kGroupBy, kRollup, kCube, kPivot, kGroupingSets };
struct PivotClause {
  ExpressionPtr column;
  Expressions values;  // literals (or Alias of them); empty: found by running the query
};
struct Aggregate {
  RelationPtr input;
  GroupType group_type = GroupType::kGroupBy;
  Expressions grouping;
  Expressions aggregates;  // SQL: the select list; Connect: the aggregates, grouping first added
  bool grouping_in_output = false;  // Connect's groupBy().agg(): grouping columns come first
  std::optional<PivotClause> pivot;
  std::vector<Expressions> grouping_sets;
  bool group_by_all = false;
  bool is_pipe = false;  // |> AGGREGATE, every expression of which aggregates
};
struct Sort {
  RelationPtr input;
  Expressions order;  // SortOrder nodes
  bool is_global = true;
};
struct Limit {
  RelationPtr input;
  ExpressionPtr count;  // a constant expression
};
struct Offset {
  RelationPtr input;
  ExpressionPtr count;
};
struct Tail {
  RelationPtr input;
  int32_t count = 0;
};
struct Deduplicate {
  RelationPtr input;
  std::vector<std::string> column_names;  // empty with all_columns
  bool all_columns = false;
  bool within_watermark = false;
};
struct Sample {
  RelationPtr input;
  double lower_bound = 0;
  double upper_bound = 1;
  bool with_replacement = false;
  std::optional<int64_t> seed;
  bool deterministic_order = false;
  std::optional<int64_t> rows;  // TABLESAMPLE (n ROWS)
};
struct SubqueryAlias {
  RelationPtr input;
  std::string alias;
  NameParts qualifier;
  std::vector<std::string> column_aliases;  // t(a, b)
};
struct Repartition {
  RelationPtr input;
  int32_t num_partitions = 0;
  bool shuffle = false;
};
struct RepartitionByExpression {
  RelationPtr input;
  Expressions expressions;
  std::optional<int32_t> num_partitions;
};
struct ToDf {
  RelationPtr input;
  std::vector<std::string> column_names;
};
struct ToSchema {
  RelationPtr input;
  DataType schema;
};
struct WithColumns {
  RelationPtr input;
  Expressions aliases;  // Alias nodes, one name each
};
struct WithColumnsRenamed {
  RelationPtr input;
  std::vector<std::pair<std::string, std::string>> renames;
};
struct Drop {
  RelationPtr input;
  Expressions columns;
  std::vector<std::string> column_names;
};
struct Hint {
  RelationPtr input;
  std::string name;
  Expressions parameters;
};
struct UnpivotGroup {
  Expressions columns;  // one for each value column
  std::string alias;    // empty: their names
};
struct Unpivot {
  RelationPtr input;
  Expressions ids;
  std::optional<std::vector<UnpivotGroup>> values;  // absent: each of the others
  std::string variable_column_name;
  std::vector<std::string> value_column_names;
};
struct Transpose {
  RelationPtr input;
  Expressions index_columns;
};
struct LateralView {
  RelationPtr input;
  ExpressionPtr generator;
  bool outer = false;
  std::string table_alias;
  std::vector<std::string> column_aliases;
};
struct MapPartitions {  // mapInPandas, mapInArrow
  RelationPtr input;
  ExpressionPtr function;  // a PythonUdf
};
struct GroupMap {  // applyInPandas, applyInArrow
  RelationPtr input;
  Expressions grouping;
  ExpressionPtr function;
};
struct CollectMetrics {
  RelationPtr input;
  std::string name;
  Expressions metrics;
};
struct WindowDefinition {
  std::string name;
  WindowSpec window;
};
struct WithWindows {  // SELECT ... WINDOW w AS (...)
  RelationPtr input;
  std::vector<WindowDefinition> definitions;
};

// ---- several inputs
enum class JoinType : uint8_t {
  kInner,
  kCross,
  kLeftOuter,
  kRightOuter,
  kFullOuter,
  kLeftSemi,
  kLeftAnti
};
struct Join {
  RelationPtr left;
  RelationPtr right;
  JoinType type = JoinType::kInner;
  ExpressionPtr condition;  // may be null
  std::vector<std::string> using_columns;
  bool natural = false;
  bool lateral = false;  // the right side sees the left side's columns
};
struct AsOfJoin {
  RelationPtr left;
  RelationPtr right;
  ExpressionPtr left_as_of;
  ExpressionPtr right_as_of;
  ExpressionPtr join_expression;
  std::vector<std::string> using_columns;
  std::string join_type;
  ExpressionPtr tolerance;
  bool allow_exact_matches = true;
  std::string direction;
};
enum class SetOperationType : uint8_t { kUnion, kIntersect, kExcept };
struct CoGroupMap {  // cogroup().applyInPandas
  RelationPtr left;
  RelationPtr right;
  Expressions left_grouping;
  Expressions right_grouping;
  ExpressionPtr function;
};
struct SetOperation {
  RelationPtr left;
  RelationPtr right;
  SetOperationType type = SetOperationType::kUnion;
  bool is_all = false;
  bool by_name = false;
  bool allow_missing_columns = false;
};
struct CommonTable {
  std::string name;
  std::vector<std::string> column_aliases;
  RelationPtr plan;
  std::optional<int32_t> max_recursion_level;
};
struct With {
  RelationPtr input;
  std::vector<CommonTable> tables;
  bool recursive = false;
};
struct WithRelations {  // Connect: relations that SubqueryReference or SqlQuery name
  RelationPtr root;
  Relations references;
};

// ---- DataFrame functions that are whole queries
struct ShowString {
  RelationPtr input;
  int32_t num_rows = 20;
  int32_t truncate = 20;
  bool vertical = false;
};
struct HtmlString {
  RelationPtr input;
  int32_t num_rows = 20;
  int32_t truncate = 20;
};
struct FillNa {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<Literal> values;
};
struct DropNa {
  RelationPtr input;
  std::vector<std::string> columns;
  std::optional<int32_t> min_non_nulls;
};
struct ReplaceNa {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<std::pair<Literal, Literal>> replacements;
};
struct StatSummary {
  RelationPtr input;
  std::vector<std::string> statistics;
};
struct StatDescribe {
  RelationPtr input;
  std::vector<std::string> columns;
};
struct StatCrosstab {
  RelationPtr input;
  std::string column1;
  std::string column2;
};
struct StatCov {
  RelationPtr input;
  std::string column1;
  std::string column2;
};
struct StatCorr {
  RelationPtr input;
  std::string column1;
  std::string column2;
  std::string method;
};
struct StatApproxQuantile {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<double> probabilities;
  double relative_error = 0;
};
struct StatFreqItems {
  RelationPtr input;
  std::vector<std::string> columns;
  double support = 0.01;
};
struct StatSampleBy {
  RelationPtr input;
  ExpressionPtr column;
  std::vector<std::pair<Literal, double>> fractions;
  int64_t seed = 0;
};
// A call of spark.catalog: its method and arguments, in the protocol's order.
struct CatalogCall {
  std::string method;  // "listTables"
  std::map<std::string, std::string> arguments;
  Options options;
};
// What the protocol can say and Pyrite does not do: fails by its name when it is analyzed.
struct UnsupportedRelation {
  std::string feature;
};

// clang-format off
#define PYRITE_SPEC_RELATIONS(X)                                                            \
  X(NamedTable) X(DataSource) X(LocalRelation) X(CachedLocalRelation)                       \
  X(ChunkedCachedLocalRelation) X(CachedRemoteRelation) X(Values) X(OneRow) X(Range)        \
  X(TableValuedFunction) X(SqlQuery) X(Parse) X(Project) X(Filter) X(Having) X(Aggregate)   \
  X(Sort) X(Limit) X(Offset) X(Tail) X(Deduplicate) X(Sample) X(SubqueryAlias)              \
  X(Repartition) X(RepartitionByExpression) X(ToDf) X(ToSchema) X(WithColumns)              \
  X(WithColumnsRenamed) X(Drop) X(Hint) X(Unpivot) X(Transpose) X(LateralView)              \
  X(CollectMetrics) X(WithWindows) X(Join) X(AsOfJoin) X(SetOperation) X(With)              \
  X(WithRelations) X(ShowString) X(HtmlString) X(FillNa) X(DropNa) X(ReplaceNa)             \
  X(StatSummary) X(StatDescribe) X(StatCrosstab) X(StatCov) X(StatCorr)                     \
  X(StatApproxQuantile) X(StatFreqItems) X(StatSampleBy) X(CatalogCall)                     \
  X(MapPartitions) X(GroupMap) X(CoGroupMap) X(UnsupportedRelation)
// clang-format on

enum class RelationKind : uint8_t { PYRITE_SPEC_RELATIONS(PYRITE_KIND) };

struct Relation {
  using Node = std::variant<PYRITE_SPEC_RELATIONS(PYRITE_ALTERNATIVE) std::monostate>;
  Node node;
  Origin origin;
  std::optional<int64_t> plan_id;  // Connect's id, which UnresolvedAttribute refers to

  RelationKind kind() const { return static_cast<RelationKind>(node.index()); }
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
RelationPtr MakeRelation(T node, Origin origin = {}, std::optional<int64_t> plan_id = {}) {
  return std::make_shared<const Owned<Relation>>(
      Relation{std::move(node), std::move(origin), std::move(plan_id)});
}

}  // namespace pyrite::spec
