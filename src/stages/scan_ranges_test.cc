#include "stages/scan_ranges.h"

#include <gtest/gtest.h>

namespace pyrite::stages {
namespace {

// One file a row group, each of a hundred bytes.
ScanRanges Ranges(const std::vector<std::pair<int64_t, int64_t>>& groups) {
  ScanRanges ranges{duckdb::ProjectionIndex(0), duckdb::LogicalType::BIGINT, "k", {}, {}};
  for (const auto& [least, most] : groups) {
    ranges.groups.push_back({ranges.files.size(), least, most, 100});
    ranges.files.push_back("file" + std::to_string(ranges.files.size()));
  }
  return ranges;
}

std::vector<std::string> Files(const std::vector<ScanSlice>& slices) {
  std::vector<std::string> texts;
  for (const ScanSlice& slice : slices) {
    std::string text = slice.from ? slice.from->ToString() : "";
    text += ".." + (slice.to ? slice.to->ToString() : "");
    for (const std::string& file : slice.files) text += " " + file;
    texts.push_back(text);
  }
  return texts;
}

TEST(ScanRanges, GroupsInOrderAreDealtWhole) {
  auto ranges = Ranges({{1, 9}, {10, 19}, {20, 29}, {30, 39}});
  Bounds bounds = BoundsOf(ranges, 2);
  ASSERT_NE(bounds, nullptr);
  EXPECT_EQ(Files(SliceByRanges(ranges, *bounds)),
            (std::vector<std::string>{"..20 file0 file1", "20.. file2 file3"}));
}

TEST(ScanRanges, FilesMayStandInAnyOrder) {
  auto ranges = Ranges({{30, 39}, {1, 9}, {20, 29}, {10, 19}});
  Bounds bounds = BoundsOf(ranges, 2);
  ASSERT_NE(bounds, nullptr);
  EXPECT_EQ(*bounds, std::vector<int64_t>{20});
}

TEST(ScanRanges, NoBoundsWithoutOrderOrEnoughGroups) {
  EXPECT_EQ(BoundsOf(Ranges({{1, 90}, {2, 91}, {1, 92}, {3, 95}}), 2), nullptr);
  EXPECT_EQ(BoundsOf(Ranges({{1, 9}, {10, 19}}), 3), nullptr);
  EXPECT_EQ(BoundsOf(Ranges({{5, 5}, {5, 5}, {5, 5}, {5, 5}}), 2), nullptr);
  EXPECT_EQ(BoundsOf(Ranges({}), 2), nullptr);
}

TEST(ScanRanges, AGroupOnABoundIsReadByBothTasks) {
  auto ranges = Ranges({{1, 9}, {10, 19}, {20, 29}, {30, 39}, {40, 49}});
  const std::vector<int64_t> bounds{25};
  EXPECT_TRUE(IsEven(ranges, bounds, 1.3));
  EXPECT_EQ(Files(SliceByRanges(ranges, bounds)),
            (std::vector<std::string>{"..25 file0 file1 file2", "25.. file2 file3 file4"}));
  EXPECT_FALSE(IsEven(ranges, {45}, 1.6));
}

}  // namespace
}  // namespace pyrite::stages
