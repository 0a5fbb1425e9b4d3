#include "base/errors.h"
#include "duckdb/parser/tableref/joinref.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "lower/constant.h"
#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

constexpr char kFileAlias[] = "file";

AstExpression FileColumn(const std::string& name) {
  return duckdb::make_uniq<duckdb::ColumnRefExpression>(duckdb::Identifier(name),
                                                        duckdb::Identifier(kFileAlias));
}

AstExpression PathList(const std::vector<const plan::ScanFile*>& files) {
  duckdb::vector<duckdb::Value> paths;
  for (const plan::ScanFile* file : files) paths.emplace_back(file->path);
  return MakeValue(duckdb::Value::LIST(duckdb::LogicalType::VARCHAR, std::move(paths)));
}

AstTable ReadParquet(const std::vector<const plan::ScanFile*>& files) {
  duckdb::vector<duckdb::FunctionArgument> arguments;
  arguments.emplace_back(PathList(files));
  // Folders named a=1 are the plan's partition columns, not DuckDB's.
  arguments.emplace_back(duckdb::Identifier("hive_partitioning"),
                         duckdb::ConstantExpression::Boolean(false));
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  table->function = duckdb::make_uniq<duckdb::FunctionExpression>(
      duckdb::Identifier("read_parquet"), std::move(arguments));
  table->alias = duckdb::Identifier(kFileAlias);
  return table;
}

}  // namespace

Select Lowering::LowerFileScan(const plan::Relation& relation) {
  const auto& scan = relation.As<plan::FileScan>();
  if (scan.format != "parquet") throw errors::UnsupportedFeature("the format " + scan.format);
  if (scan.partition_column_count != 0) throw errors::UnsupportedFeature("partitioned scans");
  std::vector<const plan::ScanFile*> files;
  for (const plan::ScanFile& file : scan.files) files.push_back(&file);
  Select select(ReadParquet(files));
  AstExpressions items;
  for (size_t i = 0; i < scan.file_column_names.size(); ++i) {
    items.push_back(Named(FileColumn(scan.file_column_names[i]), relation.output[i].id));
  }
  select.Items(std::move(items));
  return Select(std::move(select).IntoTable());
}

}  // namespace pyrite::lower
