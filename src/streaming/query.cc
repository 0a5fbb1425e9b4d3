#include "streaming/query.h"

#include "base/errors.h"

namespace pyrite::streaming {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook(50);  // between looks at whether whoever waits is interrupted
constexpr int64_t kFirstPause = 10;
constexpr int64_t kLongestPause = 100;
constexpr size_t kProgressKept = 100;         // spark.sql.streaming.numRecentProgressUpdates
constexpr int64_t kIdleEventMillis = 10'000;  // spark.sql.streaming.noDataProgressEventInterval

}  // namespace

Query::Query(const StartRequest& request, QueryNames names, std::shared_ptr<session::Session> own,
             Configuration configuration, Checkpoint checkpoint, std::shared_ptr<Sink> sink,
             std::shared_ptr<ListenerBus> bus)
    : input_(request.input),
      trigger_(request.trigger),
      mode_(ToOutputMode(request.output_mode)),
      names_(std::move(names)),
      own_(std::move(own)),
      configuration_(std::move(configuration)),
      checkpoint_(std::move(checkpoint)),
      sink_(std::move(sink)),
      bus_(std::move(bus)) {
  status_ = {"Initializing sources", false, false, true};
}

Query::~Query() { Stop(); }

void Query::Start() {
  std::lock_guard lock(mutex_);
  last_event_millis_ = NowMillis();
  thread_ = std::make_unique<Thread>([this] { Run(); });
}

void Query::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  running_.Interrupt();
  changed_.notify_all();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return thread_ == nullptr || !status_.active; });
}

bool Query::Await(std::optional<milliseconds> timeout) {
  auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (status_.active) {
    if (timeout && std::chrono::steady_clock::now() - start >= *timeout) return false;
    changed_.wait_for(lock, timeout ? std::min(kLook, *timeout) : kLook);
    session::RunningQuery::RaiseIfCurrentInterrupted();
  }
  lock.unlock();
  RaiseFailure();
  return true;
}

void Query::ProcessAllAvailable() {
  std::unique_lock lock(mutex_);
  int64_t before = looks_;
  while (status_.active && idle_look_ <= before) {
    changed_.wait_for(lock, kLook);
    session::RunningQuery::RaiseIfCurrentInterrupted();
  }
  lock.unlock();
  RaiseFailure();
}

QueryStatus Query::status() const {
  std::lock_guard lock(mutex_);
  return status_;
}

std::optional<SparkError> Query::failure() const {
  std::lock_guard lock(mutex_);
  if (!error_) return std::nullopt;
  return SparkError("STREAM_FAILED",
                    {{"id", names_.id}, {"runId", names_.run_id}, {"message", error_->message()}});
}

void Query::RaiseFailure() const {
  if (auto error = failure()) throw *error;
}

std::vector<std::string> Query::recent_progress() const {
  std::lock_guard lock(mutex_);
  return {progress_.begin(), progress_.end()};
}

std::string Query::Explain(bool extended) {
  plan::RelationPtr plan;
  {
    std::lock_guard lock(mutex_);
    plan = last_plan_;
  }
  if (plan == nullptr) return "No physical plan. Waiting for data.";
  BatchFrame frame(*own_, std::move(plan));
  using Mode = spec::ExplainMode;
  return own_->Explain(*frame.relation(), extended ? Mode::kExtended : Mode::kSimple);
}

void Query::Run() {
  session::RunningQuery::Scope scope(&running_);
  std::optional<SparkError> error;
  try {
    MicroBatches batches(input_, mode_, own_, configuration_, std::move(*checkpoint_), sink_);
    Loop(batches);
  } catch (const SparkError& raised) {
    error = raised;
  } catch (const std::exception& raised) {
    error = errors::Internal(raised.what());
  }
  // What stopping has broken off is no failure.
  if (error && running_.interrupted()) error.reset();
  sink_->End();
  End(std::move(error));
}

void Query::End(std::optional<SparkError> error) {
  std::string message = error ? error->message() : "";
  std::string condition = error ? error->condition() : "";
  bus_->Post({ListenerEvent::Kind::kTerminated, TerminatedJson(names_, message, condition)});
  std::lock_guard lock(mutex_);
  status_ = {error ? "Terminated with exception: " + message : "Stopped", false, false, false};
  error_ = std::move(error);
  changed_.notify_all();
}

void Query::Loop(MicroBatches& batches) {
  if (trigger_.kind == Trigger::Kind::kOnce) {
    RunBatch(batches, Portion::kAll);
    return;
  }
  if (trigger_.kind == Trigger::Kind::kAvailableNow) {
    if (batches.pending()) RunBatch(batches, Portion::kAsSource);
    batches.Freeze();
    while (RunBatch(batches, Portion::kAsSource)) {
    }
    return;
  }
  int64_t pause = kFirstPause;
  int64_t next = NowMillis();
  while (WaitUntil(next)) {
    bool ran = RunBatch(batches, Portion::kAsSource);
    pause = ran ? kFirstPause : std::min(pause * 2, kLongestPause);
    if (trigger_.interval_millis > 0) {
      next = NextTick(trigger_, NowMillis());
      Say("Waiting for next trigger", ran, false);
    } else {
      next = ran ? 0 : NowMillis() + pause;
    }
  }
}

bool Query::WaitUntil(int64_t millis) {
  std::unique_lock lock(mutex_);
  int64_t rest = millis - NowMillis();
  if (rest > 0) changed_.wait_for(lock, milliseconds(rest), [&] { return stopping_; });
  return !stopping_;
}

void Query::Say(const char* message, bool data_available, bool trigger_active) {
  std::lock_guard lock(mutex_);
  status_ = {message, data_available, trigger_active, true};
}

bool Query::RunBatch(MicroBatches& batches, Portion portion) {
  running_.RaiseIfInterrupted();
  int64_t start = NowMillis();
  int64_t look = 0;
  {
    std::lock_guard lock(mutex_);
    look = ++looks_;
    status_.trigger_active = true;
  }
  Progress progress;
  if (batches.RunNext(portion, &progress)) {
    {
      std::lock_guard lock(mutex_);
      last_plan_ = batches.last_plan();
    }
    Keep(std::move(progress), start);
    return true;
  }
  std::unique_lock lock(mutex_);
  idle_look_ = look;
  status_ = {"Waiting for data to arrive", false, false, true};
  bool tells = start - last_event_millis_ >= kIdleEventMillis;
  if (tells) last_event_millis_ = start;
  changed_.notify_all();
  lock.unlock();
  if (tells) bus_->Post({ListenerEvent::Kind::kIdle, IdleJson(names_, start)});
  return false;
}

void Query::Keep(Progress progress, int64_t start) {
  progress.timestamp_millis = start;
  progress.durations.emplace_back("triggerExecution", NowMillis() - start);
  std::unique_lock lock(mutex_);
  if (last_start_millis_ > 0) progress.since_last_millis = start - last_start_millis_;
  last_start_millis_ = start;
  last_event_millis_ = NowMillis();
  std::string json = ToJson(progress, names_);
  progress_.push_back(json);
  if (progress_.size() > kProgressKept) progress_.pop_front();
  status_ = {"Processing new data", true, false, true};
  lock.unlock();
  bus_->Post({ListenerEvent::Kind::kProgress, ProgressEventJson(json)});
}

}  // namespace pyrite::streaming
