#include "exchange/store_book.h"

#include <algorithm>
#include <cctype>
#include <system_error>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace pyrite::exchange {
namespace {

// As a name of a folder: other characters than these become %XX.
std::string FileName(const std::string& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string name = "query-";
  for (unsigned char c : text) {
    if (std::isalnum(c) != 0 || c == '-' || c == '_') {
      name += static_cast<char>(c);
    } else {
      name += {'%', kDigits[c / 16], kDigits[c % 16]};
    }
  }
  return name;
}

std::string FileName(const TaskId& id) {
  return "stage-" + std::to_string(id.stage) + "-task-" + std::to_string(id.task) + "-attempt-" +
         std::to_string(id.attempt);
}

}  // namespace

OutputStore::Impl::Impl(const StoreOptions& options)
    : memory_bound_(options.memory_bytes), folder_(options.directory) {}

std::filesystem::path OutputStore::Impl::FolderOf(const std::string& query) const {
  return folder_.path() / FileName(query);
}

std::filesystem::path OutputStore::Impl::PathOf(const TaskId& id) const {
  return FolderOf(id.query) / FileName(id);
}

void OutputStore::Impl::Add(const TaskId& id, const std::shared_ptr<HeldOutput>& output) {
  std::lock_guard lock(mutex_);
  if (!outputs_.emplace(id, output).second) {
    throw errors::Internal("The task " + ToString(id) + " has an output already.");
  }
}

std::shared_ptr<HeldOutput> OutputStore::Impl::Create(const TaskId& id,
                                                      std::shared_ptr<arrow::Schema> schema,
                                                      int partitions) {
  auto output =
      std::make_shared<HeldOutput>(id, std::move(schema), partitions, PathOf(id), ledger_);
  Add(id, output);
  return output;
}

void OutputStore::Impl::Adopt(const TaskId& id, const std::string& path) {
  auto file = std::make_shared<const FileOutput>(id, LocalFile::Open(path));
  auto output = std::make_shared<HeldOutput>(id, std::move(file), PathOf(id), ledger_);
  Add(id, output);
  try {
    MakeRoom();
  } catch (const SparkError&) {  // no room for it
    Drop(id, output);
    throw;
  }
}

std::shared_ptr<HeldOutput> OutputStore::Impl::Find(const TaskId& id) const {
  std::lock_guard lock(mutex_);
  auto found = outputs_.find(id);
  if (found != outputs_.end()) return found->second;
  throw SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", ToString(id)}});
}

std::shared_ptr<HeldOutput> OutputStore::Impl::Largest() const {
  std::lock_guard lock(mutex_);
  auto largest = std::max_element(outputs_.begin(), outputs_.end(), [](auto& left, auto& right) {
    return left.second->memory_bytes() < right.second->memory_bytes();
  });
  return largest == outputs_.end() ? nullptr : largest->second;
}

void OutputStore::Impl::MakeRoom() {
  while (ledger_->memory_bytes > memory_bound_) {
    auto output = Largest();
    if (output == nullptr || output->memory_bytes() == 0) return;
    output->Spill();
  }
}

void OutputStore::Impl::Drop(const std::string& query) {
  std::vector<std::shared_ptr<HeldOutput>> dropped;
  {
    std::lock_guard lock(mutex_);
    auto from = outputs_.lower_bound(TaskId{query});
    auto to = from;
    for (; to != outputs_.end() && to->first.query == query; ++to) dropped.push_back(to->second);
    outputs_.erase(from, to);
    retained_.erase(query);
  }
  for (const auto& output : dropped) output->Drop();
  std::error_code ignored;
  std::filesystem::remove(FolderOf(query), ignored);  // unless a late task has filled it again
}

void OutputStore::Impl::Drop(const TaskId& id) { Drop(id, Find(id)); }

void OutputStore::Impl::Drop(const TaskId& id, const std::shared_ptr<HeldOutput>& output) {
  {
    std::lock_guard lock(mutex_);
    auto found = outputs_.find(id);
    if (found != outputs_.end() && found->second == output) outputs_.erase(found);
  }
  output->Drop();
}

void OutputStore::Impl::Retain(const std::string& query) {
  std::lock_guard lock(mutex_);
  retained_.insert(query);
}

size_t OutputStore::Impl::outputs() const {
  std::lock_guard lock(mutex_);
  return std::count_if(outputs_.begin(), outputs_.end(), [this](const auto& entry) {
    return !retained_.contains(entry.first.query);
  });
}

}  // namespace pyrite::exchange
