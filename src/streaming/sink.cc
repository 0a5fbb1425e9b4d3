#include "streaming/sink.h"

#include "base/errors.h"
#include "sources/options.h"

namespace pyrite::streaming {
namespace {

bool IsFileFormat(const std::string& format) {
  return format == "parquet" || format == "csv" || format == "json" || format == "orc" ||
         format == "text";
}

std::string FormatOf(const StartRequest& request, const SinkSetting& setting) {
  if (!request.format.empty()) return sources::ToLower(request.format);
  return setting.own->FindConfiguration("spark.sql.sources.default").value_or("parquet");
}

}  // namespace

BatchFrame::BatchFrame(session::Session& session, plan::RelationPtr rows)
    : session_(session), id_(session.KeepRelation(std::move(rows))) {}

BatchFrame::~BatchFrame() { session_.Run(*spec::MakeCommand(spec::RemoveCachedRelation{id_})); }

spec::RelationPtr BatchFrame::relation() const {
  return spec::MakeRelation(spec::CachedRemoteRelation{id_});
}

bool NeedsNoCheckpoint(const StartRequest& request) {
  std::string format = sources::ToLower(request.format);
  return request.foreach_batch || format == "memory" || format == "console" || format == "noop";
}

void CheckSink(const StartRequest& request, const SinkSetting& setting) {
  if (request.foreach_batch || !request.table.empty()) return;
  std::string format = FormatOf(request, setting);
  if (format == "memory") {
    if (request.name.empty()) throw SparkError("_LEGACY_ERROR_TEMP_1194", {});
    return;
  }
  if (format == "console" || format == "noop") return;
  if (format == "kafka" || format == "xml" || format == "avro") {
    throw errors::UnsupportedFeature("a stream into the format " + request.format);
  }
  if (!IsFileFormat(format)) throw errors::DataSourceNotFound(request.format);
  if (PathOf(request).empty()) {
    throw SparkError("_LEGACY_ERROR_TEMP_2047", "",
                     "org.apache.spark.SparkIllegalArgumentException", "'path' is not specified.");
  }
}

std::string PathOf(const StartRequest& request) {
  if (!request.path.empty()) return request.path;
  return sources::Options(request.options).Find("path").value_or("");
}

std::unique_ptr<Sink> MakeSink(const StartRequest& request, const SinkSetting& setting) {
  if (request.foreach_batch) return MakeForeachBatchSink(request, setting);
  if (!request.table.empty()) return MakeTableSink(request, setting);
  std::string format = FormatOf(request, setting);
  if (format == "memory") return MakeMemorySink(request.name, setting);
  if (format == "console") return MakeConsoleSink(request, setting);
  if (format == "noop") return MakeNoopSink(setting);
  return MakeFileSink(request, format, setting);
}

}  // namespace pyrite::streaming
