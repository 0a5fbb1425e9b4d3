#include "streaming/micro_batches.h"

#include <functional>

#include "base/errors.h"
#include "plan/stream_scan.h"
#include "session/plan_parts.h"
#include "session/running_query.h"
#include "streaming/check.h"

namespace pyrite::streaming {
namespace {

// Adds what has passed since it was made.
class Lap {
 public:
  Lap(Progress* progress, const char* name)
      : progress_(progress), name_(name), start_(NowMillis()) {}
  ~Lap() { progress_->durations.emplace_back(name_, NowMillis() - start_); }
  Lap(const Lap&) = delete;
  Lap& operator=(const Lap&) = delete;

 private:
  Progress* progress_;
  const char* name_;
  const int64_t start_;
};

}  // namespace

MicroBatches::MicroBatches(spec::RelationPtr input, OutputMode mode,
                           std::shared_ptr<session::Session> session, Configuration configuration,
                           Checkpoint checkpoint, std::shared_ptr<Sink> sink)
    : input_(std::move(input)),
      mode_(mode),
      session_(std::move(session)),
      configuration_(std::move(configuration)),
      checkpoint_(std::move(checkpoint)),
      sink_(std::move(sink)),
      state_(session_, checkpoint_.StateFolder()) {
  MakeSources();
  Resume();
}

// The streams of a plan are numbered in its order, which each analysis of the query repeats.
void MicroBatches::MakeSources() {
  session::ReplaceParts(session_->AnalyzeOnly(*input_),
                        [&](const plan::RelationPtr& part) -> plan::RelationPtr {
                          if (plan::AsStreamScan(*part) == nullptr) return nullptr;
                          std::string folder = checkpoint_.SourceFolder(sources_.size());
                          sources_.push_back(MakeSource(part, folder, configuration_));
                          return part;
                        });
}

void MicroBatches::Resume() {
  committed_.resize(sources_.size());
  std::optional<int64_t> last = checkpoint_.LastBatch();
  if (!last) return;
  pending_ = !checkpoint_.IsCommitted(*last);
  batch_ = pending_ ? *last : *last + 1;
  if (batch_ > 0) {
    committed_ = checkpoint_.OffsetsOf(batch_ - 1);
    state_.Load(batch_ - 1);
  }
  if (committed_.size() == sources_.size()) return;
  throw SparkError("STREAMING_CHECKPOINT.SOURCES_PYRITE",
                   {{"path", checkpoint_.folder()},
                    {"before", std::to_string(committed_.size())},
                    {"now", std::to_string(sources_.size())}});
}

void MicroBatches::Freeze() {
  for (const auto& source : sources_) source->Freeze();
}

Offsets MicroBatches::NextOffsets(Portion portion) {
  Offsets offsets;
  for (size_t i = 0; i < sources_.size(); ++i) {
    offsets.push_back(sources_[i]->Next(committed_[i], portion));
  }
  return offsets;
}

bool MicroBatches::RunNext(Portion portion, Progress* progress) {
  bool again = pending_;
  Offsets end;
  {
    Lap lap(progress, "latestOffset");
    end = again ? checkpoint_.OffsetsOf(batch_) : NextOffsets(portion);
  }
  if (!again && end == committed_) return false;
  if (!again) {
    Lap lap(progress, "walCommit");
    checkpoint_.Begin(batch_, end);
    pending_ = true;
  }
  progress->batch = batch_;
  progress->sink = sink_->description();
  {
    Lap lap(progress, "queryPlanning");
    last_plan_ = PlanOf(end, progress);
  }
  {
    Lap lap(progress, "addBatch");
    progress->output_rows = sink_->Add({batch_, last_plan_, again});
  }
  if (auto* running = session::RunningQuery::Current()) {
    progress->observed = running->TakeObserved();
  }
  {
    Lap lap(progress, "commitOffsets");
    checkpoint_.Commit(batch_);
  }
  pending_ = false;
  committed_ = std::move(end);
  ++batch_;
  return true;
}

plan::RelationPtr MicroBatches::PlanOf(const Offsets& end, Progress* progress) {
  size_t number = 0;
  std::function<plan::RelationPtr(const plan::RelationPtr&)> of_batch;
  of_batch = [&](const plan::RelationPtr& part) -> plan::RelationPtr {
    if (const plan::FileScan* scan = plan::AsStreamScan(*part)) {
      size_t i = number++;
      Source::Batch batch = Counted(sources_.at(i)->Between(committed_[i], end.at(i), *part),
                                    plan::StreamFormat(*scan));
      progress->sources.push_back(
          {sources_[i]->description(), committed_[i], end[i], *batch.count});
      return batch.rows;
    }
    const auto* aggregate = part->TryAs<plan::Aggregate>();
    if (aggregate == nullptr || !IsStreaming(part)) return nullptr;
    plan::Aggregate over_batch = *aggregate;
    over_batch.input = session::ReplaceParts(aggregate->input, of_batch);
    return state_.Take(batch_, *plan::MakeRelation(std::move(over_batch), part->output),
                       mode_ == OutputMode::kUpdate);
  };
  return session::ReplaceParts(session_->AnalyzeOnly(*input_), of_batch);
}

// The rows of text are parsed once: they are kept, and counted on the way.
Source::Batch MicroBatches::Counted(Source::Batch batch, const std::string& format) {
  if (batch.count) return batch;
  int64_t count = 0;
  if (format == "parquet" || format == "orc") {
    count = session_->CountRows(batch.rows);
  } else {
    batch.rows = session_->KeepRows(batch.rows, &count);
  }
  batch.count = count;
  return batch;
}

}  // namespace pyrite::streaming
