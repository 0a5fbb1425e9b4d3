#include "base/condition_tables.h"

namespace pyrite {
namespace {

constexpr char kAnalysis[] = "org.apache.spark.sql.AnalysisException";
constexpr char kIllegalArgument[] = "org.apache.spark.SparkIllegalArgumentException";
constexpr char kSpark[] = "org.apache.spark.SparkException";
constexpr char kStream[] = "org.apache.spark.sql.streaming.StreamingQueryException";
constexpr char kUnsupported[] = "org.apache.spark.SparkUnsupportedOperationException";

constexpr Condition kConditions[] = {
    {"STREAM_FAILED", "XXKST", kStream,
     "The query [id = <id>, runId = <runId>] has ended with an exception: <message>"},
    {"FOREACH_BATCH_USER_FUNCTION_ERROR", "39000", kSpark,
     "The function of foreachBatch has failed. Reason: <reason>"},
    {"CONCURRENT_STREAM_LOG_UPDATE", "40000", kSpark,
     "Batch <batchId> has been noted by another run: only one query at a time may use a "
     "checkpoint."},
    {"WRITE_STREAM_NOT_ALLOWED", "42601", kAnalysis,
     "`writeStream` is for streams: this DataFrame reads none."},
    {"CALL_ON_STREAMING_DATASET_UNSUPPORTED", "42KDE", kAnalysis,
     "<methodName> cannot be called on a stream."},
    {"NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING", "42KDE", kAnalysis,
     "A stream has no windows but those of time: not <windowFunc> (column <columnName>) over "
     "<windowSpec>."},
    {"STREAMING_OUTPUT_MODE.INVALID", "42KDE", kIllegalArgument,
     "There is no output mode <outputMode>, only 'Append', 'Complete' and 'Update'."},
    {"STREAMING_OUTPUT_MODE.UNSUPPORTED_DATASOURCE", "42KDE", kAnalysis,
     "The data source <className> does not take the output mode <outputMode>."},
    {"STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION", "42KDE", kAnalysis,
     "The output mode <outputMode> does not go with <operation>."},
    {"_LEGACY_ERROR_TEMP_1135", "", kAnalysis, "<className> is no source that can be read so."},
    {"_LEGACY_ERROR_TEMP_1194", "", kAnalysis, "The memory sink needs a queryName."},
    {"_LEGACY_ERROR_TEMP_1298", "", kAnalysis,
     "This stream needs a checkpoint: give option(\"checkpointLocation\", ...), or set <config>."},
    {"_LEGACY_ERROR_TEMP_2048", "", kIllegalArgument,
     "A stream of files needs a schema: give it with schema(...), or set "
     "spark.sql.streaming.schemaInference to true to find it in the files that are there."},
    {"_LEGACY_ERROR_TEMP_3262", "", kIllegalArgument,
     "A trigger's interval has no months: <interval>."},
    {"_LEGACY_ERROR_TEMP_2242", "", kUnsupported,
     "The source <provider> has columns of its own: it takes no schema."},
};

}  // namespace

std::span<const Condition> StreamConditions() { return kConditions; }

}  // namespace pyrite
