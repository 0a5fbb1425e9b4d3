#include "engine/write.h"

#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "duckdb/common/types/uuid.hpp"
#include "duckdb/parser/parsed_data/copy_info.hpp"
#include "duckdb/parser/statement/copy_statement.hpp"
#include "duckdb/parser/tableref/subqueryref.hpp"
#include "engine/duckdb_errors.h"
#include "lower/ast.h"
#include "lower/lower.h"
#include "sources/commit.h"

namespace pyrite::engine {
namespace {

std::string Compression(const WriteRequest& request) {
  for (const auto& [name, value] : request.options) {
    if (duckdb::StringUtil::CIEquals(name, "compression")) {
      return duckdb::StringUtil::Lower(value);
    }
  }
  return "snappy";
}

std::string Extension(const std::string& compression) {
  if (compression == "none" || compression == "uncompressed") return ".parquet";
  return "." + (compression == "gzip" ? std::string("gz") : compression) + ".parquet";
}

// Types whose physical form would not read back as what they are.
void CheckWritable(const plan::Columns& columns) {
  for (const plan::Column& column : columns) {
    if (column.type.Is(TypeKind::kNull) || column.type.IsAnsiInterval() ||
        column.type.Is(TypeKind::kCalendarInterval)) {
      throw errors::UnsupportedFeature("writing columns of type " + column.type.ToSql());
    }
  }
}

// The query under the users' column names.
lower::AstQuery NamedQuery(const plan::RelationPtr& plan, const std::string& time_zone) {
  auto node = duckdb::make_uniq<duckdb::SelectNode>();
  duckdb::identifier_set_t seen;
  for (const plan::Column& column : plan->output) {
    duckdb::Identifier name(column.name);
    if (!seen.insert(name).second) throw errors::ColumnAlreadyExists(column.name);
    node->select_list.push_back(lower::MakeColumn(column.id));
    node->select_list.back()->SetAlias(std::move(name));
  }
  auto statement = lower::LowerStatement(plan, time_zone);
  node->from_table = lower::MakeSubquery(std::move(statement->node));
  return node;
}

duckdb::unique_ptr<duckdb::CopyStatement> MakeCopy(const WriteRequest& request,
                                                   const std::string& folder,
                                                   const std::string& compression,
                                                   const std::string& time_zone) {
  auto statement = duckdb::make_uniq<duckdb::CopyStatement>();
  statement->info = duckdb::make_uniq<duckdb::CopyInfo>();
  duckdb::CopyInfo& info = *statement->info;
  info.is_from = false;
  info.format = "parquet";
  info.is_format_auto_detected = false;
  info.select_statement = NamedQuery(request.input, time_zone);
  info.options[duckdb::Identifier("compression")] = {duckdb::Value(compression)};
  info.file_path = folder;
  if (request.partition_columns.empty()) {
    info.file_path += "/rows.parquet";
    return statement;
  }
  duckdb::vector<duckdb::Value> keys;
  for (const std::string& column : request.partition_columns) keys.emplace_back(column);
  info.options[duckdb::Identifier("partition_by")] = std::move(keys);
  return statement;
}

// As Spark names them: part-00000-<uuid>-c000.snappy.parquet.
void NameFiles(const std::string& folder, const std::string& extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::string job = duckdb::UUID::ToString(duckdb::UUID::GenerateRandomUUID());
  for (size_t i = 0; i < files.size(); ++i) {
    std::string number = std::to_string(i);
    number.insert(0, number.size() < 5 ? 5 - number.size() : 0, '0');
    std::filesystem::rename(files[i], files[i].parent_path() /
                                          ("part-" + number + "-" + job + "-c000" + extension));
  }
}

sources::WriteMode ModeOf(WriteRequest::Mode mode) {
  switch (mode) {
    case WriteRequest::Mode::kErrorIfExists: return sources::WriteMode::kErrorIfExists;
    case WriteRequest::Mode::kAppend: return sources::WriteMode::kAppend;
    case WriteRequest::Mode::kOverwrite: return sources::WriteMode::kOverwrite;
    case WriteRequest::Mode::kIgnore: return sources::WriteMode::kIgnore;
  }
  throw errors::Internal("a write of an unknown mode");
}

}  // namespace

void RunWrite(ConnectionPool& pool, const WriteRequest& request, const QueryOptions& options) {
  if (!duckdb::StringUtil::CIEquals(request.format, "parquet")) {
    throw errors::UnsupportedFeature("writing the format " + request.format);
  }
  if (!request.sort_columns.empty()) throw errors::UnsupportedFeature("sortBy without bucketBy");
  CheckWritable(request.input->output);
  auto job = sources::WriteJob::Begin(request.path, ModeOf(request.mode));
  if (job == nullptr) return;
  std::string compression = Compression(request);
  auto connection = pool.Take(options);
  auto result = connection->Query(
      MakeCopy(request, job->staging_path(), compression, options.time_zone));
  if (result->HasError()) throw FromDuckDB(result->GetErrorObject());
  NameFiles(job->staging_path(), Extension(compression));
  job->Commit();
}

}  // namespace pyrite::engine
