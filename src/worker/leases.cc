#include "worker/leases.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pyrite::worker {
namespace {

constexpr std::chrono::seconds kSilent(60);
constexpr std::chrono::seconds kLookEvery(5);

struct Name {
  std::string coordinator;
  int64_t number = 0;
};

Name Split(const std::string& query) {
  size_t dash = std::min(query.rfind('-'), query.size());
  Name name{query.substr(0, dash), 0};
  const char* end = query.data() + query.size();
  std::from_chars(std::min(query.data() + dash + 1, end), end, name.number);
  return name;
}

std::string Join(const std::string& coordinator, int64_t number) {
  return coordinator + "-" + std::to_string(number);
}

}  // namespace

Leases::Leases(std::function<void(const std::string& query)> drop)
    : drop_(std::move(drop)), thread_([this] { Run(); }) {}

Leases::~Leases() {
  {
    std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Leases::Run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kLookEvery, [this] { return ends_; })) {
    lock.unlock();
    DropSilent();
    lock.lock();
  }
}

void Leases::Add(const std::string& query) {
  Name name = Split(query);
  std::lock_guard lock(mutex_);
  Coordinator& coordinator = coordinators_[name.coordinator];
  coordinator.heard = Clock::now();
  coordinator.queries.insert(name.number);
}

void Leases::Remove(const std::string& query) {
  Name name = Split(query);
  std::lock_guard lock(mutex_);
  auto found = coordinators_.find(name.coordinator);
  if (found != coordinators_.end()) found->second.queries.erase(name.number);
}

void Leases::Renew(const Beat& beat) {
  std::vector<std::string> over;
  {
    std::lock_guard lock(mutex_);
    auto found = coordinators_.find(beat.coordinator);
    if (found == coordinators_.end()) return;
    found->second.heard = Clock::now();
    std::erase_if(found->second.queries, [&](int64_t number) {
      bool is_over = number < beat.next && std::find(beat.running.begin(), beat.running.end(),
                                                     number) == beat.running.end();
      if (is_over) over.push_back(Join(beat.coordinator, number));
      return is_over;
    });
  }
  Drop(over);
}

void Leases::DropSilent(Clock::time_point now) {
  std::vector<std::string> over;
  {
    std::lock_guard lock(mutex_);
    std::erase_if(coordinators_, [&](const auto& entry) {
      if (now - entry.second.heard < kSilent) return false;
      for (int64_t number : entry.second.queries) over.push_back(Join(entry.first, number));
      return true;
    });
  }
  Drop(over);
}

void Leases::Drop(const std::vector<std::string>& queries) {
  for (const std::string& query : queries) drop_(query);
}

}  // namespace pyrite::worker
