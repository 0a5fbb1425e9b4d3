#include "cluster/live_queries.h"

#include <utility>

namespace pyrite::cluster {

LiveQueries::LiveQueries(std::string coordinator) : coordinator_(std::move(coordinator)) {}

std::shared_ptr<const std::string> LiveQueries::Begin() {
  std::lock_guard lock(numbers_->mutex);
  int64_t number = numbers_->next++;
  numbers_->running.insert(number);
  auto end = [numbers = numbers_, number](const std::string* name) {
    delete name;
    std::lock_guard lock(numbers->mutex);
    numbers->running.erase(number);
  };
  return {new std::string(coordinator_ + "-" + std::to_string(number)), end};
}

worker::Beat LiveQueries::Now() const {
  std::lock_guard lock(numbers_->mutex);
  return {coordinator_, numbers_->next, {numbers_->running.begin(), numbers_->running.end()}};
}

bool LiveQueries::empty() const {
  std::lock_guard lock(numbers_->mutex);
  return numbers_->running.empty();
}

}  // namespace pyrite::cluster
