// What an output store holds, under its tasks' ids. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "base/spill_folder.h"
#include "exchange/held_output.h"
#include "exchange/output_store.h"

namespace pyrite::exchange {

class OutputStore::Impl {
 public:
  explicit Impl(const StoreOptions& options);

  std::shared_ptr<HeldOutput> Create(const TaskId& id, std::shared_ptr<arrow::Schema> schema,
                                     int partitions);
  void Adopt(const TaskId& id, const std::string& path);
  // Raises TASK_OUTPUT_MISSING.PYRITE.
  std::shared_ptr<HeldOutput> Find(const TaskId& id) const;
  // Spills outputs, the largest first, until the rest fits into the memory.
  void MakeRoom();
  void SetMemory(int64_t bytes) { memory_bound_ = bytes; }
  void Drop(const std::string& query);
  void Drop(const TaskId& id);
  void Retain(const std::string& query);
  // One that is not to be finished.
  void Drop(const TaskId& id, const std::shared_ptr<HeldOutput>& output);

  const Ledger& ledger() const { return *ledger_; }
  size_t outputs() const;

 private:
  std::filesystem::path FolderOf(const std::string& query) const;
  std::filesystem::path PathOf(const TaskId& id) const;
  void Add(const TaskId& id, const std::shared_ptr<HeldOutput>& output);
  std::shared_ptr<HeldOutput> Largest() const;

  std::atomic<int64_t> memory_bound_;
  SpillFolder folder_;
  const std::shared_ptr<Ledger> ledger_ = std::make_shared<Ledger>();
  mutable std::mutex mutex_;
  std::map<TaskId, std::shared_ptr<HeldOutput>> outputs_;
  std::set<std::string> retained_;  // queries
};

}  // namespace pyrite::exchange
