#include "cluster/task_table.h"

#include <gtest/gtest.h>

namespace pyrite::cluster {
namespace {

using std::chrono::seconds;

// Two stages of two tasks, and the result.
class TaskTableTest : public ::testing::Test {
 protected:
  static stages::StageGraph Graph() {
    stages::StageGraph graph;
    graph.stages.resize(3);
    for (int i = 0; i < 3; ++i) {
      graph.stages[i].id = i;
      graph.stages[i].tasks = i < 2 ? 2 : 1;
      if (i > 0) graph.stages[i].inputs = {{i - 1, stages::Read::kAll}};
    }
    return graph;
  }

  TaskCopy Begin(int task, const std::string& address) { return table_.Begin({0, task}, address); }
  std::optional<int> Slow(const std::string& address, seconds later) {
    auto found = table_.FindSlow(address, TaskTable::Clock::now() + later);
    if (!found) return std::nullopt;
    return found->task;
  }

  const stages::StageGraph graph_ = Graph();
  TaskTable table_{graph_, {"q"}, {.factor = 3, .least_seconds = 5}, {}};
};

TEST_F(TaskTableTest, AStageBeginsWhenItsInputsAreComplete) {
  auto a = Begin(0, "a"), b = Begin(1, "b");
  EXPECT_FALSE(table_.FindRunnable(false));
  EXPECT_TRUE(table_.Finish(a, {}));
  EXPECT_FALSE(table_.FindRunnable(false));
  EXPECT_TRUE(table_.Finish(b, {}));
  auto next = table_.FindRunnable(false);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->stage, 1);
  EXPECT_EQ(table_.SlotsOf(graph_.stages[1], 0)[0].shares[0].outputs.size(), 2u);
}

TEST_F(TaskTableTest, WhatALostWorkerHadMadeIsMadeAgain) {
  table_.Finish(Begin(0, "a"), {});
  auto b = Begin(1, "b");
  table_.ForgetNode("a");
  EXPECT_FALSE(*b.stop);
  auto again = table_.FindRunnable(false);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->task, 0);
  EXPECT_EQ(Begin(0, "b").attempt, 1);
  table_.ForgetNode("b");
  EXPECT_TRUE(*b.stop);
}

TEST_F(TaskTableTest, WhatAnExchangeHasOutlivesItsWorker) {
  worker::TaskResult result;
  result.output = {"x", {"q", 0, 0, 0}, "path"};
  table_.Finish(Begin(0, "a"), result);
  table_.Finish(Begin(1, "b"), {});
  table_.ForgetNode("a");
  auto outputs = table_.SlotsOf(graph_.stages[1], 0)[0].shares[0].outputs;
  EXPECT_EQ(outputs[0].address, "x");
  EXPECT_EQ(outputs[0].path, "path");
  EXPECT_EQ(outputs[1].address, "b");
  EXPECT_EQ(table_.FindRunnable(false)->stage, 1);
  table_.ForgetNode("x");
  EXPECT_EQ(table_.FindRunnable(false)->stage, 0);
}

TEST_F(TaskTableTest, WhatIsDrawnCannotBeMadeAgainOnceItMayHaveBeenRead) {
  stages::StageGraph graph = Graph();
  graph.stages[0].draws = true;
  TaskTable table(graph, {"q"}, {}, {});
  table.Finish(table.Begin({0, 0}, "a"), {});
  table.ForgetNode("a");
  EXPECT_FALSE(table.HasLostForGood());  // nobody reads a stage that is not complete
  table.Finish(table.Begin({0, 0}, "a"), {});
  table.Finish(table.Begin({0, 1}, "b"), {});
  table.Finish(table.Begin({1, 0}, "a"), {});
  table.ForgetNode("c");
  EXPECT_FALSE(table.HasLostForGood());
  table.ForgetNode("a");
  EXPECT_TRUE(table.HasLostForGood());
}

TEST_F(TaskTableTest, ASlowTaskGetsASecondCopy) {
  Begin(0, "a");
  EXPECT_EQ(Slow("b", seconds(100)), std::nullopt);  // nobody knows what is slow
  table_.Finish(Begin(1, "b"), {});
  EXPECT_EQ(Slow("b", seconds(4)), std::nullopt);
  EXPECT_EQ(Slow("a", seconds(6)), std::nullopt);  // it would be as slow there
  EXPECT_EQ(Slow("b", seconds(6)), 0);
  Begin(0, "b");
  EXPECT_EQ(Slow("b", seconds(100)), std::nullopt);
}

TEST_F(TaskTableTest, TheFirstCopyCounts) {
  auto slow = Begin(0, "a"), fast = Begin(0, "b");
  EXPECT_TRUE(table_.IsCovered({0, 0}));
  EXPECT_TRUE(table_.Finish(fast, {}));
  EXPECT_TRUE(*slow.stop);
  EXPECT_FALSE(table_.Finish(slow, {}));
  table_.Finish(Begin(1, "b"), {});
  auto outputs = table_.SlotsOf(graph_.stages[1], 0)[0].shares[0].outputs;
  EXPECT_EQ(outputs[0].address, "b");
  EXPECT_EQ(outputs[0].id.attempt, 1);
}

}  // namespace
}  // namespace pyrite::cluster
