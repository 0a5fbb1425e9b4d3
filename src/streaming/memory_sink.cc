// The sinks that a user looks at: a table in memory, the console; and the one that only computes.
#include <arrow/api.h>

#include <cstdio>
#include <iostream>

#include "base/errors.h"
#include "session/rows.h"
#include "session/running_query.h"
#include "sources/options.h"
#include "streaming/sink.h"

namespace pyrite::streaming {
namespace {

// A temporary view of the query's name, which has the rows of all batches so far.
class MemorySink : public Sink {
 public:
  MemorySink(std::string name, const SinkSetting& setting)
      : name_(std::move(name)),
        client_(setting.client),
        own_(setting.own),
        complete_(setting.mode == OutputMode::kComplete) {
    client_->SetView(name_, session::NoRowsOf(setting.columns));
  }

  std::string description() const override { return "MemorySink"; }

  int64_t Add(const Batch& batch) override {
    BatchFrame frame(*own_, batch.rows);
    plan::RelationPtr plan = frame.Plan();
    std::shared_ptr<arrow::Table> rows = own_->Collect(plan);
    int64_t count = rows->num_rows();
    if (rows_ != nullptr && !complete_) {
      auto all = arrow::ConcatenateTables({rows_, rows});
      if (!all.ok()) throw errors::Internal(all.status().ToString());
      rows = *all;
    }
    rows_ = std::move(rows);
    // A user who has dropped the view does not want it back.
    client_->ReplaceView(name_, session::MakeLocalData(rows_, plan->output));
    return count;
  }

  void End() override { rows_ = nullptr; }

 private:
  const std::string name_;
  const std::shared_ptr<session::Session> client_;
  const std::shared_ptr<session::Session> own_;
  const bool complete_;
  std::shared_ptr<arrow::Table> rows_;
};

class ConsoleSink : public Sink {
 public:
  ConsoleSink(const StartRequest& request, const SinkSetting& setting) : own_(setting.own) {
    sources::Options options(request.options);
    std::string rows = options.Find("numRows").value_or("20");
    rows_ = std::atoi(rows.c_str());
    bool cut = options.FindBool("truncate").value_or(true);
    truncate_ = cut ? 20 : 0;
  }

  std::string description() const override {
    return "org.apache.spark.sql.execution.streaming.ConsoleTable$";
  }

  int64_t Add(const Batch& batch) override {
    BatchFrame frame(*own_, batch.rows);
    std::shared_ptr<arrow::Table> rows = own_->Collect(frame.Plan());
    // Shown from the rows that were collected: the query runs once.
    BatchFrame collected(*own_, session::MakeLocalData(rows, batch.rows->output));
    spec::ShowString show{collected.relation(), rows_, truncate_, false};
    std::shared_ptr<arrow::Table> shown =
        own_->Collect(own_->Analyze(*spec::MakeRelation(std::move(show))));
    auto text = shown->column(0)->GetScalar(0);
    if (!text.ok()) throw errors::Internal(text.status().ToString());
    const char* line = "-------------------------------------------\n";
    std::string out = std::string(line) + "Batch: " + std::to_string(batch.number) + "\n" + line +
                      (*text)->ToString() + "\n";
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fflush(stdout);
    return rows->num_rows();
  }

 private:
  const std::shared_ptr<session::Session> own_;
  int32_t rows_ = 20;
  int32_t truncate_ = 20;
};

class NoopSink : public Sink {
 public:
  explicit NoopSink(const SinkSetting& setting) : own_(setting.own) {}

  std::string description() const override {
    return "org.apache.spark.sql.execution.datasources.noop.NoopTable$";
  }

  int64_t Add(const Batch& batch) override {
    BatchFrame frame(*own_, batch.rows);
    std::unique_ptr<engine::QueryRun> query = own_->Execute(frame.Plan());
    session::RunningQuery::Use use(query.get());
    int64_t count = 0;
    while (auto rows = query->Next()) count += rows->num_rows();
    return count;
  }

 private:
  const std::shared_ptr<session::Session> own_;
};

}  // namespace

std::unique_ptr<Sink> MakeMemorySink(const std::string& name, const SinkSetting& setting) {
  return std::make_unique<MemorySink>(name, setting);
}

std::unique_ptr<Sink> MakeConsoleSink(const StartRequest& request, const SinkSetting& setting) {
  return std::make_unique<ConsoleSink>(request, setting);
}

std::unique_ptr<Sink> MakeNoopSink(const SinkSetting& setting) {
  return std::make_unique<NoopSink>(setting);
}

}  // namespace pyrite::streaming
