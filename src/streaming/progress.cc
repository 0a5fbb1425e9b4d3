#include "streaming/progress.h"

#include <arrow/api.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>

#include "base/json.h"

namespace pyrite::streaming {
namespace {

// {"name":value,...}, of values that are JSON already.
class JsonObject {
 public:
  JsonObject& Add(const std::string& name, const std::string& json) {
    text_ += (text_.empty() ? "" : ",") + QuoteJson(name) + ":" + json;
    return *this;
  }
  JsonObject& Add(const std::string& name, int64_t value) {
    return Add(name, std::to_string(value));
  }
  std::string Text() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

std::string Name(const std::string& name) { return name.empty() ? "null" : QuoteJson(name); }

std::string Timestamp(int64_t millis) {
  std::time_t seconds = millis / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  char fraction[16];
  std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(millis % 1000));
  return std::string(text, size) + fraction;
}

std::string PerSecond(int64_t rows, int64_t millis) {
  if (millis <= 0) return "0.0";
  char text[40];
  std::snprintf(text, sizeof text, "%.6f",
                static_cast<double>(rows) * 1000 / static_cast<double>(millis));
  return text;
}

std::string SourceJson(const SourceProgress& source, int64_t since_last, int64_t duration) {
  const auto offset = [](const Offset& offset) { return offset.value_or("null"); };
  return JsonObject()
      .Add("description", QuoteJson(source.description))
      .Add("startOffset", offset(source.start))
      .Add("endOffset", offset(source.end))
      .Add("latestOffset", offset(source.end))
      .Add("numInputRows", source.rows)
      .Add("inputRowsPerSecond", PerSecond(source.rows, since_last))
      .Add("processedRowsPerSecond", PerSecond(source.rows, duration))
      .Text();
}

// A value of the row that df.observe made; what JSON has no form for is a string.
std::string ValueJson(const arrow::Table& row, int column) {
  auto scalar = row.column(column)->GetScalar(0);
  if (!scalar.ok() || !(*scalar)->is_valid) return "null";
  arrow::Type::type type = (*scalar)->type->id();
  std::string text = (*scalar)->ToString();
  bool finite = text.find_first_of("ni") == std::string::npos;
  bool plain = type == arrow::Type::BOOL || arrow::is_integer(type) || arrow::is_decimal(type) ||
               (arrow::is_floating(type) && finite);
  return plain ? text : QuoteJson(text);
}

std::string ObservedJson(const std::vector<session::Observed>& observed) {
  JsonObject all;
  for (const session::Observed& one : observed) {
    if (one.error || one.row == nullptr) continue;
    JsonObject row;
    for (size_t i = 0; i < one.columns.size(); ++i) {
      row.Add(one.columns[i].name, ValueJson(*one.row, static_cast<int>(i)));
    }
    all.Add(one.name, row.Text());
  }
  return all.Text();
}

JsonObject Identity(const QueryNames& query) {
  return JsonObject().Add("id", QuoteJson(query.id)).Add("runId", QuoteJson(query.run_id));
}

}  // namespace

int64_t NowMillis() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string ToJson(const Progress& progress, const QueryNames& query) {
  JsonObject durations;
  for (const auto& [name, millis] : progress.durations) durations.Add(name, millis);
  int64_t duration = progress.durations.empty() ? 0 : progress.durations.back().second;
  int64_t rows = 0;
  std::string sources;
  for (const SourceProgress& source : progress.sources) {
    rows += source.rows;
    sources +=
        (sources.empty() ? "" : ",") + SourceJson(source, progress.since_last_millis, duration);
  }
  std::string sink = JsonObject()
                         .Add("description", QuoteJson(progress.sink))
                         .Add("numOutputRows", progress.output_rows)
                         .Text();
  return Identity(query)
      .Add("name", Name(query.name))
      .Add("timestamp", QuoteJson(Timestamp(progress.timestamp_millis)))
      .Add("batchId", progress.batch)
      .Add("batchDuration", duration)
      .Add("numInputRows", rows)
      .Add("inputRowsPerSecond", PerSecond(rows, progress.since_last_millis))
      .Add("processedRowsPerSecond", PerSecond(rows, duration))
      .Add("durationMs", durations.Text())
      .Add("stateOperators", "[]")
      .Add("sources", "[" + sources + "]")
      .Add("sink", sink)
      .Add("observedMetrics", ObservedJson(progress.observed))
      .Text();
}

std::string StartedJson(const QueryNames& query, int64_t millis) {
  return Identity(query)
      .Add("name", Name(query.name))
      .Add("timestamp", QuoteJson(Timestamp(millis)))
      .Add("jobTags", "[]")
      .Text();
}

std::string ProgressEventJson(const std::string& progress) {
  return JsonObject().Add("progress", progress).Text();
}

std::string IdleJson(const QueryNames& query, int64_t millis) {
  return Identity(query).Add("timestamp", QuoteJson(Timestamp(millis))).Text();
}

std::string TerminatedJson(const QueryNames& query, const std::string& error,
                           const std::string& condition) {
  return Identity(query)
      .Add("exception", Name(error))
      .Add("errorClassOnException", Name(condition))
      .Text();
}

}  // namespace pyrite::streaming
