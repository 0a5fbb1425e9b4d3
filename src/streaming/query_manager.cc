#include "streaming/query_manager.h"

#include <algorithm>
#include <thread>

#include "base/errors.h"
#include "base/uuid.h"
#include "sources/options.h"
#include "sources/path.h"
#include "streaming/check.h"

namespace pyrite::streaming {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook(20);
constexpr size_t kEndedKept = 100;

}  // namespace

QueryManager::QueryManager(std::shared_ptr<session::Session> session,
                           std::shared_ptr<const CallBack> callback)
    : session_(std::move(session)), callback_(std::move(callback)) {}

QueryManager::~QueryManager() { Close(); }

std::string QueryManager::CheckpointFolder(const StartRequest& request) const {
  if (auto folder = sources::Options(request.options).Find("checkpointLocation")) {
    return sources::ToLocalPath(*folder);
  }
  if (auto folder = session_->FindConfiguration("spark.sql.streaming.checkpointLocation")) {
    std::string name = request.name.empty() ? NewUuid() : request.name;
    return sources::ToLocalPath(*folder + "/" + name);
  }
  if (NeedsNoCheckpoint(request)) return "";
  throw SparkError("_LEGACY_ERROR_TEMP_1298",
                   {{"config", "spark.sql.streaming.checkpointLocation"}});
}

// No two active queries have one name, or one checkpoint: the newer run takes the older's place.
void QueryManager::MakeRoomFor(const StartRequest& request, const std::string& id) {
  for (const std::shared_ptr<Query>& query : All()) {
    if (!query->active()) continue;
    if (!request.name.empty() && query->names().name == request.name) {
      throw errors::IllegalArgument("Cannot start query with name " + request.name +
                                    " as a query with that name is already active in this "
                                    "SparkSession");
    }
    if (query->names().id == id) query->Stop();
  }
}

QueryManager::Started QueryManager::Start(const StartRequest& request) {
  std::lock_guard one(starting_);
  SinkSetting setting;
  setting.mode = ToOutputMode(request.output_mode);
  setting.client = session_;
  setting.own = session_->Clone(NewUuid());
  setting.callback = callback_;
  plan::RelationPtr plan = setting.own->AnalyzeOnly(*request.input);
  CheckPlan(plan, setting.mode);
  setting.columns = plan->output;
  CheckSink(request, setting);
  Checkpoint checkpoint(CheckpointFolder(request));
  setting.query_id = checkpoint.query_id();
  MakeRoomFor(request, setting.query_id);
  std::shared_ptr<Sink> sink = MakeSink(request, setting);
  QueryNames names{setting.query_id, NewUuid(), request.name};
  auto query = std::make_shared<Query>(request, names, setting.own, session_->ConfigurationNow(),
                                       std::move(checkpoint), std::move(sink), bus_);
  {
    std::lock_guard lock(mutex_);
    if (closed_) throw SparkError("OPERATION_CANCELED", {});
    queries_.push_back({query});
  }
  ForgetOld();
  int64_t now = NowMillis();
  query->Start();
  return {names, StartedJson(names, now)};
}

// Those that have ended long ago.
void QueryManager::ForgetOld() {
  std::vector<Entry> gone;  // destroyed outside of the lock
  std::lock_guard lock(mutex_);
  while (queries_.size() > kEndedKept) {
    auto ended = std::find_if(queries_.begin(), queries_.end(),
                              [](const Entry& entry) { return !entry.query->active(); });
    if (ended == queries_.end()) return;
    gone.push_back(std::move(*ended));
    queries_.erase(ended);
  }
}

std::vector<std::shared_ptr<Query>> QueryManager::All() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Query>> all;
  for (const Entry& entry : queries_) all.push_back(entry.query);
  return all;
}

std::vector<QueryNames> QueryManager::Active() const {
  std::vector<QueryNames> names;
  for (const std::shared_ptr<Query>& query : All()) {
    if (query->active()) names.push_back(query->names());
  }
  return names;
}

std::shared_ptr<Query> QueryManager::FindActive(const std::string& id) const {
  for (const std::shared_ptr<Query>& query : All()) {
    if (query->names().id == id && query->active()) return query;
  }
  return nullptr;
}

std::shared_ptr<Query> QueryManager::Find(const std::string& id, const std::string& run_id) const {
  for (const std::shared_ptr<Query>& query : All()) {
    if (query->names().id == id && query->names().run_id == run_id) return query;
  }
  throw SparkError("STREAMING_QUERY_NOT_FOUND.PYRITE", {{"id", id}, {"runId", run_id}});
}

bool QueryManager::AwaitAny(std::optional<milliseconds> timeout) {
  auto start = std::chrono::steady_clock::now();
  while (true) {
    std::shared_ptr<Query> ended;
    {
      std::lock_guard lock(mutex_);
      for (const Entry& entry : queries_) {
        if (!entry.forgotten && !entry.query->active()) ended = entry.query;
      }
    }
    if (ended != nullptr) {
      if (auto failure = ended->failure()) throw *failure;
      return true;
    }
    if (timeout && std::chrono::steady_clock::now() - start >= *timeout) return false;
    std::this_thread::sleep_for(kLook);
    session::RunningQuery::RaiseIfCurrentInterrupted();
  }
}

void QueryManager::ResetTerminated() {
  std::lock_guard lock(mutex_);
  for (Entry& entry : queries_) entry.forgotten |= !entry.query->active();
}

void QueryManager::Close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  for (const std::shared_ptr<Query>& query : All()) query->Stop();
  bus_->Close();
}

}  // namespace pyrite::streaming
