#include "base/spill_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/error.h"

namespace pyrite {
namespace {

namespace fs = std::filesystem;

class SpillFolderTest : public ::testing::Test {
 protected:
  SpillFolderTest() { fs::remove_all(parent_); }
  ~SpillFolderTest() override { fs::remove_all(parent_); }

  const fs::path parent_ =
      fs::temp_directory_path() / ("spill-folder-test-" + std::to_string(getpid()));
};

TEST_F(SpillFolderTest, GoesWithItsFiles) {
  fs::path path;
  {
    SpillFolder folder(parent_);
    path = folder.path();
    std::ofstream(path / "file") << "rows";
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(SpillFolderTest, EachEngineHasItsOwn) {
  SpillFolder one(parent_);
  SpillFolder other(parent_);
  EXPECT_NE(one.path(), other.path());
  EXPECT_TRUE(fs::exists(one.path()));
}

TEST_F(SpillFolderTest, RemovesWhatAKilledProcessLeft) {
  fs::create_directories(parent_);
  pid_t child = fork();
  if (child == 0) {
    new SpillFolder(parent_);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  ASSERT_FALSE(fs::is_empty(parent_));
  SpillFolder folder(parent_);
  EXPECT_EQ(std::distance(fs::directory_iterator(parent_), fs::directory_iterator()), 1);
}

TEST_F(SpillFolderTest, LeavesWhatIsNotItsOwn) {
  fs::create_directories(parent_ / "pyrite-notes");
  SpillFolder folder(parent_);
  EXPECT_TRUE(fs::exists(parent_ / "pyrite-notes"));
}

TEST_F(SpillFolderTest, SaysWhereNothingCanBeWritten) {
  EXPECT_THROW(SpillFolder("/proc/none"), SparkError);
}

}  // namespace
}  // namespace pyrite
