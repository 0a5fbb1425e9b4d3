// Unresolved commands: what changes state or writes, and does not (only) return rows.
#pragma once

#include "spec/relation.h"

namespace pyrite::spec {

struct CreateView {
  NameParts name_parts;
  RelationPtr input;
  std::string text;  // of the query, for a persistent view
  bool is_global = false;
  bool replace = false;
  bool if_not_exists = false;
  bool is_temporary = true;
  bool is_text = false;  // CREATE VIEW: the query is analyzed anew at each use of the view
  std::vector<std::string> column_aliases;
  std::vector<std::string> column_comments;  // as many as aliases; empty text for none
};
// CREATE TEMP VIEW v (a INT) USING parquet OPTIONS (...)
struct CreateViewUsing {
  NameParts name_parts;
  bool is_global = false;
  bool replace = false;
  std::optional<DataType> schema;
  std::string provider;
  Options options;
};
enum class SaveMode : uint8_t { kUnspecified, kAppend, kOverwrite, kErrorIfExists, kIgnore };
struct WriteOperation {  // df.write...
  RelationPtr input;
  std::string format;
  std::string path;  // save(path)
  NameParts table;   // saveAsTable / insertInto
  bool insert_into = false;
  SaveMode mode = SaveMode::kUnspecified;
  std::vector<std::string> sort_columns;
  std::vector<std::string> partition_columns;
  std::vector<std::string> bucket_columns;
  int32_t num_buckets = 0;
  std::vector<std::string> clustering_columns;
  Options options;
};
struct WriteOperationV2 {
  RelationPtr input;
  std::string table;
  std::string provider;
  std::string mode;
  Expressions partitioning;
  Options options;
  Options properties;
  ExpressionPtr overwrite_condition;
};
struct AlterView {  // ALTER VIEW v AS query
  NameParts name_parts;
  RelationPtr input;
};
struct RenameView {
  NameParts name_parts;
  NameParts new_name;
};
struct SetConfiguration {  // SET key = value ; SET ; SET key ; SET -v
  std::optional<std::string> key;
  std::optional<std::string> value;
  bool to_default = false;  // SET TIME ZONE LOCAL
};
struct ResetConfiguration {
  std::optional<std::string> key;
};
struct DropView {  // DROP VIEW and DROP TABLE: either drops a temporary view
  NameParts name_parts;
  bool if_exists = false;
  bool is_table = false;
};
// kAnalyze is Pyrite's own: the query runs, and what it has done is shown in place of its plan.
enum class ExplainMode : uint8_t { kSimple, kExtended, kCodegen, kCost, kFormatted, kAnalyze };
struct Explain {
  RelationPtr input;
  ExplainMode mode = ExplainMode::kSimple;
};

// ---- databases and tables
struct CreateTable {
  NameParts name_parts;
  std::optional<DataType> schema;
  std::string provider;  // empty: spark.sql.sources.default
  Options options;
  Options properties;
  std::vector<std::string> partition_columns;
  std::string location;  // empty: in the warehouse
  std::string comment;
  RelationPtr query;  // CREATE TABLE ... AS; may be null
  bool if_not_exists = false;
  bool replace = false;
};
struct CreateNamespace {
  NameParts name_parts;
  bool if_not_exists = false;
  std::string comment;
  std::string location;
  Options properties;
};
struct DropNamespace {
  NameParts name_parts;
  bool if_exists = false;
  bool cascade = false;
};
struct InsertInto {
  NameParts table;
  RelationPtr query;
  std::vector<std::string> columns;                              // empty: all
  std::vector<std::pair<std::string, ExpressionPtr>> partition;  // null values: from the query
  bool overwrite = false;
  bool by_name = false;
};
struct TruncateTable {
  NameParts table;
};
struct AnalyzeTable {
  NameParts table;
};
struct RepairTable {
  NameParts table;
};

// ---- what the catalog has
struct ShowTables {
  NameParts name_space;
  std::optional<std::string> pattern;
  bool extended = false;
};
struct ShowViews {
  NameParts name_space;
  std::optional<std::string> pattern;
};
struct ShowTableProperties {
  NameParts table;
  std::optional<std::string> key;
};
struct ShowColumns {
  NameParts table;
  NameParts name_space;  // FROM t IN database
};
struct ShowFunctions {
  bool user = true;
  bool system = true;
  NameParts name_space;
  std::optional<std::string> pattern;
};
struct ShowNamespaces {
  NameParts catalog;
  std::optional<std::string> pattern;
};
struct ShowCatalogs {
  std::optional<std::string> pattern;
};
struct ShowCurrentNamespace {};
struct ShowCreateTable {
  NameParts table;
};
struct ShowPartitions {
  NameParts table;
};
struct DescribeQuery {
  RelationPtr input;
};
struct DescribeTable {
  NameParts table;
  bool extended = false;
  bool as_json = false;
  bool of_partition = false;
  NameParts column;  // empty: all
};
struct DescribeFunction {
  NameParts function;
  bool extended = false;
};
struct DescribeNamespace {
  NameParts name_space;
  bool extended = false;
};
struct UseNamespace {  // USE [NAMESPACE] a.b
  NameParts name_parts;
  bool only_namespace = false;  // USE DATABASE: no catalog's name
};
struct SetCatalog {
  std::string name;
};
struct CacheTable {
  NameParts name_parts;
  RelationPtr query;  // CACHE TABLE t AS query; may be null
  bool lazy = false;
  Options options;
};
struct UncacheTable {
  NameParts name_parts;
  bool if_exists = false;
};
struct ClearCache {};
struct RefreshTable {
  NameParts name_parts;
};
struct RefreshFunction {
  NameParts name_parts;
};
struct RefreshPath {
  std::string path;
};

// ---- session variables
struct DeclareVariable {
  std::vector<NameParts> names;
  std::optional<DataType> type;
  ExpressionPtr default_value;  // may be null
  std::string default_text;
  bool replace = false;
};
struct SetVariable {  // by expressions (null: DEFAULT), or by a query's one row
  std::vector<NameParts> names;
  Expressions values;
  RelationPtr query;
};
struct DropVariable {
  NameParts name_parts;
  bool if_exists = false;
};
struct ExecuteImmediate {
  ExpressionPtr text;
  std::vector<NameParts> into;
  Expressions arguments;  // Alias nodes name them
};

struct Checkpoint {
  RelationPtr input;
  bool local = true;
  bool eager = true;
};
struct RemoveCachedRelation {
  std::string relation_id;
};
struct RegisterFunction {  // spark.udf.register
  std::string name;
  ExpressionPtr function;  // a PythonUdf without arguments, or a PythonTableFunction
};
struct GetResources {};
struct UnsupportedCommand {
  std::string feature;
  NameParts table = {};  // that the statement is about, when it names one
};

// clang-format off
#define PYRITE_SPEC_COMMANDS(X)                                                        \
  X(CreateView) X(CreateViewUsing) X(AlterView) X(RenameView) X(WriteOperation)        \
  X(CreateTable) X(CreateNamespace) X(DropNamespace) X(InsertInto) X(TruncateTable)    \
  X(AnalyzeTable) X(RepairTable)                                                       \
  X(WriteOperationV2) X(SetConfiguration) X(ResetConfiguration) X(DropView) X(Explain) \
  X(ShowTables) X(ShowViews) X(ShowTableProperties) X(ShowColumns) X(ShowFunctions)    \
  X(ShowNamespaces) X(ShowCatalogs) X(ShowCurrentNamespace) X(ShowCreateTable)         \
  X(ShowPartitions) X(DescribeQuery) X(DescribeTable) X(DescribeFunction)              \
  X(DescribeNamespace) X(UseNamespace) X(SetCatalog) X(CacheTable) X(UncacheTable)     \
  X(ClearCache) X(RefreshTable) X(RefreshFunction) X(RefreshPath) X(DeclareVariable)   \
  X(SetVariable) X(DropVariable) X(ExecuteImmediate) X(Checkpoint)                     \
  X(RemoveCachedRelation) X(RegisterFunction) X(GetResources) X(UnsupportedCommand)
// clang-format on

enum class CommandKind : uint8_t { PYRITE_SPEC_COMMANDS(PYRITE_KIND) };

struct Command {
  using Node = std::variant<PYRITE_SPEC_COMMANDS(PYRITE_ALTERNATIVE) std::monostate>;
  Node node;
  Origin origin;

  CommandKind kind() const { return static_cast<CommandKind>(node.index()); }
  template <typename T>
  const T& As() const {
    return std::get<T>(node);
  }
  template <typename T>
  const T* TryAs() const {
    return std::get_if<T>(&node);
  }
};
using CommandPtr = std::shared_ptr<const Command>;

template <typename T>
CommandPtr MakeCommand(T node, Origin origin = {}) {
  return std::make_shared<const Command>(Command{std::move(node), std::move(origin)});
}

// A statement is a query or a command: exactly one of the two is set.
struct Statement {
  RelationPtr query;
  CommandPtr command;
};

}  // namespace pyrite::spec
