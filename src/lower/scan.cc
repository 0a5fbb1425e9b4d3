#include <algorithm>

#include "base/errors.h"
#include "duckdb/parser/query_node/set_operation_node.hpp"
#include "duckdb/parser/tableref/emptytableref.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "lower/constant.h"
#include "lower/files/file_scan.h"
#include "lower/files/file_value.h"
#include "lower/files/row_reader.h"
#include "lower/lowering.h"
#include "lower/scan_functions.h"
#include "lower/type.h"
#include "passes/partitioned.h"
#include "sources/file_metadata.h"
#include "sources/options.h"
#include "sources/parquet.h"

namespace pyrite::lower {
namespace {

constexpr char kFileAlias[] = "file";
constexpr char kPathColumn[] = "__pyrite_file";
// With more partitions than this one reader reads them all.
constexpr size_t kMostReaders = 16;

using Files = std::vector<const plan::ScanFile*>;

// A table function reads the names of its options from its arguments' aliases.
void AddOption(AstExpressions& arguments, const char* name, const duckdb::Value& value) {
  arguments.push_back(MakeValue(value));
  arguments.back()->SetAlias(duckdb::Identifier(name));
}

AstTable ReadParquet(const Files& files) {
  duckdb::vector<duckdb::Value> paths;
  for (const plan::ScanFile* file : files) paths.emplace_back(file->path);
  AstExpressions arguments;
  arguments.push_back(
      MakeValue(duckdb::Value::LIST(duckdb::LogicalType::VARCHAR, std::move(paths))));
  // Folders named a=1 are the plan's partition columns, not DuckDB's.
  AddOption(arguments, "hive_partitioning", duckdb::Value::BOOLEAN(false));
  if (files.size() > 1) AddOption(arguments, "filename", duckdb::Value(kPathColumn));
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  table->function = MakeFunction("read_parquet", std::move(arguments));
  table->alias = duckdb::Identifier(kFileAlias);
  return table;
}

// A column that DuckDB's reader makes itself, or one of the file.
AstExpression MakeReaderColumn(const std::string& name) {
  return duckdb::make_uniq<duckdb::ColumnRefExpression>(duckdb::Identifier(name),
                                                        duckdb::Identifier(kFileAlias));
}

// The column in its physical type; where the file has it so already, binding leaves the bare
// column, and filters on it still reach the reader.
AstExpression ReadColumn(const std::string& name, const DataType& type, bool nanos_as_long) {
  AstExpression column = MakeReaderColumn(name);
  if (type.Is(TypeKind::kLong) && nanos_as_long) {
    return MakeFunction(kLongFunction, std::move(column));
  }
  if (type.Is(TypeKind::kTimestamp)) return MakeFunction(kInstantFunction, std::move(column));
  return MakeAstCast(std::move(column), PhysicalType(type));
}

bool HasColumn(const plan::FileScan& scan, const plan::ScanFile& file, size_t column) {
  return scan.layouts.empty() || scan.layouts[file.layout][column];
}

// A value of each file in that file's rows.
AstExpression PerFile(const Files& files, const std::vector<Value>& values, const DataType& type) {
  bool same = std::all_of(values.begin(), values.end(),
                          [&](const Value& value) { return value == values.front(); });
  if (same) return LowerConstant(values.front(), type);
  AstExpressions constants;
  for (const Value& value : values) constants.push_back(LowerConstant(value, type));
  return MakeFileValue(MakeReaderColumn(kPathColumn), files, std::move(constants));
}

AstExpression ReadMetadata(const Files& files, const DataType& type) {
  std::vector<Values> known;
  for (const plan::ScanFile* file : files) known.push_back(sources::MetadataOf(*file));
  AstExpressions fields;
  for (size_t i = 0; i < type.fields().size(); ++i) {
    const StructField& field = type.fields()[i];
    if (i == known.front().size()) {
      fields.push_back(MakeReaderColumn("file_row_number"));
    } else {
      std::vector<Value> values;
      for (const Values& file : known) values.push_back(file[i]);
      fields.push_back(PerFile(files, values, field.type));
    }
    fields.back()->SetAlias(duckdb::Identifier(field.name));
  }
  return MakeAstCast(MakeFunction("struct_pack", std::move(fields)), PhysicalType(type));
}

AstExpression ReadPartition(const Files& files, size_t column, const DataType& type) {
  std::vector<Value> values;
  for (const plan::ScanFile* file : files) values.push_back(file->partition_values[column]);
  return PerFile(files, values, type);
}

AstExpression ReadPlace(const plan::FileScan& scan, const Files& files) {
  std::vector<Value> first;
  for (const plan::ScanFile* file : files) {
    first.emplace_back((file - scan.files.data()) * passes::kRowsOfPartition);
  }
  return MakeFunction("+", PerFile(files, first, DataType::Long()),
                      MakeReaderColumn("file_row_number"));
}

AstQuery ReadFiles(const plan::Relation& relation, const Files& files) {
  const auto& scan = relation.As<plan::FileScan>();
  Select select(ReadParquet(files));
  AstExpressions items;
  size_t file_columns = scan.file_column_names.size();
  bool nanos_as_long = sources::Options(scan.options).Find(sources::kNanosAsLong).has_value();
  for (size_t i = 0; i < relation.output.size(); ++i) {
    const plan::Column& column = relation.output[i];
    AstExpression item;
    if (scan.has_places && i + 1 == relation.output.size()) {
      item = ReadPlace(scan, files);
    } else if (i == file_columns + scan.partition_column_count) {
      item = ReadMetadata(files, column.type);
    } else if (i >= file_columns) {
      item = ReadPartition(files, i - file_columns, column.type);
    } else if (HasColumn(scan, *files.front(), i)) {
      item = ReadColumn(scan.file_column_names[i], column.type, nanos_as_long);
    } else {
      item = LowerConstant(Value(), column.type);
    }
    items.push_back(Named(std::move(item), column.id));
  }
  if (items.empty()) items.push_back(duckdb::ConstantExpression::Boolean(true));
  select.Items(std::move(items));
  return std::move(select).IntoQuery();
}

size_t CountPartitions(const std::vector<plan::ScanFile>& files) {
  size_t count = 0;
  for (size_t i = 0; i < files.size(); ++i) {
    // Files come sorted by path, so those of a partition stand together.
    if (i == 0 || files[i].partition_values != files[i - 1].partition_values) ++count;
  }
  return count;
}

// The files by layout, as the reader takes its columns and their types from a group's first file;
// and by their partition values, which are constants of each group then.
std::vector<Files> Groups(const plan::FileScan& scan) {
  bool by_partition = CountPartitions(scan.files) <= kMostReaders;
  std::vector<Files> groups;
  size_t partition = 0;  // the first group of the partition at hand
  for (const plan::ScanFile& file : scan.files) {
    bool same = !groups.empty() &&
                (!by_partition || groups.back().front()->partition_values == file.partition_values);
    if (!same) partition = groups.size();
    size_t group = partition;
    while (group < groups.size() && groups[group].front()->layout != file.layout) ++group;
    if (group == groups.size()) groups.emplace_back();
    groups[group].push_back(&file);
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

// A format that our own table function reads.
Select ScanRows(const plan::Relation& relation) {
  if (relation.As<plan::FileScan>().files.empty() || relation.output.empty()) {
    return NoRows(relation);
  }
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  table->function = MakeFunction(kFileScanFunction, AstExpressions());
  table->bind_info =
      duckdb::make_shared_ptr<FileScanInfo>(std::make_shared<const plan::Relation>(relation));
  table->alias = duckdb::Identifier(kFileAlias);
  Select select(std::move(table));
  AstExpressions items;
  for (const plan::Column& column : relation.output) items.push_back(MakeColumn(column.id));
  if (items.empty()) items.push_back(duckdb::ConstantExpression::Boolean(true));
  select.Items(std::move(items));
  return select;
}

}  // namespace

Select Lowering::LowerFileScan(const plan::Relation& relation) {
  const auto& scan = relation.As<plan::FileScan>();
  if (FindRowFormat(scan.format) != nullptr) return ScanRows(relation);
  if (scan.format != "parquet") throw errors::UnsupportedFeature("the format " + scan.format);
  std::vector<Files> groups = Groups(scan);
  if (groups.empty()) return NoRows(relation);
  if (groups.size() == 1) return Select::Over(ReadFiles(relation, groups.front()));
  auto all = duckdb::make_uniq<duckdb::SetOperationNode>();
  all->setop_type = duckdb::SetOperationType::UNION;
  all->setop_all = true;
  for (const Files& files : groups) all->children.push_back(ReadFiles(relation, files));
  return Select::Over(std::move(all));
}

}  // namespace pyrite::lower
