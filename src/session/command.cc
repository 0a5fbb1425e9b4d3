// Commands: what changes the session or writes.
#include <charconv>

#include "base/errors.h"
#include "session/rows.h"
#include "session/running_query.h"
#include "session/session.h"
#include "sources/options.h"
#include "sources/text/text_options.h"

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

}  // namespace

plan::RelationPtr Session::Run(const spec::Command& command) {
  using Kind = spec::CommandKind;
  switch (command.kind()) {
    case Kind::kCreateView: return RunView(command.As<spec::CreateView>());
    case Kind::kDropView: return RunDropView(command.As<spec::DropView>());
    case Kind::kSetConfiguration: return RunSet(command.As<spec::SetConfiguration>());
    case Kind::kResetConfiguration: return RunReset(command.As<spec::ResetConfiguration>());
    case Kind::kWriteOperation: return RunWrite(command.As<spec::WriteOperation>());
    case Kind::kWriteOperationV2: throw errors::UnsupportedFeature("df.writeTo");
    case Kind::kExplain: {
      const auto& explain = command.As<spec::Explain>();
      return MakeStringRows({"plan"}, {{Explain(*explain.input, explain.mode)}}, true);
    }
    case Kind::kCheckpoint: Checkpoint(command.As<spec::Checkpoint>()); return MakeNoRows();
    case Kind::kRemoveCachedRelation: {
      std::lock_guard lock(mutex_);
      checkpoints_.erase(command.As<spec::RemoveCachedRelation>().relation_id);
      return MakeNoRows();
    }
    case Kind::kGetResources: return MakeNoRows();
    case Kind::kUnsupportedCommand:
      throw errors::UnsupportedFeature(command.As<spec::UnsupportedCommand>().feature);
  }
  throw errors::Internal("A command has no kind.");
}

plan::RelationPtr Session::RunView(const spec::CreateView& view) {
  if (!view.is_temporary) throw errors::UnsupportedFeature("CREATE VIEW without TEMPORARY");
  if (view.name_parts.empty()) throw errors::Internal("A view has no name.");
  spec::RelationPtr plan = view.input;
  if (!view.column_aliases.empty()) {
    plan = spec::MakeRelation(spec::ToDf{plan, view.column_aliases});
  }
  AnalyzeQuery(*plan);  // a view that cannot be analyzed is refused when it is made
  catalog::View entry{view.name_parts.back(), std::move(plan), ""};
  std::lock_guard lock(mutex_);
  if (view.is_global) {
    if (view.if_not_exists && catalog_.shared().FindGlobal(entry.name)) return MakeNoRows();
    catalog_.shared().CreateGlobal(std::move(entry), view.replace);
  } else {
    if (view.if_not_exists && catalog_.FindView({entry.name})) return MakeNoRows();
    catalog_.CreateTempView(std::move(entry), view.replace);
  }
  return MakeNoRows();
}

plan::RelationPtr Session::RunDropView(const spec::DropView& drop) {
  std::lock_guard lock(mutex_);
  bool global = drop.name_parts.size() == 2 && drop.name_parts[0] == "global_temp";
  bool dropped = global ? catalog_.shared().DropGlobal(drop.name_parts[1])
                        : drop.name_parts.size() == 1 && catalog_.DropTempView(drop.name_parts[0]);
  if (!dropped && !drop.if_exists) {
    std::vector<std::string> name = drop.name_parts;
    if (name.size() == 1) name.insert(name.begin(), {"spark_catalog", "default"});
    throw SparkError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", errors::QuoteName(name)},
                                                 {"searchPath", "[`spark_catalog`.`default`]"}});
  }
  return MakeNoRows();
}

plan::RelationPtr Session::RunSet(const spec::SetConfiguration& set) {
  std::lock_guard lock(mutex_);
  std::vector<StringRow> rows;
  if (set.key && *set.key == "-v" && !set.value) {
    for (const auto& [key, value] : configuration_.All(true)) rows.push_back({key, value, "", ""});
    return MakeStringRows({"key", "value", "meaning", "Since version"}, rows, false);
  }
  if (set.key && set.value) {
    configuration_.Set(*set.key, *set.value);
    rows.push_back({*set.key, *set.value});
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
  if (!write.table.empty()) {
    throw errors::UnsupportedFeature(write.insert_into ? "df.write.insertInto"
                                                       : "df.write.saveAsTable");
  }
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
  request.path = write.path;
  plan::Options written(write.options.begin(), write.options.end());
  if (request.path.empty()) request.path = sources::Options(written).Find("path").value_or("");
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
  } else {
    request.options = sources::Settle(written, format, configuration);
    request.compression =
        options.Find("compression").value_or(options.Find("codec").value_or("none"));
  }
  request.max_records_per_file = MaxRecordsPerFile(options, configuration);
  request.case_sensitive = configuration.case_sensitive();
  request.partition_columns = write.partition_columns;
  request.input = AnalyzeQuery(*write.input);
  std::unique_ptr<engine::QueryRun> job = engine_->Write(request, OptionsOf(configuration));
  RunningQuery::Use use(job.get());
  job->Next();
  return MakeNoRows();
}

}  // namespace pyrite::session
