#include "worker/task_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "base/error.h"

namespace pyrite::worker {
namespace {

const auto kNever = [] { return false; };

void WaitFor(const std::function<bool()>& condition) {
  while (!condition()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

// Tasks that wait behind one that runs; the order in which they get its place.
std::vector<std::string> OrderOf(const std::vector<std::string>& queries) {
  TaskQueue queue(1);
  auto running = std::make_unique<TaskQueue::Place>(queue, "a", kNever);
  std::mutex mutex;
  std::vector<std::string> order;
  std::vector<std::thread> threads;
  for (const std::string& query : queries) {
    auto before = queue.waiting();
    threads.emplace_back([&, query] {
      TaskQueue::Place place(queue, query, kNever);
      std::lock_guard lock(mutex);
      order.push_back(query);
    });
    WaitFor([&] { return queue.waiting() > before; });
  }
  running.reset();
  for (auto& thread : threads) thread.join();
  return order;
}

TEST(TaskQueueTest, TasksWaitInTheirOrder) {
  std::vector<std::string> queries = {"a", "b", "a", "c", "b"};
  EXPECT_EQ(OrderOf(queries), queries);
}

TEST(TaskQueueTest, AQueryWithoutTasksComesFirst) {
  TaskQueue queue(2);
  auto first = std::make_unique<TaskQueue::Place>(queue, "a", kNever);
  auto second = std::make_unique<TaskQueue::Place>(queue, "a", kNever);
  std::atomic<bool> has_a = false, has_b = false, ends = false;
  auto take = [&](const std::string& query, std::atomic<bool>& has) {
    TaskQueue::Place place(queue, query, kNever);
    has = true;
    WaitFor([&] { return ends.load(); });
  };
  std::thread a([&] { take("a", has_a); });
  WaitFor([&] { return queue.waiting() == 1; });
  std::thread b([&] { take("b", has_b); });
  WaitFor([&] { return queue.waiting() == 2; });
  first.reset();
  WaitFor([&] { return has_b.load(); });
  EXPECT_FALSE(has_a);
  EXPECT_EQ(queue.running(), 2);
  second.reset();
  WaitFor([&] { return has_a.load(); });
  ends = true;
  a.join();
  b.join();
  EXPECT_EQ(queue.running(), 0);
}

TEST(TaskQueueTest, WhoWaitsCanBeCancelled) {
  TaskQueue queue(1);
  TaskQueue::Place running(queue, "a", kNever);
  try {
    TaskQueue::Place place(queue, "b", [] { return true; });
    FAIL();
  } catch (const SparkError& error) {
    EXPECT_EQ(error.condition(), "OPERATION_CANCELED");
  }
  EXPECT_EQ(queue.waiting(), 0);
}

}  // namespace
}  // namespace pyrite::worker
