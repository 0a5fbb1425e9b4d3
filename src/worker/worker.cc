#include "worker/worker.h"

#include <atomic>
#include <thread>

#include "base/errors.h"
#include "engine/database.h"
#include "worker/function_files.h"
#include "worker/hand_over.h"
#include "worker/leases.h"
#include "worker/resources.h"
#include "worker/result_run.h"
#include "worker/task_queue.h"
#include "worker/task_runner.h"

namespace pyrite::worker {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookWhileDraining(100);

class FlightWorker : public Worker {
 public:
  FlightWorker(const exchange::NodeOptions& options, std::shared_ptr<engine::Database> database,
               const std::string& advertised_host)
      : database_(std::move(database)), queue_(database_->threads()) {
    exchange::StoreOptions store_options;
    store_options.directory = (database_->folder() / "exchange").string();
    store_ = std::make_shared<exchange::OutputStore>(store_options);
    node_ = exchange::FlightNode::Start(
        options, store_,
        [this](const std::string& name, const std::string& body,
               const std::function<bool()>& cancelled) { return Act(name, body, cancelled); });
    address_ = (advertised_host.empty() ? options.host : advertised_host) + ":" +
               std::to_string(node_->port());
    peers_ = exchange::Peers::Make(options.security, address_, store_, exchange_);
    runner_ = std::make_unique<TaskRunner>(database_, store_, peers_);
    ready_ = true;
  }

  int port() const override { return node_->port(); }
  std::string address() const override { return address_; }
  exchange::Peers& peers() override { return *peers_; }
  void SetExchange(const std::string& address) override { exchange_->Set(address); }
  void Drop(const std::string& query) override {
    leases_.Remove(query);
    store_->Drop(query);
  }

  TaskResult RunHere(const Task& task, const stages::Fragment& fragment,
                     const std::function<bool()>& cancelled) override {
    TaskResult result = runner_->Run(task, &fragment, cancelled);
    result.output = {address_, task.id, ""};
    return result;
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

  bool Drain(std::chrono::seconds limit) override {
    is_draining_ = true;
    for (auto end = Clock::now() + limit; Clock::now() < end && !stopping_;) {
      if (calls_ == 0 && store_->outputs() == 0 && !IsExchangeNeeded()) return true;
      std::this_thread::sleep_for(kLookWhileDraining);
    }
    return false;
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
    if (name == kReadFunctionFiles) return ReadFunctionFiles(body);
    if (name == kDropQuery) {
      Drop(body);
      return "";
    }
    if (name == kDescribe) {
      if (!body.empty()) leases_.Renew(DecodeBeat(body));
      return Encode(Describe());
    }
    throw errors::Internal("a worker has no action " + name);
  }

  std::string RunTask(const std::string& body, const std::function<bool()>& cancelled) {
    ++calls_;
    struct Leave {
      std::atomic<int64_t>& calls;
      ~Leave() { --calls; }
    } leave{calls_};
    Task task = DecodeTask(body);
    auto is_over = [&] { return stopping_ || (cancelled && cancelled()); };
    auto came = Clock::now();
    RaiseIfDraining();
    leases_.Add(task.id.query);
    if (task.keeps) store_->Retain(task.id.query);
    TaskQueue::Place place(queue_, task.id.query, [&] {
      RaiseIfDraining();
      return is_over();
    });
    double waited = std::chrono::duration<double>(Clock::now() - came).count();
    TaskResult result = runner_->Run(task, nullptr, is_over);
    result.waited = waited;
    if (result.written.folder.empty()) {
      result.output =
          HandOver(*store_, {address_, task.id, ""}, task.keeps, *peers_, exchange_->address());
    }
    return Encode(result);
  }

  void RaiseIfDraining() const {
    if (is_draining_) throw SparkError("WORKER_DRAINING.PYRITE", {{"worker", address_}});
  }

  // It may end with this process: with the machine, or the container that they share.
  bool IsExchangeNeeded() const {
    std::string address = exchange_->address();
    if (address.empty()) return false;
    try {
      return DecodeWorkerInfo(peers_->Call(address, kDescribe, "", &stopping_)).outputs > 0;
    } catch (const SparkError&) {  // nobody needs what is lost
      return false;
    }
  }

  WorkerInfo Describe() const {
    WorkerInfo info;
    info.build = BuildId();
    info.threads = database_->threads();
    info.memory_limit = MemoryLimit(*database_);
    info.memory_used = database_->MemoryUsed();
    info.output_bytes = store_->memory_bytes() + store_->file_bytes();
    info.outputs = store_->outputs();
    info.running = queue_.running();
    info.waiting = queue_.waiting();
    info.is_draining = is_draining_;
    info.exchange = exchange_->address();
    return info;
  }

  const std::shared_ptr<engine::Database> database_;
  std::shared_ptr<exchange::OutputStore> store_;  // what is being made, and what has no exchange
  const std::shared_ptr<exchange::NodeExchange> exchange_ =
      std::make_shared<exchange::NodeExchange>();
  std::string address_;
  std::shared_ptr<exchange::Peers> peers_;
  std::unique_ptr<TaskRunner> runner_;
  TaskQueue queue_;
  Leases leases_{[this](const std::string& query) { store_->Drop(query); }};
  std::unique_ptr<exchange::FlightNode> node_;  // its calls use all of the above
  std::atomic<int64_t> calls_ = 0;              // that bring tasks
  std::atomic<bool> ready_ = false;
  std::atomic<bool> is_draining_ = false;
  std::atomic<bool> stopping_ = false;
};

}  // namespace

std::unique_ptr<Worker> Worker::Start(const exchange::NodeOptions& options,
                                      std::shared_ptr<engine::Database> database,
                                      const std::string& advertised_host) {
  return std::make_unique<FlightWorker>(options, std::move(database), advertised_host);
}

}  // namespace pyrite::worker
