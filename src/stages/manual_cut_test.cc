#include <gtest/gtest.h>

#include "base/error.h"
#include "duckdb/planner/logical_operator.hpp"
#include "engine/engine.h"
#include "stages/manual_slices.h"
#include "stages/planner.h"

namespace pyrite::stages {
namespace {

using Kind = Partitioning::Kind;

std::string RefusalOf(const std::function<void()>& what) {
  try {
    what();
  } catch (const SparkError& error) {
    EXPECT_EQ(error.condition(), "CLUSTER_CUT.PYRITE");
    return error.message();
  }
  return "";
}

const std::vector<ScannedFile> kFiles = {{"a", 100, 4}, {"b", 50, 1}, {"c", 10, 0}};

std::string RefusalOf(const std::vector<TaskFiles>& shares,
                      const std::vector<ScannedFile>& files = kFiles) {
  return RefusalOf([&] { CheckShares(files, shares, 3); });
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ManualSlices, EachRowGroupOnce) {
  EXPECT_EQ(RefusalOf({{{"a", "b", "c"}}}), "");
  EXPECT_EQ(RefusalOf({{{"a"}, {{0, 3}}}, {{"c", "b"}}, {{"a"}, {{3, 4}}}}), "");
  EXPECT_EQ(RefusalOf({{{"a"}}, {{"a"}}}, {{"a", 1, 1}, {"a", 1, 1}}), "");
}

TEST(ManualSlices, AnythingElseIsRefused) {
  const auto expect = [](const std::vector<TaskFiles>& shares, const std::string& reason) {
    std::string text = RefusalOf(shares);
    EXPECT_TRUE(Has(text, reason)) << text << "\nexpected: " << reason;
  };
  expect({{{"a", "b"}}}, "c is read 0 times, and has to be once");
  expect({{{"a", "b", "c"}}, {{"c"}}}, "c is read 2 times, and has to be once");
  expect({{{"a"}, {{0, 3}}}, {{"b", "c"}}}, "row group 3 of a is read 0 times");
  expect({{{"a"}, {{0, 3}}}, {{"a"}, {{2, 4}}}}, "row group 2 of a is read 2 times");
  expect({{{"a", "b", "c", "d"}}}, "the scan does not read d");
  expect({{{"a", "b"}, {{0, 1}}}}, "a task has row groups of 2 files");
  expect({{{"a"}, {{2, 5}}}}, "a has 4 row groups, and none from 2 to 5");
  expect({{{"a"}, {{2, 2}}}}, "none from 2 to 2");
  expect({{{"c"}, {{0, 1}}}}, "c has 0 row groups");
  expect({{{"a"}}, {{"b"}}, {{"c"}}, {}}, "there are 4 for 3 tasks");
}

// The stages of range(100) with the boundary above its leaf.
std::string StagesWith(const Partitioning& boundary) {
  static auto database = [] {
    auto opened = engine::OpenDatabase({.threads = 1});
    PrepareForStages(*opened);
    return opened;
  }();
  plan::Column id{plan::NextColumnId(), "id", DataType::Long(), false, ""};
  CutOptions cut{.tasks = 3};
  cut.boundary = [&](const duckdb::LogicalOperator& op) -> std::optional<Partitioning> {
    return op.children.empty() ? std::optional(boundary) : std::nullopt;
  };
  auto plan = plan::MakeRelation(plan::Range{0, 100, 1}, {id});
  return ToString(PlanStages(*database, plan, {}, cut));
}

TEST(ManualBoundary, StandsWhereTheProgramSays) {
  EXPECT_TRUE(Has(StagesWith({Kind::kOne}), "stage 0: 1 task, one partition")) << StagesWith({});
  EXPECT_TRUE(Has(StagesWith({Kind::kRoundRobin}), "stage 0: 1 task, 3 partitions, evenly"));
  EXPECT_TRUE(Has(StagesWith({Kind::kHash, {0}}), "3 partitions by the hash of columns 0"));
}

TEST(ManualBoundary, WhatCannotBeIsRefused) {
  const auto expect = [](const Partitioning& boundary, const std::string& reason) {
    std::string text = RefusalOf([&] { StagesWith(boundary); });
    EXPECT_TRUE(Has(text, "boundary above RANGE: " + reason)) << text;
  };
  expect({Kind::kHash}, "a hash needs keys");
  expect({Kind::kHash, {1}}, "its rows have 1 columns, and none at the place 1");
  expect({Kind::kRange, {0}}, "ranges need bounds");
}

}  // namespace
}  // namespace pyrite::stages
