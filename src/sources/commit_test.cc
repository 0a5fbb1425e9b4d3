#include "sources/commit.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "base/error.h"
#include "sources/journal.h"
#include "sources/listing.h"

namespace pyrite::sources {
namespace {

namespace fs = std::filesystem;
using Contents = std::set<std::string>;  // "a=1/x:old"

class CommitTest : public ::testing::Test {
 protected:
  void SetUp() override { Reset(); }
  void TearDown() override { fs::remove_all(root_); }

  void Reset() {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }

  static void Write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  // What a reader of the table finds.
  Contents Read() {
    Contents out;
    if (!fs::exists(table_)) return out;
    Listing listing = ListFiles(ExpandPaths({table_.string()}));
    for (const auto& [folder, files] : listing.folders) {
      for (const ListedFile& file : files) {
        std::string text;
        std::ifstream(file.path) >> text;
        out.insert(fs::relative(file.path, table_).string() + ":" + text);
      }
    }
    return out;
  }

  void WriteTable(WriteMode mode, const Contents& files, Disk disk = Disk()) {
    auto job = WriteJob::Begin(table_.string(), mode, std::move(disk));
    for (const std::string& file : files) {
      size_t colon = file.find(':');
      Write(fs::path(job->staging_path()) / file.substr(0, colon), file.substr(colon + 1));
    }
    job->Commit();
  }

  // Runs `action` in a child that dies before its `step`-th file system step; false: it came
  // through.
  static bool DiesAt(int step, const std::function<void(Disk)>& action) {
    pid_t child = ::fork();
    if (child == 0) {
      int left = step;
      action(Disk([&left] {
        if (left-- == 0) ::_exit(9);
      }));
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_TRUE(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9);
    return WEXITSTATUS(status) == 9;
  }

  // At whatever step a job dies, and a recovery after it, a reader sees `before` or `after`; and
  // the next job leaves no trace of the dead one.
  void CheckEveryStep(const Contents& before, WriteMode mode, const Contents& written,
                      const Contents& after) {
    for (int step = 0;; ++step) {
      Reset();
      if (!before.empty()) WriteTable(WriteMode::kErrorIfExists, before);
      bool died = DiesAt(step, [&](Disk disk) { WriteTable(mode, written, std::move(disk)); });
      for (int recovery_step = 0;
           DiesAt(recovery_step, [&](Disk disk) { Recover(table_.string(), disk); });
           ++recovery_step) {
      }
      Contents seen = Read();
      EXPECT_TRUE(seen == before || seen == after) << "step " << step;
      EXPECT_FALSE(fs::exists(table_ / kJournalName)) << "step " << step;
      if (!died) {
        EXPECT_EQ(seen, after);
        EXPECT_GT(step, 3);
        break;
      }
      WriteTable(WriteMode::kOverwrite, {"z:z"});
      EXPECT_EQ(Read(), Contents{"z:z"});
      for (const auto& entry : fs::recursive_directory_iterator(root_)) {
        EXPECT_FALSE(entry.path().filename().string().starts_with(kStagingPrefix))
            << "step " << step << ": " << entry.path();
      }
    }
  }

  fs::path root_ = fs::temp_directory_path() / ("pyrite_commit_" + std::to_string(::getpid()));
  fs::path table_ = root_ / "t";
};

TEST_F(CommitTest, Modes) {
  WriteTable(WriteMode::kErrorIfExists, {"a:1"});
  EXPECT_TRUE(fs::exists(table_ / "_SUCCESS"));
  EXPECT_THROW(WriteJob::Begin(table_.string(), WriteMode::kErrorIfExists), SparkError);
  EXPECT_EQ(WriteJob::Begin(table_.string(), WriteMode::kIgnore), nullptr);
  WriteTable(WriteMode::kAppend, {"b:2", "p=1/c:3"});
  EXPECT_EQ(Read(), (Contents{"a:1", "b:2", "p=1/c:3"}));
  WriteTable(WriteMode::kOverwrite, {"d:4"});
  EXPECT_EQ(Read(), Contents{"d:4"});
}

TEST_F(CommitTest, AbortLeavesNoTrace) {
  { WriteJob::Begin(table_.string(), WriteMode::kOverwrite); }
  EXPECT_TRUE(fs::is_empty(root_));
}

TEST_F(CommitTest, AppendDoesNotReplace) {
  WriteTable(WriteMode::kErrorIfExists, {"a:1"});
  EXPECT_THROW(WriteTable(WriteMode::kAppend, {"a:2"}), SparkError);
  EXPECT_EQ(Read(), Contents{"a:1"});
}

TEST_F(CommitTest, FilesOfTasksCountOnlyWhenMoved) {
  WriteTable(WriteMode::kErrorIfExists, {"a:1"});
  auto job = WriteJob::Begin(table_.string(), WriteMode::kOverwrite);
  fs::path tasks = job->tasks_path();
  Write(tasks / "one/rows", "2");
  Write(tasks / "two/rows", "3");
  fs::rename(tasks / "two/rows", fs::path(job->staging_path()) / "b");
  job->Commit();
  EXPECT_EQ(Read(), Contents{"b:3"});
  EXPECT_FALSE(fs::exists(tasks));
  EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1);
}

TEST_F(CommitTest, LiveJobsKeepTheirStaging) {
  WriteTable(WriteMode::kErrorIfExists, {"a:1"});
  auto one = WriteJob::Begin(table_.string(), WriteMode::kAppend);
  Write(fs::path(one->staging_path()) / "b", "2");
  WriteTable(WriteMode::kAppend, {"c:3"});
  one->Commit();
  EXPECT_EQ(Read(), (Contents{"a:1", "b:2", "c:3"}));
}

TEST_F(CommitTest, OverwriteOfPartitions) {
  WriteTable(WriteMode::kErrorIfExists, {"p=1/a:1", "p=2/a:1"});
  WriteTable(WriteMode::kOverwritePartitions, {"p=2/b:2", "p=3/b:2"});
  EXPECT_EQ(Read(), (Contents{"p=1/a:1", "p=2/b:2", "p=3/b:2"}));
}

TEST_F(CommitTest, KilledCreate) {
  CheckEveryStep({}, WriteMode::kErrorIfExists, {"a:n", "b:n"}, {"a:n", "b:n"});
}

TEST_F(CommitTest, KilledOverwrite) {
  CheckEveryStep({"a:o", "b:o", "p=1/c:o"}, WriteMode::kOverwrite, {"a:n", "p=1/d:n"},
                 {"a:n", "p=1/d:n"});
}

TEST_F(CommitTest, KilledAppend) {
  CheckEveryStep({"a:o"}, WriteMode::kAppend, {"b:n"}, {"a:o", "b:n"});
  CheckEveryStep({"a:o"}, WriteMode::kAppend, {"b:n", "p=1/c:n", "p=1/d:n"},
                 {"a:o", "b:n", "p=1/c:n", "p=1/d:n"});
}

TEST_F(CommitTest, KilledOverwriteOfPartitions) {
  CheckEveryStep({"p=1/a:o", "p=2/a:o"}, WriteMode::kOverwritePartitions, {"p=2/b:n"},
                 {"p=1/a:o", "p=2/b:n"});
  CheckEveryStep({"p=1/a:o", "p=2/a:o"}, WriteMode::kOverwritePartitions,
                 {"p=2/b:n", "p=3/q=1/b:n"}, {"p=1/a:o", "p=2/b:n", "p=3/q=1/b:n"});
}

}  // namespace
}  // namespace pyrite::sources
