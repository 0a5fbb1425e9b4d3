// Commands: what changes the session or writes.
#include <charconv>

#include "base/errors.h"
#include "passes/file_partitions.h"
#include "session/plan_parts.h"
#include "session/rows.h"
#include "session/running_query.h"
#include "session/session.h"
#include "sources/options.h"
#include "sources/source.h"
#include "sources/text/text_options.h"
#include "sources/write_checks.h"

namespace pyrite::session {
namespace {

int64_t MaxRecordsPerFile(const sources::Options& options, const Configuration& configuration) {
  std::string text = options.Find("maxRecordsPerFile")
                         .value_or(configuration.Get("spark.sql.files.maxRecordsPerFile"));
  int64_t records = 0;
  const char* end = text.data() + text.size();
  const char* begin = text.starts_with('+') ? text.data() + 1 : text.data();
  auto [stop, error] = std::from_chars(begin, end, records);
  if (error != std::errc() || stop != end) {
    throw SparkError("", "", "java.lang.NumberFormatException",
                     "For input string: \"" + text + "\"");
  }
  return records;
}

engine::WriteRequest::Mode ToMode(spec::SaveMode mode) {
  using Mode = engine::WriteRequest::Mode;
  switch (mode) {
    case spec::SaveMode::kAppend: return Mode::kAppend;
    case spec::SaveMode::kOverwrite: return Mode::kOverwrite;
    case spec::SaveMode::kIgnore: return Mode::kIgnore;
    case spec::SaveMode::kUnspecified:
    case spec::SaveMode::kErrorIfExists: break;
  }
  return Mode::kErrorIfExists;
}

void CheckNoopMode(const spec::WriteOperation& write) {
  if (write.mode == spec::SaveMode::kAppend || write.mode == spec::SaveMode::kOverwrite) return;
  bool ignore = write.mode == spec::SaveMode::kIgnore;
  throw SparkError(
      "UNSUPPORTED_DATA_SOURCE_SAVE_MODE",
      {{"source", write.format}, {"createMode", ignore ? "\"Ignore\"" : "\"ErrorIfExists\""}});
}

}  // namespace

plan::RelationPtr Session::Run(const spec::Command& command) {
  using Kind = spec::CommandKind;
  switch (command.kind()) {
    case Kind::kCreateView:
    case Kind::kCreateViewUsing:
    case Kind::kAlterView:
    case Kind::kRenameView:
    case Kind::kDropView: return RunViewStatement(command);
    case Kind::kCreateTable: return RunCreateTable(command.As<spec::CreateTable>());
    case Kind::kCreateNamespace: return RunCreateNamespace(command.As<spec::CreateNamespace>());
    case Kind::kDropNamespace: return RunDropNamespace(command.As<spec::DropNamespace>());
    case Kind::kInsertInto: return RunInsert(command.As<spec::InsertInto>());
    case Kind::kTruncateTable: return RunTruncate(command.As<spec::TruncateTable>());
    case Kind::kAnalyzeTable: return RunAnalyzeTable(command.As<spec::AnalyzeTable>());
    case Kind::kRepairTable: return RunRepairTable(command.As<spec::RepairTable>());
    case Kind::kShowTables:
    case Kind::kShowViews:
    case Kind::kShowTableProperties:
    case Kind::kShowColumns:
    case Kind::kShowFunctions:
    case Kind::kShowNamespaces:
    case Kind::kShowCatalogs:
    case Kind::kShowCurrentNamespace:
    case Kind::kShowCreateTable:
    case Kind::kShowPartitions: return RunShowStatement(command);
    case Kind::kDescribeQuery:
    case Kind::kDescribeTable:
    case Kind::kDescribeFunction:
    case Kind::kDescribeNamespace: return RunDescribe(command);
    case Kind::kUseNamespace: return RunUse(command.As<spec::UseNamespace>());
    case Kind::kSetCatalog: return RunSetCatalog(command.As<spec::SetCatalog>());
    case Kind::kRefreshTable:
    case Kind::kRefreshFunction:
    case Kind::kRefreshPath: return RunRefresh(command);
    case Kind::kDeclareVariable:
    case Kind::kSetVariable:
    case Kind::kDropVariable:
    case Kind::kExecuteImmediate: return RunVariable(command);
    case Kind::kCacheTable: return RunCache(command.As<spec::CacheTable>());
    case Kind::kUncacheTable: return RunUncache(command.As<spec::UncacheTable>());
    case Kind::kClearCache: ClearCache(); return MakeNoRows();
    case Kind::kSetConfiguration: return RunSet(command.As<spec::SetConfiguration>());
    case Kind::kResetConfiguration: return RunReset(command.As<spec::ResetConfiguration>());
    case Kind::kWriteOperation: return RunWrite(command.As<spec::WriteOperation>());
    case Kind::kWriteOperationV2: return RunWriteV2(command.As<spec::WriteOperationV2>());
    case Kind::kExplain: return RunExplain(command.As<spec::Explain>());
    case Kind::kCheckpoint: Checkpoint(command.As<spec::Checkpoint>()); return MakeNoRows();
    case Kind::kRemoveCachedRelation: {
      std::lock_guard lock(mutex_);
      checkpoints_.erase(command.As<spec::RemoveCachedRelation>().relation_id);
      return MakeNoRows();
    }
    case Kind::kRegisterFunction: {
      const auto& registration = command.As<spec::RegisterFunction>();
      std::lock_guard lock(mutex_);
      if (registration.function->TryAs<spec::PythonTableFunction>() != nullptr) {
        catalog_.SetTableFunction(registration.name, registration.function);
      } else {
        catalog_.SetFunction(registration.name, registration.function);
      }
      return MakeNoRows();
    }
    case Kind::kGetResources: return MakeNoRows();
    case Kind::kUnsupportedCommand:
      return RunOtherStatement(command.As<spec::UnsupportedCommand>());
  }
  throw errors::Internal("A command has no kind.");
}

plan::RelationPtr Session::RunSet(const spec::SetConfiguration& set) {
  std::lock_guard lock(mutex_);
  std::vector<StringRow> rows;
  if (set.key && *set.key == "-v" && !set.value) {
    for (const auto& [key, value] : configuration_.All(true)) rows.push_back({key, value, "", ""});
    return MakeStringRows({"key", "value", "meaning", "Since version"}, rows, false);
  }
  if (set.key && (set.value || set.to_default)) {
    // Hadoop's names for the number of partitions.
    bool hadoop = *set.key == "mapred.reduce.tasks" || *set.key == "mapreduce.job.reduces";
    std::string key = hadoop ? "spark.sql.shuffle.partitions" : *set.key;
    std::string value = set.to_default ? Configuration().Get(key) : *set.value;
    configuration_.Set(key, value);
    rows.push_back({key, value});
  } else if (set.key) {
    rows.push_back({*set.key, configuration_.Find(*set.key).value_or("<undefined>")});
  } else {
    for (const auto& [key, value] : configuration_.All(false)) rows.push_back({key, value});
  }
  return MakeStringRows({"key", "value"}, rows, false);
}

plan::RelationPtr Session::RunReset(const spec::ResetConfiguration& reset) {
  std::lock_guard lock(mutex_);
  if (reset.key) {
    configuration_.Unset(*reset.key);
  } else {
    configuration_.Reset();
  }
  return MakeNoRows();
}

plan::RelationPtr Session::RunWrite(const spec::WriteOperation& write) {
  if (!write.table.empty()) return RunWriteTable(write);
  if (!write.sort_columns.empty() && write.bucket_columns.empty()) {
    throw errors::SortByWithoutBucketing();
  }
  if (!write.bucket_columns.empty()) {
    throw SparkError(
        write.sort_columns.empty() ? "_LEGACY_ERROR_TEMP_1312" : "_LEGACY_ERROR_TEMP_1313",
        {{"operation", "save"}});
  }
  // Clusters are a table's: Spark too writes files without them.
  Configuration configuration = ConfigurationNow();
  engine::WriteRequest request;
  request.format =
      write.format.empty() ? configuration.Get("spark.sql.sources.default") : write.format;
  if (sources::EqualsIgnoreCase(request.format, "noop")) {  // only computes: for measuring
    CheckNoopMode(write);
    auto query = engine_->Execute(Prepare(NoStream(AnalyzeQuery(*write.input), "write")),
                                  OptionsOf(configuration));
    RunningQuery::Use use(query.get());
    while (query->Next() != nullptr) {
    }
    return MakeNoRows();
  }
  request.path = write.path;
  plan::Options written(write.options.begin(), write.options.end());
  if (request.path.empty()) request.path = sources::Options(written).Find("path").value_or("");
  sources::CheckForeignFormat(sources::ToLower(request.format), sources::Options(written));
  if (request.path.empty()) {
    throw SparkError("_LEGACY_ERROR_TEMP_2047", "",
                     "org.apache.spark.SparkIllegalArgumentException", "'path' is not specified.");
  }
  sources::Options options(written);
  request.mode = ToMode(write.mode);
  std::string overwrite =
      options.Find("partitionOverwriteMode")
          .value_or(configuration.Get("spark.sql.sources.partitionOverwriteMode"));
  if (request.mode == engine::WriteRequest::Mode::kOverwrite && !write.partition_columns.empty() &&
      sources::EqualsIgnoreCase(overwrite, "dynamic")) {
    request.mode = engine::WriteRequest::Mode::kOverwritePartitions;
  }
  std::string format = sources::ToLower(request.format);
  if (format == "parquet") {
    request.compression =
        options.Find("compression")
            .value_or(options.Find("parquet.compression")
                          .value_or(configuration.Get("spark.sql.parquet.compression.codec")));
  } else if (format == "orc") {
    request.compression =
        options.Find("compression")
            .value_or(options.Find("orc.compress")
                          .value_or(configuration.Get("spark.sql.orc.compression.codec")));
  } else {
    request.options = sources::Settle(written, format, configuration);
    request.compression =
        options.Find("compression").value_or(options.Find("codec").value_or("none"));
  }
  request.max_records_per_file = MaxRecordsPerFile(options, configuration);
  request.case_sensitive = configuration.case_sensitive();
  request.partition_columns = write.partition_columns;
  request.input = Prepare(NoStream(AnalyzeQuery(*write.input), "write"));
  passes::FilePartitions files =
      passes::FilePartitionsOf(request.input, !request.partition_columns.empty());
  request.input = files.rows;
  request.files = files.count;
  std::unique_ptr<engine::QueryRun> job = engine_->Write(request, OptionsOf(configuration));
  RunningQuery::Use use(job.get());
  job->Next();
  cache_.Refresh(request.path);
  return MakeNoRows();
}

}  // namespace pyrite::session
