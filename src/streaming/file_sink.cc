// Rows into files and tables, each batch once: its files bear the query's id and its number, and
// they appear all together, so that a batch which an earlier run has delivered is known by them.
#include <filesystem>

#include "base/errors.h"
#include "session/running_query.h"
#include "sources/commit.h"
#include "sources/journal.h"
#include "sources/options.h"
#include "sources/path.h"
#include "sources/write_checks.h"
#include "sql/parser.h"
#include "streaming/sink.h"

namespace pyrite::streaming {
namespace {

namespace fs = std::filesystem;

class FileSink : public Sink {
 public:
  FileSink(std::shared_ptr<session::Session> session, std::string query_id,
           spec::WriteOperation write)
      : session_(std::move(session)), query_id_(std::move(query_id)), write_(std::move(write)) {
    write_.mode = spec::SaveMode::kErrorIfExists;
  }

  std::string description() const override {
    return "FileSink[" + sources::ToUri(sources::ToLocalPath(write_.path)) + "]";
  }

  int64_t Add(const Batch& batch) override {
    std::string name = query_id_ + "-batch" + std::to_string(batch.number);
    if (batch.again && IsThere(name)) return -1;
    BatchFrame frame(*session_, batch.rows);
    std::string folder = sources::ToLocalPath(write_.path);
    auto job = sources::WriteJob::Begin(folder, sources::WriteMode::kAppend);
    spec::WriteOperation write = write_;
    write.input = frame.relation();
    write.path = job->tasks_path() + "/batch";
    session_->Run(*spec::MakeCommand(spec::WriteOperation(write)));
    Place(write.path, job->staging_path(), name);
    session::RunningQuery::RaiseIfCurrentInterrupted();
    job->Commit();
    return -1;
  }

 private:
  // Moves the files, named anew: p=1/part-00000-<job>-c000.parquet, <job> being `name`.
  static void Place(const fs::path& from, const fs::path& to, const std::string& name) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    for (const fs::path& file : files) {
      std::string base = file.filename().string();
      if (!base.starts_with("part-")) continue;
      size_t number_end = base.find('-', 5), job_end = base.rfind("-c");
      fs::path folder = to / file.parent_path().lexically_relative(from);
      fs::create_directories(folder);
      fs::rename(file, folder / (base.substr(0, number_end + 1) + name + base.substr(job_end)));
    }
  }

  bool IsThere(const std::string& name) const {
    std::string folder = sources::ToLocalPath(write_.path);
    sources::RecoverTable(folder);
    if (!fs::is_directory(folder)) return false;
    for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::end(entry); ++entry) {
      std::string file = entry->path().filename().string();
      // What a run has left that ended before its commit.
      if (file.starts_with(sources::kStagingPrefix)) entry.disable_recursion_pending();
      if (file.find("-" + name + "-") != std::string::npos) return true;
    }
    return false;
  }

  const std::shared_ptr<session::Session> session_;
  const std::string query_id_;
  spec::WriteOperation write_;
};

void CheckAppends(const std::string& format, const SinkSetting& setting) {
  if (setting.mode == OutputMode::kAppend) return;
  throw SparkError("STREAMING_OUTPUT_MODE.UNSUPPORTED_DATASOURCE",
                   {{"className", format}, {"outputMode", NameOf(setting.mode)}});
}

spec::WriteOperation WriteOf(const StartRequest& request, const std::string& format) {
  spec::WriteOperation write;
  write.format = format;
  for (const auto& option : request.options) {
    if (!sources::EqualsIgnoreCase(option.first, "path")) write.options.push_back(option);
  }
  write.partition_columns = request.partition_columns;
  return write;
}

}  // namespace

std::unique_ptr<Sink> MakeFileSink(const StartRequest& request, const std::string& format,
                                   const SinkSetting& setting) {
  spec::WriteOperation write = WriteOf(request, format);
  write.path = PathOf(request);
  CheckAppends(format, setting);
  Schema schema;
  for (const plan::Column& column : setting.columns) {
    schema.push_back({column.name, column.type, column.nullable, column.metadata});
  }
  sources::CheckWrite(format, schema, request.partition_columns, false);
  return std::make_unique<FileSink>(setting.own, setting.query_id, std::move(write));
}

// The table is made when it is not there.
std::unique_ptr<Sink> MakeTableSink(const StartRequest& request, const SinkSetting& setting) {
  session::Session& session = *setting.client;
  spec::NameParts name = sql::ParseNameParts(request.table);
  catalog::TablePtr table = session.FindTable(name);
  if (table == nullptr) {
    spec::CreateTable create;
    create.name_parts = name;
    create.provider = request.format;
    create.location = sources::Options(request.options).Find("path").value_or("");
    create.partition_columns = request.partition_columns;
    std::vector<StructField> fields;
    for (const plan::Column& column : setting.columns) {
      fields.push_back({column.name, column.type, true, column.metadata});
    }
    create.schema = DataType::Struct(std::move(fields));
    session.Run(*spec::MakeCommand(std::move(create)));
    table = session.FindTable(name);
  }
  if (table->type == catalog::TableType::kView) {
    throw errors::UnsupportedFeature("a stream into a view");
  }
  CheckAppends(table->provider, setting);
  spec::WriteOperation write = WriteOf(request, table->provider);
  write.path = table->location;
  write.partition_columns = table->partition_columns;
  return std::make_unique<FileSink>(setting.own, setting.query_id, std::move(write));
}

}  // namespace pyrite::streaming
