#include "worker/worker.h"

#include <atomic>

#include "base/errors.h"
#include "engine/database.h"
#include "worker/result_run.h"
#include "worker/task_runner.h"

namespace pyrite::worker {
namespace {

class FlightWorker : public Worker {
 public:
  FlightWorker(const exchange::NodeOptions& options, std::shared_ptr<engine::Database> database,
               const std::string& advertised_host)
      : database_(std::move(database)) {
    exchange::StoreOptions store_options;
    store_options.directory = (database_->folder() / "exchange").string();
    store_ = std::make_shared<exchange::OutputStore>(store_options);
    node_ = exchange::FlightNode::Start(
        options, store_,
        [this](const std::string& name, const std::string& body,
               const std::function<bool()>& cancelled) { return Act(name, body, cancelled); });
    address_ = (advertised_host.empty() ? options.host : advertised_host) + ":" +
               std::to_string(node_->port());
    peers_ = exchange::Peers::Make(options.security, address_, store_);
    runner_ = std::make_unique<TaskRunner>(database_, store_, peers_);
    ready_ = true;
  }

  int port() const override { return node_->port(); }
  std::string address() const override { return address_; }
  exchange::Peers& peers() override { return *peers_; }
  void Drop(const std::string& query) override { store_->Drop(query); }

  TaskResult RunHere(const Task& task, const stages::Fragment& fragment,
                     const std::function<bool()>& cancelled) override {
    return runner_->Run(task, &fragment, cancelled);
  }

  std::unique_ptr<engine::QueryRun> RunResult(plan::RelationPtr plan,
                                              const stages::Fragment& fragment,
                                              std::vector<Slot> slots,
                                              const engine::QueryOptions& options) override {
    return MakeResultRun(*database_, std::move(plan), fragment, peers_, std::move(slots), options);
  }

  std::unique_ptr<engine::StoreRun> StoreResult(plan::RelationPtr plan,
                                                const stages::Fragment& fragment,
                                                std::vector<Slot> slots,
                                                const engine::QueryOptions& options) override {
    return MakeStoreRun(*database_, std::move(plan), fragment, peers_, std::move(slots), options);
  }

  void Stop() override {
    stopping_ = true;
    node_->Stop();
  }

 private:
  std::string Act(const std::string& name, const std::string& body,
                  const std::function<bool()>& cancelled) {
    if (!ready_) throw errors::Internal("the worker has not started yet");
    if (name == kRunTask) return RunTask(body, cancelled);
    if (name == kDropQuery) {
      store_->Drop(body);
      return "";
    }
    if (name == kDescribe) return Encode(Describe());
    throw errors::Internal("a worker has no action " + name);
  }

  std::string RunTask(const std::string& body, const std::function<bool()>& cancelled) {
    ++running_;
    struct Leave {
      std::atomic<int64_t>& running;
      ~Leave() { --running; }
    } leave{running_};
    return Encode(runner_->Run(DecodeTask(body), nullptr,
                               [&] { return stopping_ || (cancelled && cancelled()); }));
  }

  WorkerInfo Describe() const {
    return {BuildId(), database_->threads(), database_->MemoryUsed(),
            store_->memory_bytes() + store_->file_bytes(), running_};
  }

  const std::shared_ptr<engine::Database> database_;
  std::shared_ptr<exchange::OutputStore> store_;
  std::string address_;
  std::shared_ptr<exchange::Peers> peers_;
  std::unique_ptr<TaskRunner> runner_;
  std::unique_ptr<exchange::FlightNode> node_;  // its calls use all of the above
  std::atomic<int64_t> running_ = 0;
  std::atomic<bool> ready_ = false;
  std::atomic<bool> stopping_ = false;
};

}  // namespace

std::unique_ptr<Worker> Worker::Start(const exchange::NodeOptions& options,
                                      std::shared_ptr<engine::Database> database,
                                      const std::string& advertised_host) {
  return std::make_unique<FlightWorker>(options, std::move(database), advertised_host);
}

}  // namespace pyrite::worker
