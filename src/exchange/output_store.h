// What tasks have made, kept by a process of the node that made it until its query ends.
//
//   auto output = store.Create({"query-7", 2, 0, 0}, schema, 4);
//   output->Append(partition, batch);      // from any thread
//   OutputSize size = output->Finish();    // complete from here on
//   auto rows = store.Open({"query-7", 2, 0, 0}, {1, 2});
//   store.Drop("query-7");
//
// An output is complete or absent, never half: readers of one that is not finished are refused, and
// an output that goes without Finish leaves nothing behind. Within a partition the batches keep the
// order in which they were appended. Outputs stay in memory as long as they fit, and go to one
// indexed file each beyond it (file_output.h). A finished one can be handed to the store of another
// process of the machine, wherever it is:
//
//   other.Adopt(id, store.SharedPath(id));
//   store.Drop(id);
//
// Thread-safe. Raises SparkError, with the parameter `output`: TASK_OUTPUT_MISSING.PYRITE when an
// output is not (or no longer) there, TASK_OUTPUT_DAMAGED.PYRITE when its file does not hold what
// was written. Readers are Arrow's: Check(reader->ReadNext(&batch)) of exchange/status.h raises.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace arrow {
class RecordBatch;
class RecordBatchReader;
class Schema;
}  // namespace arrow

namespace pyrite::exchange {

// One attempt of one task of one stage of one query.
struct TaskId {
  std::string query;
  int stage = 0;
  int task = 0;
  int attempt = 0;

  auto operator<=>(const TaskId&) const = default;
};

// "query-7/2/0/0": the form in tickets, file names and messages.
std::string ToString(const TaskId& id);
// Raises INTERNAL_ERROR for any other text.
TaskId ParseTaskId(const std::string& text);

// Partitions [from, to) of an output.
struct Partitions {
  int from = 0;
  int to = 0;
};

struct OutputSize {
  std::vector<int64_t> rows;   // by partition
  std::vector<int64_t> bytes;  // by partition, as they travel
  int64_t file_bytes = 0;      // on disk; 0: in memory
};

// A finished output's batches.
class FinishedOutput {
 public:
  virtual ~FinishedOutput() = default;
  virtual std::shared_ptr<arrow::Schema> schema() const = 0;
  virtual int64_t memory_bytes() const = 0;
  // The partitions' batches, one partition after the other. Keeps the output while it is read.
  virtual std::shared_ptr<arrow::RecordBatchReader> Open(Partitions partitions) const = 0;
};

class OutputStore;

// An output that is being made.
class TaskOutput {
 public:
  ~TaskOutput();
  TaskOutput(const TaskOutput&) = delete;
  TaskOutput& operator=(const TaskOutput&) = delete;

  void Append(int partition, std::shared_ptr<arrow::RecordBatch> batch);
  // Makes the output readable; once, after the last Append.
  OutputSize Finish();

 private:
  friend class OutputStore;
  class State;
  explicit TaskOutput(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

struct StoreOptions {
  int64_t memory_bytes = 256 << 20;  // of all outputs together; what goes beyond goes to files
  std::string directory;             // for those files: a folder that the store may fill
};

class OutputStore {
 public:
  explicit OutputStore(StoreOptions options);
  ~OutputStore();

  // Replaces nothing: an attempt has one output.
  std::unique_ptr<TaskOutput> Create(const TaskId& id, std::shared_ptr<arrow::Schema> schema,
                                     int partitions);
  std::shared_ptr<arrow::RecordBatchReader> Open(const TaskId& id, Partitions partitions) const;
  std::shared_ptr<arrow::Schema> SchemaOf(const TaskId& id) const;
  // Of a finished one: by which other processes of this user on this machine open its file.
  std::string SharedPath(const TaskId& id) const;
  // The output that another process has made. It may go there when this returns.
  void Adopt(const TaskId& id, const std::string& path);
  // Everything of a query, made or being made.
  void Drop(const std::string& query);
  void Drop(const TaskId& id);
  // What the query has and will have here stays when it is over: nobody waits for it.
  void Retain(const std::string& query);
  // Another bound than that of the options, from the next output on.
  void SetMemory(int64_t bytes);

  int64_t memory_bytes() const;
  int64_t file_bytes() const;
  // Those that running queries may read.
  size_t outputs() const;

 private:
  friend class TaskOutput;
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace pyrite::exchange
