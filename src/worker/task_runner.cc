#include "worker/task_runner.h"

#include <arrow/api.h>
#include <arrow/c/bridge.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/errors.h"
#include "duckdb/main/query_result_stream.hpp"
#include "engine/database.h"
#include "engine/duckdb_errors.h"
#include "lower/python/python_function.h"
#include "stages/fragment.h"
#include "stages/planner.h"
#include "stages/write.h"
#include "worker/fragment_query.h"
#include "worker/partition_format.h"
#include "worker/resources.h"
#include "worker/slot_reader.h"
#include "worker/task_folder.h"

namespace pyrite::worker {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kAskEvery(200);

// Interrupts the connection once `cancelled` says so; looks at what the engine has on disk.
class Watch {
 public:
  Watch(engine::Database& database, duckdb::Connection& connection,
        const std::function<bool()>& cancelled)
      : database_(database),
        thread_([this, &connection, &cancelled] { Run(connection, cancelled); }) {}
  ~Watch() {
    {
      std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  bool fired() const { return fired_; }
  // The most so far.
  int64_t spilled() {
    int64_t now = SpilledBytes(database_);
    if (now > spilled_) spilled_ = now;
    return spilled_;
  }

 private:
  void Run(duckdb::Connection& connection, const std::function<bool()>& cancelled) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kAskEvery, [&] { return done_; })) {
      spilled();
      if (!cancelled()) continue;
      fired_ = true;
      connection.Interrupt();
    }
  }

  engine::Database& database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::atomic<bool> fired_ = false;
  std::atomic<int64_t> spilled_ = 0;
  std::thread thread_;
};

using Stream = duckdb::QueryResultStream<PartitionFormat>;

// A task's plan on a connection, and what has to be there until it is over.
struct Prepared {
  std::vector<FunctionFiles::Copy> function_files;
  duckdb::unique_ptr<duckdb::SQLStatement> statement;
  std::unique_ptr<TaskFolder> folder;  // of a plan that writes files
};

Prepared Prepare(duckdb::Connection& connection, const Task& task, const stages::Fragment* own,
                 const stages::OpenSlot& open, FunctionFiles& function_files) {
  Prepared prepared;
  connection.BeginTransaction();  // functions are looked up in it
  auto plan =
      own != nullptr ? own->Take() : stages::DeserializePlan(*connection.context, task.plan);
  lower::ForEachPythonTask(*plan, [&](lower::PythonTask& python) {
    python.numbers = {task.id.stage, task.id.task, task.id.attempt};
    python.tasks = task.tasks;
    if (own != nullptr || python.folder.empty()) return;
    auto copy = function_files.CopyOf(task.coordinator, python.folder);
    prepared.function_files.push_back(copy);
    python.folder = copy->path().string();
  });
  if (auto folder = stages::WriteBelow(*plan, FolderName(task.id))) {
    prepared.folder = std::make_unique<TaskFolder>(*folder);
  }
  prepared.statement = MakeFragmentStatement(connection, std::move(plan), open);
  connection.Commit();
  return prepared;
}

Stream Submit(duckdb::Connection& connection, Prepared& prepared, const Task& task) {
  auto format = duckdb::make_shared_ptr<PartitionFormat>(*connection.context, task.output);
  auto result = connection.Submit(std::move(prepared.statement), duckdb::QueryParameters(format));
  if (result->HasError()) result->GetErrorObject().Throw();
  return Stream(std::move(result));
}

engine::WrittenFiles WriteFiles(duckdb::Connection& connection, Prepared& prepared) {
  auto result = connection.Query(std::move(prepared.statement));
  if (result->HasError()) result->GetErrorObject().Throw();
  return prepared.folder->Keep(result->Fetch()->GetValue(0, 0).GetValue<int64_t>());
}

void Copy(Stream& stream, const std::shared_ptr<arrow::Schema>& schema,
          exchange::TaskOutput& output) {
  while (auto batch = stream.Fetch()) {
    auto rows = arrow::ImportRecordBatch(&batch->array.arrow_array, schema);
    if (!rows.ok()) throw errors::Internal("Arrow: " + rows.status().ToString());
    output.Append(batch->partition, *rows);
  }
  if (stream.HasError()) stream.GetErrorObject().Throw();
}

}  // namespace

TaskRunner::TaskRunner(std::shared_ptr<engine::Database> database,
                       std::shared_ptr<exchange::OutputStore> store,
                       std::shared_ptr<exchange::Peers> peers)
    : database_(std::move(database)),
      store_(std::move(store)),
      peers_(std::move(peers)),
      function_files_(peers_, database_->folder() / "functions") {
  stages::PrepareForStages(*database_);
}

TaskResult TaskRunner::Run(const Task& task, const stages::Fragment* own,
                           const std::function<bool()>& cancelled) {
  if (task.build != BuildId()) {
    throw SparkError("CLUSTER_BUILD_MISMATCH.PYRITE",
                     {{"worker", BuildId()}, {"coordinator", task.build}});
  }
  auto started = Clock::now();
  engine::QueryOptions options;
  options.time_zone = task.time_zone;
  options.ansi = task.ansi;
  auto connection = database_->connections().Take(options);
  Watch watch(*database_, *connection, cancelled);
  auto slot_errors = std::make_shared<SlotErrors>();
  try {
    TaskResult result;
    Prepared prepared = Prepare(*connection, task, own, OpenSlots(peers_, task.slots, slot_errors),
                                function_files_);
    if (prepared.folder != nullptr) {
      result.written = WriteFiles(*connection, prepared);
    } else {
      Stream stream = Submit(*connection, prepared, task);
      auto schema = stages::TravelSchema(*connection->context, stream.GetTypes());
      auto output = store_->Create(task.id, schema, task.output.count);
      Copy(stream, schema, *output);
      result.size = output->Finish();
    }
    result.spill_bytes = watch.spilled();
    result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return result;
  } catch (const SparkError&) {
    if (watch.fired()) throw SparkError("OPERATION_CANCELED", {});
    throw;
  } catch (const std::exception& error) {
    if (watch.fired()) throw SparkError("OPERATION_CANCELED", {});
    if (auto slot_error = slot_errors->first()) throw *slot_error;
    throw engine::FromDuckDB(duckdb::ErrorData(error));
  }
}

}  // namespace pyrite::worker
