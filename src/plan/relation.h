// Resolved relations: names are gone, every relation knows the columns that it puts out, and
// expressions refer to columns of the inputs by id.
#pragma once

#include <string>

#include "plan/expression.h"

namespace arrow {
class Table;
}

namespace pyrite::plan {

using Options = std::vector<std::pair<std::string, std::string>>;

struct OneRow {};
struct LocalData {  // rows that the client sent; column i of the table is output column i
  std::shared_ptr<const arrow::Table> table;
};
struct ValuesList {
  std::vector<Expressions> rows;
};
struct Range {  // one BIGINT column
  int64_t start = 0;
  int64_t end = 0;
  int64_t step = 1;
  int32_t partitions = 0;  // 0: not given
};
// One file of a scan, with the values of its partition columns.
struct ScanFile {
  std::string path;
  int64_t size = 0;               // bytes
  int64_t modification_time = 0;  // microseconds since the epoch
  std::vector<Value> partition_values;
  size_t layout = 0;  // in FileScan::layouts
};
// Which of a scan's file columns a file has; what it lacks reads as NULL.
using FileLayout = std::vector<bool>;
struct FileScan {
  std::string format;  // "parquet", "csv", ...
  Options options;
  std::vector<std::string> root_paths;  // as the user gave them: for EXPLAIN
  std::vector<ScanFile> files;
  // The relation's columns are the file's columns (by these names), then the partition columns.
  std::vector<std::string> file_column_names;
  // Files of one layout have the same columns in the same types. Empty: all files have all columns.
  std::vector<FileLayout> layouts;
  size_t partition_column_count = 0;
  // Of Parquet: the last column, a BIGINT, is the row's place: the file's number among `files` in
  // the upper bits, in the lower 33 the row's number in the file, both from 0.
  bool has_places = false;
};
struct Project {
  RelationPtr input;
  NamedExpressions expressions;
};
struct Filter {
  RelationPtr input;
  ExpressionPtr condition;
};
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
  bool lateral = false;
};
// Output: the groups, then the aggregates. An aggregate's expression is an AggregateCall at its
// top; what is computed from aggregates stands in a Project above.
struct Aggregate {
  RelationPtr input;
  NamedExpressions groups;
  NamedExpressions aggregates;
  // Sets of indexes into `groups`; empty: one set of all. With sets, `grouping_id` (a BIGINT column
  // of the output, after the aggregates) says which groups were aggregated away.
  std::vector<std::vector<size_t>> grouping_sets;
  std::optional<Column> grouping_id;
};
// Output: the input's columns, then one for each expression (a WindowCall at its top).
struct Window {
  RelationPtr input;
  NamedExpressions expressions;
};
struct Sort {
  RelationPtr input;
  std::vector<SortKey> keys;
  bool is_global = true;
  bool is_for_draws = false;  // so that each row draws the same each time, and for nothing else
};
struct Limit {
  RelationPtr input;
  ExpressionPtr limit;   // may be null: all
  ExpressionPtr offset;  // may be null: 0
};
struct Tail {
  RelationPtr input;
  int64_t count = 0;
};
// One row of each set of equal keys; empty keys: all columns.
struct Deduplicate {
  RelationPtr input;
  std::vector<ColumnId> keys;
};
enum class SetOperationType : uint8_t { kUnion, kIntersect, kExcept };
// The inputs have the same column types; the output has columns of its own.
struct SetOperation {
  std::vector<RelationPtr> inputs;
  SetOperationType type = SetOperationType::kUnion;
  bool is_all = false;
};
// explode and its kind: the input's columns, then those that the generator makes.
struct Generate {
  RelationPtr input;
  const functions::Function* generator = nullptr;
  Expressions arguments;
  bool outer = false;
};
// A common table, computed once where that pays; CteRef reads it under ids of its own.
struct CteDefinition {
  int64_t id = 0;
  std::string name;
  RelationPtr plan;
  // Of a recursive table: run over the rows of the step before it (CteRefs of this id read those;
  // at first those of `plan`), until there are none. All their rows together are the table's.
  RelationPtr step = nullptr;
  int64_t max_levels = 0;  // of steps, and of all rows; below 0: any number
  int64_t max_rows = 0;
};
struct With {
  std::vector<CteDefinition> definitions;
  RelationPtr input;
};
struct CteRef {
  int64_t cte_id = 0;
  std::vector<ColumnId> source_columns;  // of the definition, one for each column of the output
};
// Named metrics over the rows that pass (df.observe).
struct CollectMetrics {
  RelationPtr input;
  std::string name;
  NamedExpressions metrics;
};
// Rows kept from before (plan/stored_rows.h); their column i is output column i.
class StoredRows;
struct StoredScan {
  std::shared_ptr<StoredRows> rows;
};
// Output: the input's columns, then one for each call (a PythonCall of one eval type at its top).
// With `group_count` the calls are aggregates over the groups that the input's first columns make,
// and only these columns pass, a row for each group.
struct EvalPython {
  RelationPtr input;
  NamedExpressions calls;
  std::optional<size_t> group_count = {};
};
// A call of a table function for each row: its input's columns are those that pass, then the
// arguments, then what the rows are ordered by.
struct TableFunctionCall {
  size_t kept = 0;
  std::vector<std::string> argument_names;  // of keyword arguments; empty names: positional
  std::optional<size_t> table_argument;     // the one that is a row of a table
  size_t table_width = 0;                   // columns of it
  std::vector<int32_t> partition_indexes;   // among them: a new instance where these change
  std::string analysis;                     // TableFunctionAnalysis::pickled; empty: none
  bool in_one = false;                      // one instance, or one after the other, takes all rows
  std::vector<SortKey> order;
};
// A function of Python that makes rows of rows. Without keys of all rows, otherwise of each group;
// then the input's first columns are the keys, by which it is sorted. In a cogroup the column after
// them is false for rows of the left side, whose columns come before those of the right.
struct MapPython {
  RelationPtr input;
  PythonFunctionPtr function;
  size_t key_count = 0;
  bool is_grouped = false;
  std::optional<size_t> left_count = {};  // a cogroup: columns of the left side
  std::optional<TableFunctionCall> table = {};
};
// A hint or a wish about partitions: no change of rows. Without expressions and keys they go by
// turns.
struct Repartition {
  RelationPtr input;
  int32_t num_partitions = 0;  // 0: not given
  Expressions expressions;     // rows go by their hash
  bool shuffle = true;
  bool is_direct = false;           // by the number that the one expression gives
  std::vector<SortKey> range_keys;  // or by the range of keys that they are in
};

// clang-format off
#define PYRITE_PLAN_RELATIONS(X)                                                          \
  X(OneRow) X(LocalData) X(ValuesList) X(Range) X(FileScan) X(Project) X(Filter) X(Join)  \
  X(Aggregate) X(Window) X(Sort) X(Limit) X(Tail) X(Deduplicate) X(SetOperation)          \
  X(Generate) X(With) X(CteRef) X(CollectMetrics) X(Repartition) X(StoredScan) \
  X(EvalPython) X(MapPython)
// clang-format on

enum class RelationKind : uint8_t { PYRITE_PLAN_RELATIONS(PYRITE_PLAN_KIND) };

struct Relation {
  using Node = std::variant<PYRITE_PLAN_RELATIONS(PYRITE_PLAN_ALTERNATIVE) std::monostate>;
  Node node;
  Columns output;

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
RelationPtr MakeRelation(T node, Columns output) {
  return std::make_shared<const Relation>(Relation{std::move(node), std::move(output)});
}

// Makers of the nodes whose output follows from their inputs.
RelationPtr MakeProject(RelationPtr input, NamedExpressions expressions);
RelationPtr MakeFilter(RelationPtr input, ExpressionPtr condition);
RelationPtr MakeJoin(RelationPtr left, RelationPtr right, JoinType type, ExpressionPtr condition,
                     bool lateral = false);
RelationPtr MakeAggregate(RelationPtr input, NamedExpressions groups, NamedExpressions aggregates,
                          std::vector<std::vector<size_t>> grouping_sets = {});
RelationPtr MakeWindow(RelationPtr input, NamedExpressions expressions);
RelationPtr MakeSort(RelationPtr input, std::vector<SortKey> keys, bool is_global = true);
RelationPtr MakeLimit(RelationPtr input, ExpressionPtr limit, ExpressionPtr offset);

// The schema that a client sees.
Schema SchemaOf(const Columns& columns);
Schema SchemaOf(const Relation& relation);

// The inputs of a relation, in order (not the plans inside expressions).
std::vector<RelationPtr> InputsOf(const Relation& relation);

// Spark-like tree text, one node a line: golden files and EXPLAIN.
std::string Print(const Relation& relation);
std::string Print(const Expression& expression);

}  // namespace pyrite::plan
