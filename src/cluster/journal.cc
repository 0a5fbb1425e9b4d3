#include "cluster/journal.h"

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/json.h"

namespace pyrite::cluster {
namespace {

namespace fs = std::filesystem;

std::string TimeNow() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  std::time_t seconds = static_cast<std::time_t>(millis / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  size_t length = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text + length, sizeof(text) - length, ".%03dZ", static_cast<int>(millis % 1000));
  return text;
}

int64_t Millis(double seconds) { return std::llround(seconds * 1000); }

bool WriteFile(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  return !file.fail();
}

}  // namespace

class Journal::Line {
 public:
  explicit Line(const std::string& event) : text_("{\"time\": " + QuoteJson(TimeNow())) {
    Add("event", event);
  }
  Line& Add(const char* name, const std::string& value) { return Raw(name, QuoteJson(value)); }
  Line& Add(const char* name, int64_t value) { return Raw(name, std::to_string(value)); }
  Line& AddIf(const char* name, const std::string& value) {
    return value.empty() ? *this : Add(name, value);
  }
  std::string text() const { return text_ + "}\n"; }

 private:
  Line& Raw(const char* name, const std::string& value) {
    text_ += ", " + QuoteJson(name) + ": " + value;
    return *this;
  }
  std::string text_;
};

Journal::Journal(const std::string& log, std::string pictures) : pictures_(std::move(pictures)) {
  if (log.empty()) return;
  log_.open(log, std::ios::app);
  if (!log_) {
    throw SparkError("QUERY_LOG.PYRITE", {{"path", log}, {"reason", std::strerror(errno)}});
  }
}

void Journal::Write(const Line& line) {
  std::lock_guard lock(mutex_);
  if (!log_.is_open()) return;
  log_ << line.text() << std::flush;
  if (log_.fail()) Complain("the log of queries");
  log_.clear();
}

void Journal::Complain(const std::string& what) {
  if (has_complained_.exchange(true)) return;
  std::fprintf(stderr, "pyrite: %s cannot be written\n", what.c_str());
}

void Journal::Began(const std::string& query, const std::vector<StageReport>& stages) {
  int64_t tasks = 0;
  for (const StageReport& stage : stages) tasks += stage.tasks;
  Write(Line("query begins")
            .Add("query", query)
            .Add("stages", static_cast<int64_t>(stages.size()))
            .Add("tasks", tasks));
}

void Journal::Ended(const TaskReport& task) {
  const worker::TaskResult& result = task.result;
  Write(Line("task")
            .Add("query", task.id.query)
            .Add("stage", task.id.stage)
            .Add("task", task.id.task)
            .Add("attempt", task.id.attempt)
            .Add("worker", task.worker)
            .Add("ms", Millis(task.seconds))
            .Add("waited_ms", Millis(result.waited))
            .Add("rows_read", task.rows_read)
            .Add("bytes_read", task.bytes_read)
            .Add("rows", RowsOf(result.size))
            .Add("bytes", BytesOf(result.size))
            .Add("file_bytes", result.size.file_bytes)
            .Add("spill_bytes", result.spill_bytes)
            .AddIf("error", task.error));
}

void Journal::Ended(const QueryReport& query) {
  Write(Line("query ends")
            .Add("query", query.query)
            .Add("ms", Millis(query.seconds))
            .Add("rows", query.rows)
            .Add("attempts", query.attempts)
            .AddIf("error", query.error));
  if (pictures_.empty()) return;
  std::error_code ignored;
  fs::create_directories(pictures_, ignored);
  fs::path path = fs::path(pictures_) / query.query;
  bool is_written = WriteFile(path.string() + ".html", ToHtml(query)) &&
                    WriteFile(path.string() + ".dot", ToDot(query));
  if (!is_written) Complain("the folder of query pictures");
}

void Journal::WorkerLost(const std::string& worker, const std::string& reason) {
  Write(Line("worker lost").Add("worker", worker).Add("reason", reason));
}

void Journal::ExchangeLost(const std::string& exchange, const std::string& reason) {
  Write(Line("exchange lost").Add("exchange", exchange).Add("reason", reason));
}

void Journal::FellBack(const std::string& workers) {
  Write(Line("no worker answers").Add("workers", workers));
}

}  // namespace pyrite::cluster
