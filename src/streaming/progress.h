// What a batch has done, as the JSON that clients read: StreamingQueryProgress and its events.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "session/running_query.h"
#include "streaming/checkpoint.h"

namespace pyrite::streaming {

struct QueryNames {
  std::string id;
  std::string run_id;
  std::string name;  // empty: none
};

struct SourceProgress {
  std::string description;
  Offset start;
  Offset end;
  int64_t rows = 0;
};

struct Progress {
  int64_t timestamp_millis = 0;
  int64_t batch = 0;
  // Milliseconds of the parts of a trigger, by Spark's names, the whole ("triggerExecution") last.
  std::vector<std::pair<std::string, int64_t>> durations;
  int64_t since_last_millis =
      0;  // between the starts of this trigger and of the one before; 0: none
  std::vector<SourceProgress> sources;
  std::string sink;
  int64_t output_rows = -1;
  std::vector<session::Observed> observed;
};

std::string ToJson(const Progress& progress, const QueryNames& query);

// Events for listeners.
std::string StartedJson(const QueryNames& query, int64_t millis);
std::string ProgressEventJson(const std::string& progress);
std::string IdleJson(const QueryNames& query, int64_t millis);
// `error` empty: it was stopped, or has ended.
std::string TerminatedJson(const QueryNames& query, const std::string& error,
                           const std::string& condition);

int64_t NowMillis();

}  // namespace pyrite::streaming
