#include "cluster/admission.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/error.h"

namespace pyrite::cluster {
namespace {

using std::chrono::seconds;

const auto kNever = [] { return false; };

std::string ConditionOf(Admission& admission, const std::function<bool()>& cancelled) {
  try {
    admission.Enter(cancelled);
  } catch (const SparkError& error) {
    return error.condition();
  }
  return "";
}

TEST(AdmissionTest, AnyNumberRunsWithoutALimit) {
  Admission admission(0, seconds(0));
  std::vector<Admission::Turn> turns;
  for (int i = 0; i < 50; ++i) turns.push_back(admission.Enter(kNever));
}

TEST(AdmissionTest, WhoMayNotWaitIsRefused) {
  Admission admission(2, seconds(0));
  auto first = admission.Enter(kNever);
  auto second = admission.Enter(kNever);
  EXPECT_EQ(ConditionOf(admission, kNever), "CLUSTER_BUSY.PYRITE");
  first.reset();
  EXPECT_EQ(ConditionOf(admission, kNever), "");
}

TEST(AdmissionTest, WhoWaitsIsRefusedAfterAWhile) {
  Admission admission(1, seconds(1));
  auto turn = admission.Enter(kNever);
  EXPECT_EQ(ConditionOf(admission, kNever), "CLUSTER_BUSY.PYRITE");
  EXPECT_EQ(ConditionOf(admission, [] { return true; }), "OPERATION_CANCELED");
}

TEST(AdmissionTest, QueriesComeOneAfterTheOther) {
  Admission admission(1, seconds(60));
  auto turn = admission.Enter(kNever);
  std::mutex mutex;
  std::vector<int> order;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      auto own = admission.Enter(kNever);
      std::lock_guard lock(mutex);
      order.push_back(i);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  turn.reset();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
}

}  // namespace
}  // namespace pyrite::cluster
