#include "streaming/batch_log.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/spill_folder.h"
#include "streaming/checkpoint.h"

namespace pyrite::streaming {
namespace {

class BatchLogTest : public testing::TestWithParam<bool> {
 protected:
  std::string folder() const { return GetParam() ? (folder_.path() / "log").string() : ""; }

  SpillFolder folder_{testing::TempDir()};
};

TEST_P(BatchLogTest, EntriesAreAddedOnce) {
  BatchLog log(folder());
  EXPECT_EQ(log.Last(), std::nullopt);
  EXPECT_TRUE(log.Add(9, "nine"));
  EXPECT_TRUE(log.Add(10, "ten"));
  EXPECT_FALSE(log.Add(10, "other"));
  EXPECT_EQ(log.Last(), 10);
  EXPECT_EQ(log.Find(10), "ten");
  EXPECT_EQ(log.Find(11), std::nullopt);
  log.RemoveBefore(10);
  EXPECT_EQ(log.Find(9), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Places, BatchLogTest, testing::Bool());

TEST(BatchLog, LivesOnInItsFolder) {
  SpillFolder folder{testing::TempDir()};
  std::string path = (folder.path() / "log").string();
  BatchLog first(path);
  first.Add(3, "three\nlines\n");
  BatchLog second(path);
  EXPECT_EQ(second.Find(3), "three\nlines\n");
  EXPECT_TRUE(second.Add(4, "four"));
  EXPECT_FALSE(first.Add(4, "mine"));
}

TEST(Checkpoint, IsReadBack) {
  SpillFolder folder{testing::TempDir()};
  std::string path = (folder.path() / "checkpoint").string();
  Checkpoint first(path);
  first.Begin(0, {"5", std::nullopt});
  first.Commit(0);
  first.Begin(1, {"6", "{\"logOffset\":0}"});
  Checkpoint second(path);
  EXPECT_EQ(second.query_id(), first.query_id());
  EXPECT_EQ(second.LastBatch(), 1);
  EXPECT_TRUE(second.IsCommitted(0));
  EXPECT_FALSE(second.IsCommitted(1));
  EXPECT_EQ(second.OffsetsOf(0), (Offsets{"5", std::nullopt}));
  EXPECT_EQ(second.OffsetsOf(1), (Offsets{"6", "{\"logOffset\":0}"}));
}

}  // namespace
}  // namespace pyrite::streaming
