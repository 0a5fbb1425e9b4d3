// Work on many files at once.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace pyrite::sources {

// Calls `work` with 0 to count - 1, on as many threads as the machine has. Raises what one of the
// calls raised.
template <typename Work>
void ForEachInParallel(size_t count, Work work) {
  std::atomic<size_t> next{0};
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  size_t threads = std::min<size_t>(std::thread::hardware_concurrency(), count);
  std::vector<std::future<void>> others;
  for (size_t i = 1; i < threads; ++i) others.push_back(std::async(std::launch::async, run));
  run();
  for (std::future<void>& other : others) other.get();
}

}  // namespace pyrite::sources
