#include "base/errors.h"
#include "duckdb/parser/query_node/set_operation_node.hpp"
#include "duckdb/parser/tableref/emptytableref.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "lower/constant.h"
#include "lower/lowering.h"
#include "lower/scan_functions.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

constexpr char kFileAlias[] = "file";

using Files = std::vector<const plan::ScanFile*>;

bool IsSet(const plan::Options& options, const std::string& key) {
  for (const auto& [name, value] : options) {
    if (duckdb::StringUtil::CIEquals(name, key)) return duckdb::StringUtil::CIEquals(value, "true");
  }
  return false;
}

// A table function reads the names of its options from its arguments' aliases.
void AddOption(AstExpressions& arguments, const char* name, bool value) {
  arguments.push_back(duckdb::ConstantExpression::Boolean(value));
  arguments.back()->SetAlias(duckdb::Identifier(name));
}

AstTable ReadParquet(const Files& files, const plan::Options& options) {
  duckdb::vector<duckdb::Value> paths;
  for (const plan::ScanFile* file : files) paths.emplace_back(file->path);
  AstExpressions arguments;
  arguments.push_back(
      MakeValue(duckdb::Value::LIST(duckdb::LogicalType::VARCHAR, std::move(paths))));
  // Folders named a=1 are the plan's partition columns, not DuckDB's.
  AddOption(arguments, "hive_partitioning", false);
  if (IsSet(options, "mergeSchema")) AddOption(arguments, "union_by_name", true);
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  table->function = MakeFunction("read_parquet", std::move(arguments));
  table->alias = duckdb::Identifier(kFileAlias);
  return table;
}

// The column in its physical type; where the file has it so already, binding leaves the bare column,
// and filters on it still reach the reader.
AstExpression ReadColumn(const std::string& name, const DataType& type) {
  AstExpression column = duckdb::make_uniq<duckdb::ColumnRefExpression>(
      duckdb::Identifier(name), duckdb::Identifier(kFileAlias));
  if (type.Is(TypeKind::kTimestamp)) return MakeFunction(kInstantFunction, std::move(column));
  return MakeAstCast(std::move(column), PhysicalType(type));
}

AstQuery ReadFiles(const plan::Relation& relation, const Files& files) {
  const auto& scan = relation.As<plan::FileScan>();
  Select select(ReadParquet(files, scan.options));
  AstExpressions items;
  size_t file_columns = scan.file_column_names.size();
  for (size_t i = 0; i < relation.output.size(); ++i) {
    const plan::Column& column = relation.output[i];
    AstExpression item =
        i < file_columns
            ? ReadColumn(scan.file_column_names[i], column.type)
            : LowerConstant(files.front()->partition_values[i - file_columns], column.type);
    items.push_back(Named(std::move(item), column.id));
  }
  if (items.empty()) items.push_back(duckdb::ConstantExpression::Boolean(true));
  select.Items(std::move(items));
  return std::move(select).IntoQuery();
}

// The files by their partition values: these are constants of each group.
std::vector<Files> ByPartition(const plan::FileScan& scan) {
  std::vector<Files> groups;
  for (const plan::ScanFile& file : scan.files) {
    // Files come sorted by path, so those of a partition stand together.
    bool same = !groups.empty() && groups.back().front()->partition_values == file.partition_values;
    if (!same) groups.emplace_back();
    groups.back().push_back(&file);
  }
  return groups;
}

Select NoRows(const plan::Relation& relation) {
  auto node = duckdb::make_uniq<duckdb::SelectNode>();
  node->from_table = duckdb::make_uniq<duckdb::EmptyTableRef>();
  for (const plan::Column& column : relation.output) {
    node->select_list.push_back(Named(LowerConstant(Value(), column.type), column.id));
  }
  if (node->select_list.empty()) {
    node->select_list.push_back(duckdb::ConstantExpression::Boolean(true));
  }
  node->where_clause = duckdb::ConstantExpression::Boolean(false);
  return Select::Over(std::move(node));
}

}  // namespace

Select Lowering::LowerFileScan(const plan::Relation& relation) {
  const auto& scan = relation.As<plan::FileScan>();
  if (scan.format != "parquet") throw errors::UnsupportedFeature("the format " + scan.format);
  std::vector<Files> groups = ByPartition(scan);
  if (groups.empty()) return NoRows(relation);
  if (groups.size() == 1) return Select::Over(ReadFiles(relation, groups.front()));
  auto all = duckdb::make_uniq<duckdb::SetOperationNode>();
  all->setop_type = duckdb::SetOperationType::UNION;
  all->setop_all = true;
  for (const Files& files : groups) all->children.push_back(ReadFiles(relation, files));
  return Select::Over(std::move(all));
}

}  // namespace pyrite::lower
