#include "engine/write.h"

#include <arrow/type.h>

#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "base/type_json.h"
#include "duckdb/common/types/uuid.hpp"
#include "duckdb/parser/expression/window_expression.hpp"
#include "duckdb/parser/parsed_data/copy_info.hpp"
#include "duckdb/parser/tableref/subqueryref.hpp"
#include "engine/duckdb_errors.h"
#include "engine/error_place.h"
#include "engine/write_lines.h"
#include "lower/ast.h"
#include "lower/files/orc_copy.h"
#include "lower/lower.h"
#include "sources/commit.h"
#include "sources/options.h"
#include "sources/orc/orc.h"
#include "sources/path.h"
#include "sources/write_checks.h"

namespace pyrite::engine {
namespace {

// Its name in `columns` as the partition's: the user's spelling names the folders.
const std::string* PartitionName(const WriteRequest& request, const std::string& column) {
  for (const std::string& name : request.partition_columns) {
    bool same = request.case_sensitive ? name == column : sources::EqualsIgnoreCase(name, column);
    if (same) return &name;
  }
  return nullptr;
}

// The rows with their partition columns as the texts that name folders.
plan::RelationPtr WithFolderNames(const WriteRequest& request) {
  if (request.partition_columns.empty()) return request.input;
  plan::NamedExpressions items;
  for (const plan::Column& column : request.input->output) {
    plan::ExpressionPtr value = plan::MakeRef(column);
    const std::string* partition = PartitionName(request, column.name);
    if (partition != nullptr && !column.type.IsString()) {
      value = plan::MakeCast(std::move(value), DataType::String(), plan::EvalMode::kAnsi);
    }
    plan::Column out{plan::NextColumnId(), partition != nullptr ? *partition : column.name,
                     value->type, value->nullable, ""};
    items.push_back({std::move(out), std::move(value)});
  }
  return plan::MakeProject(request.input, std::move(items));
}

// The column that says which file of its folder a row goes to, where files have a largest size.
constexpr char kFileNumber[] = "__pyrite_file_number";

bool IsOrc(const WriteRequest& request) { return sources::ToLower(request.format) == "orc"; }

bool LimitsFiles(const WriteRequest& request) { return request.max_records_per_file > 0; }

// (row_number() OVER (PARTITION BY the partition columns) - 1) // the largest number of records
lower::AstExpression FileNumber(const WriteRequest& request, lower::AstExpressions partitions) {
  auto row = duckdb::make_uniq<duckdb::WindowExpression>("", "", "row_number");
  row->PartitionsMutable() = std::move(partitions);
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
  auto node = duckdb::make_uniq<duckdb::SelectNode>();
  lower::AstExpressions partitions;
  if (IsLinesFormat(request.format)) {
    plan::Columns columns;
    for (const plan::Column& column : plan->output) {
      if (PartitionName(request, column.name) == nullptr) columns.push_back(column);
    }
    node->select_list.push_back(MakeLine(request, columns));
  }
  for (const plan::Column& column : plan->output) {
    lower::AstExpression item = lower::MakeColumn(column.id);
    if (PartitionName(request, column.name) == nullptr) {
      if (IsLinesFormat(request.format)) continue;
    } else {
      // An empty folder name would not read back: Spark makes it NULL.
      lower::AstExpressions arguments;
      arguments.push_back(std::move(item));
      arguments.push_back(lower::MakeValue(duckdb::Value("")));
      item = lower::MakeFunction("nullif", std::move(arguments));
      partitions.push_back(item->Copy());
    }
    item->SetAlias(duckdb::Identifier(column.name));
    node->select_list.push_back(std::move(item));
  }
  if (LimitsFiles(request)) {
    node->select_list.push_back(FileNumber(request, std::move(partitions)));
    node->select_list.back()->SetAlias(duckdb::Identifier(kFileNumber));
  }
  auto statement = lower::LowerStatement(plan, time_zone);
  node->from_table = lower::MakeSubquery(std::move(statement->node));
  return node;
}

// The schema as Spark leaves it beside the data, for types that Parquet does not have.
std::string WrittenSchema(const WriteRequest& request) {
  Schema fields;
  for (const plan::Column& column : request.input->output) {
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
  if (request.partition_columns.empty() && !LimitsFiles(request)) {
    info.file_path += "/rows";
    return statement;
  }
  duckdb::vector<duckdb::Value> keys;
  for (const std::string& column : request.partition_columns) keys.emplace_back(column);
  if (LimitsFiles(request)) keys.emplace_back(kFileNumber);
  info.options[duckdb::Identifier("partition_by")] = std::move(keys);
  return statement;
}

// DuckDB's "p=a%20b" as Spark's "p=a b".
std::filesystem::path SparkFolder(const std::filesystem::path& folder) {
  std::filesystem::path out;
  for (const auto& part : folder) {
    const std::string& text = part.native();
    size_t equals = text.find('=');
    if (equals == std::string::npos || text.starts_with(kFileNumber)) continue;
    const auto again = [](const std::string& escaped) {
      return sources::EscapePathName(sources::UnescapePathName(escaped));
    };
    out /= again(text.substr(0, equals)) + "=" + again(text.substr(equals + 1));
  }
  return out;
}

// Files and folders as Spark names them: p=1/part-00000-<uuid>-c000.snappy.parquet.
void NameFiles(const std::filesystem::path& root, const std::string& suffix) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::string job = duckdb::UUID::ToString(duckdb::UUID::GenerateRandomUUID());
  for (size_t i = 0; i < files.size(); ++i) {
    std::string number = std::to_string(i);
    number.insert(0, number.size() < 5 ? 5 - number.size() : 0, '0');
    fs::path folder = root / SparkFolder(files[i].parent_path().lexically_relative(root));
    fs::create_directories(folder);
    fs::rename(files[i], folder / ("part-" + number + "-" + job + "-c000" + suffix));
  }
  // The folders under their former names are empty now; deeper ones go first.
  std::vector<fs::path> folders;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.rbegin(), folders.rend());
  for (const fs::path& folder : folders) {
    if (fs::is_empty(folder)) fs::remove(folder);
  }
}

std::string FileSuffix(const WriteRequest& request) {
  if (IsLinesFormat(request.format)) return LinesSuffix(request);
  if (IsOrc(request)) return sources::OrcSuffix(request.compression) + ".orc";
  return sources::FindParquetCodec(request.compression).file_suffix + ".parquet";
}

sources::WriteMode ModeOf(WriteRequest::Mode mode) {
  switch (mode) {
    case WriteRequest::Mode::kErrorIfExists: return sources::WriteMode::kErrorIfExists;
    case WriteRequest::Mode::kAppend: return sources::WriteMode::kAppend;
    case WriteRequest::Mode::kOverwrite: return sources::WriteMode::kOverwrite;
    case WriteRequest::Mode::kIgnore: return sources::WriteMode::kIgnore;
    case WriteRequest::Mode::kOverwritePartitions: return sources::WriteMode::kOverwritePartitions;
  }
  throw errors::Internal("a write of an unknown mode");
}

}  // namespace

std::shared_ptr<arrow::Schema> WriteRun::schema() const {
  return arrow::schema(arrow::FieldVector());
}

std::shared_ptr<arrow::RecordBatch> WriteRun::Next() {
  sources::CheckWritableFormat(request_.format, request_.options);
  std::string suffix = FileSuffix(request_);
  sources::CheckWrite(request_.format, plan::SchemaOf(*request_.input), request_.partition_columns,
                      request_.case_sensitive);
  auto job = sources::WriteJob::Begin(request_.path, ModeOf(request_.mode));
  if (job == nullptr) return nullptr;
  Copy(MakeCopy(request_, job->staging_path(), options_.time_zone));
  if (LimitsFiles(request_) && request_.partition_columns.empty() &&
      sources::NamesIn(job->staging_path()).empty()) {
    request_.max_records_per_file = 0;  // no rows: one file that holds the schema
    Copy(MakeCopy(request_, job->staging_path(), options_.time_zone));
  }
  NameFiles(job->staging_path(), suffix);
  RaiseIfInterrupted();
  job->Commit();
  return nullptr;
}

void WriteRun::Copy(duckdb::unique_ptr<duckdb::CopyStatement> statement) {
  {
    std::lock_guard lock(mutex_);
    connection_ = pool_.Take(options_);
  }
  RaiseIfInterrupted();
  auto result = connection_->Submit(std::move(statement), duckdb::QueryParameters());
  if (interrupted_) connection_->Interrupt();  // DuckDB forgets one that comes before the query
  result->Complete();
  {
    std::lock_guard lock(mutex_);
    connection_.reset();
  }
  RaiseIfInterrupted();
  if (result->HasError()) throw FromDuckDB(result->GetErrorObject());
}

void WriteRun::RaiseIfInterrupted() const {
  if (interrupted_) throw SparkError("OPERATION_CANCELED", {});
}

void WriteRun::Interrupt() {
  interrupted_ = true;
  std::lock_guard lock(mutex_);
  if (connection_ != nullptr) connection_->Interrupt();
}

QueryProgress WriteRun::Progress() const {
  std::lock_guard lock(mutex_);
  if (connection_ == nullptr) return {};
  double percent = connection_->GetQueryProgress();
  return {percent < 0 ? 0.0 : percent / 100, 0};
}

}  // namespace pyrite::engine
