#include "engine/write_statement.h"

#include "base/type_json.h"
#include "duckdb/parser/expression/window_expression.hpp"
#include "duckdb/parser/parsed_data/copy_info.hpp"
#include "duckdb/parser/tableref/subqueryref.hpp"
#include "engine/write_lines.h"
#include "lower/files/orc_copy.h"
#include "lower/lower.h"
#include "sources/options.h"
#include "sources/orc/orc.h"
#include "sources/write_checks.h"

namespace pyrite::engine {
namespace {

// The number of a row's file comes last.
plan::Columns WithoutNumber(const WriteRequest& request, plan::Columns columns) {
  if (NumbersFiles(request)) columns.pop_back();
  return columns;
}

// The rows with their partition columns as the texts that name folders.
plan::RelationPtr WithFolderNames(const WriteRequest& request) {
  if (request.partition_columns.empty()) return request.input;
  plan::NamedExpressions items;
  for (const plan::Column& column : DataColumns(request)) {
    plan::ExpressionPtr value = plan::MakeRef(column);
    const std::string* partition = PartitionName(request, column.name);
    if (partition != nullptr && !column.type.IsString()) {
      value = plan::MakeCast(std::move(value), DataType::String(), plan::EvalMode::kAnsi);
    }
    plan::Column out{plan::NextColumnId(), partition != nullptr ? *partition : column.name,
                     value->type, value->nullable, ""};
    items.push_back({std::move(out), std::move(value)});
  }
  if (NumbersFiles(request)) {
    const plan::Column& number = request.input->output.back();
    items.push_back({number, plan::MakeRef(number)});
  }
  return plan::MakeProject(request.input, std::move(items));
}

bool IsOrc(const WriteRequest& request) { return sources::ToLower(request.format) == "orc"; }

// (row_number() OVER (PARTITION BY the folders) - 1) // the largest number of records
lower::AstExpression FileNumber(const WriteRequest& request, lower::AstExpressions folders) {
  auto row = duckdb::make_uniq<duckdb::WindowExpression>("", "", "row_number");
  row->PartitionsMutable() = std::move(folders);
  row->WindowStartMutable() = duckdb::WindowBoundary::UNBOUNDED_PRECEDING;
  row->WindowEndMutable() = duckdb::WindowBoundary::CURRENT_ROW_RANGE;
  const auto number = [](int64_t value) { return lower::MakeValue(duckdb::Value::BIGINT(value)); };
  return lower::MakeFunction("//", lower::MakeFunction("-", std::move(row), number(1)),
                             number(request.max_records_per_file));
}

// The query under the users' column names; of formats made of text, its lines and the partition
// columns.
lower::AstQuery NamedQuery(const WriteRequest& request, const std::string& time_zone) {
  plan::RelationPtr plan = WithFolderNames(request);
  plan::Columns data = WithoutNumber(request, plan->output);
  auto node = duckdb::make_uniq<duckdb::SelectNode>();
  lower::AstExpressions folders;
  if (IsLinesFormat(request.format)) {
    plan::Columns columns;
    for (const plan::Column& column : data) {
      if (PartitionName(request, column.name) == nullptr) columns.push_back(column);
    }
    node->select_list.push_back(MakeLine(request, columns));
  }
  for (const plan::Column& column : data) {
    lower::AstExpression item = lower::MakeColumn(column.id);
    if (PartitionName(request, column.name) == nullptr) {
      if (IsLinesFormat(request.format)) continue;
    } else {
      // An empty folder name would not read back: Spark makes it NULL.
      lower::AstExpressions arguments;
      arguments.push_back(std::move(item));
      arguments.push_back(lower::MakeValue(duckdb::Value("")));
      item = lower::MakeFunction("nullif", std::move(arguments));
      folders.push_back(item->Copy());
    }
    item->SetAlias(duckdb::Identifier(column.name));
    node->select_list.push_back(std::move(item));
  }
  if (NumbersFiles(request)) {
    lower::AstExpression number = lower::MakeColumn(plan->output.back().id);
    folders.push_back(number->Copy());
    number->SetAlias(duckdb::Identifier(kNumberedFile));
    node->select_list.push_back(std::move(number));
  }
  if (LimitsFiles(request)) {
    node->select_list.push_back(FileNumber(request, std::move(folders)));
    node->select_list.back()->SetAlias(duckdb::Identifier(kFileNumber));
  }
  auto statement = lower::LowerStatement(plan, time_zone);
  node->from_table = lower::MakeSubquery(std::move(statement->node));
  return node;
}

// The schema as Spark leaves it beside the data, for types that Parquet does not have.
std::string WrittenSchema(const WriteRequest& request) {
  Schema fields;
  for (const plan::Column& column : DataColumns(request)) {
    if (PartitionName(request, column.name) != nullptr) continue;
    fields.push_back({column.name, column.type, true, column.metadata});
  }
  return TypeToJson(DataType::Struct(std::move(fields)).AsNullable());
}

duckdb::Value SparkSchema(const WriteRequest& request) {
  duckdb::child_list_t<duckdb::Value> entries;
  entries.emplace_back(duckdb::Identifier("org.apache.spark.sql.parquet.row.metadata"),
                       duckdb::Value(WrittenSchema(request)));
  // Readers take the calendar of old dates from the writer's version.
  entries.emplace_back(duckdb::Identifier("org.apache.spark.version"), duckdb::Value("4.2.0"));
  return duckdb::Value::STRUCT(std::move(entries));
}

}  // namespace

const std::string* PartitionName(const WriteRequest& request, const std::string& column) {
  for (const std::string& name : request.partition_columns) {
    bool same = request.case_sensitive ? name == column : sources::EqualsIgnoreCase(name, column);
    if (same) return &name;
  }
  return nullptr;
}

bool LimitsFiles(const WriteRequest& request) { return request.max_records_per_file > 0; }

bool NumbersFiles(const WriteRequest& request) { return request.files > 1; }

bool ChoosesFiles(const WriteRequest& request) {
  return NumbersFiles(request) || LimitsFiles(request);
}

plan::Columns DataColumns(const WriteRequest& request) {
  return WithoutNumber(request, request.input->output);
}

duckdb::unique_ptr<duckdb::CopyStatement> MakeCopy(const WriteRequest& request,
                                                   const std::string& folder,
                                                   const std::string& time_zone) {
  auto statement = duckdb::make_uniq<duckdb::CopyStatement>();
  statement->info = duckdb::make_uniq<duckdb::CopyInfo>();
  duckdb::CopyInfo& info = *statement->info;
  info.is_from = false;
  info.is_format_auto_detected = false;
  info.select_statement = NamedQuery(request, time_zone);
  if (IsLinesFormat(request.format)) {
    SetLinesOptions(request, info);
  } else if (IsOrc(request)) {
    info.format = lower::kOrcFormat;
    info.options[duckdb::Identifier("codec")] = {
        duckdb::Value(sources::ToLower(request.compression))};
    info.options[duckdb::Identifier("schema")] = {duckdb::Value(WrittenSchema(request))};
  } else {
    info.format = "parquet";
    info.options[duckdb::Identifier("compression")] = {
        duckdb::Value(sources::FindParquetCodec(request.compression).name)};
    info.options[duckdb::Identifier("kv_metadata")] = {SparkSchema(request)};
  }
  info.file_path = folder;
  if (request.partition_columns.empty() && !ChoosesFiles(request)) {
    info.file_path += "/rows";
    return statement;
  }
  duckdb::vector<duckdb::Value> keys;
  for (const std::string& column : request.partition_columns) keys.emplace_back(column);
  if (NumbersFiles(request)) keys.emplace_back(kNumberedFile);
  if (LimitsFiles(request)) keys.emplace_back(kFileNumber);
  info.options[duckdb::Identifier("partition_by")] = std::move(keys);
  return statement;
}

std::string FileSuffix(const WriteRequest& request) {
  if (IsLinesFormat(request.format)) return LinesSuffix(request);
  if (IsOrc(request)) return sources::OrcSuffix(request.compression) + ".orc";
  return sources::FindParquetCodec(request.compression).file_suffix + ".parquet";
}

}  // namespace pyrite::engine
