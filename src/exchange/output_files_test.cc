// Outputs that do not fit into the memory.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "exchange/output_store.h"
#include "exchange/test_types.h"

namespace pyrite::exchange {
namespace {

namespace fs = std::filesystem;

const TaskId kId{"query/1 ä", 2, 0, 7};

class OutputFilesTest : public ::testing::Test {
 protected:
  OutputFilesTest() { fs::remove_all(folder_); }
  ~OutputFilesTest() override { fs::remove_all(folder_); }

  std::shared_ptr<OutputStore> Store(int64_t memory_bytes) {
    return std::make_shared<OutputStore>(StoreOptions{memory_bytes, folder_});
  }

  // The outputs' files, finished or not.
  std::vector<fs::path> Files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file() && entry.path().filename() != "lock") {
        files.push_back(entry.path());
      }
    }
    return files;
  }

  // An output of a file of 20 blocks.
  std::shared_ptr<OutputStore> StoreWithFile() {
    auto store = Store(0);
    auto output = store->Create(kId, NumberSchema(), 2);
    for (int i = 0; i < 20; ++i) output->Append(i % 2, Numbers(i * 1000, (i + 1) * 1000));
    output->Finish();
    return store;
  }

  // Its one file, with one byte another.
  void Damage(const std::function<int64_t(int64_t size)>& place) {
    fs::path path = Files().at(0);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    int64_t at = place(static_cast<int64_t>(fs::file_size(path)));
    file.seekg(at);
    char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(at);
    file.put(byte);
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("output-files-test-" + std::to_string(getpid()));
};

TEST_F(OutputFilesTest, WhatIsMadeGoesToItsFile) {
  auto store = Store(1000);
  auto output = store->Create(kId, NumberSchema(), 3);
  for (int i = 0; i < 100; ++i) {
    output->Append(i % 3, Numbers(i * 10, i * 10 + 10));
    EXPECT_LE(store->memory_bytes(), 1000);
  }
  EXPECT_EQ(Files().size(), 1u);
  EXPECT_EQ(Files()[0].extension(), ".unfinished");
  OutputSize size = output->Finish();
  EXPECT_EQ(Files().size(), 1u);
  EXPECT_EQ(Files()[0].filename(), "stage-2-task-0-attempt-7");
  EXPECT_EQ(size.rows, (std::vector<int64_t>{340, 330, 330}));
  EXPECT_EQ(size.file_bytes, static_cast<int64_t>(fs::file_size(Files()[0])));
  EXPECT_EQ(store->file_bytes(), size.file_bytes);
  EXPECT_EQ(store->memory_bytes(), 0);
  for (int partition = 0; partition < 3; ++partition) {
    std::vector<int64_t> wanted;
    for (int i = partition; i < 100; i += 3) {
      for (int64_t number : Range(i * 10, i * 10 + 10)) wanted.push_back(number);
    }
    EXPECT_EQ(ReadNumbers(store->Open(kId, {partition, partition + 1}).get()), wanted);
  }
  EXPECT_TRUE(store->SchemaOf(kId)->Equals(*NumberSchema()));
}

TEST_F(OutputFilesTest, AllTypesComeBack) {
  auto store = Store(0);
  auto output = store->Create(kId, ManyTypesSchema(), 2);
  arrow::RecordBatchVector batches;
  for (int i = 0; i < 10; ++i) batches.push_back(ManyTypesRows(i * 10, i * 10 + 10));
  for (const auto& batch : batches) output->Append(1, batch);
  output->Finish();
  EXPECT_TRUE(ReadAll(store->Open(kId, {0, 1}).get()).empty());
  auto read = ReadAll(store->Open(kId, {0, 2}).get());
  ASSERT_EQ(read.size(), batches.size());
  for (size_t i = 0; i < read.size(); ++i) EXPECT_TRUE(read[i]->Equals(*batches[i])) << i;
}

TEST_F(OutputFilesTest, RowsWithoutColumnsComeBack) {
  auto schema = arrow::schema(arrow::FieldVector{});
  auto store = Store(100);
  auto output = store->Create(kId, schema, 1);
  output->Append(0, arrow::RecordBatch::Make(schema, 7, arrow::ArrayVector{}));
  OutputSize size = output->Finish();
  EXPECT_EQ(size.rows[0], 7);
  EXPECT_EQ(ReadAll(store->Open(kId, {0, 1}).get()).at(0)->num_rows(), 7);
}

TEST_F(OutputFilesTest, FinishedOutputsMakeRoomForOthers) {
  auto store = Store(10000);
  auto old = store->Create(kId, NumberSchema(), 2);
  old->Append(1, Numbers(0, 1000));
  EXPECT_EQ(old->Finish().file_bytes, 0);
  auto reader = store->Open(kId, {0, 2});
  TaskId other{"other", 0, 0, 0};
  auto output = store->Create(other, NumberSchema(), 1);
  output->Append(0, Numbers(0, 500));
  EXPECT_EQ(output->Finish().file_bytes, 0);
  EXPECT_GT(store->memory_bytes(), 4000);
  EXPECT_LT(store->memory_bytes(), 5000);
  EXPECT_GT(store->file_bytes(), 0);
  EXPECT_EQ(ReadNumbers(reader.get()), Range(0, 1000));
  EXPECT_EQ(ReadNumbers(store->Open(kId, {0, 2}).get()), Range(0, 1000));
  EXPECT_EQ(ReadNumbers(store->Open(other, {0, 1}).get()), Range(0, 500));
}

TEST_F(OutputFilesTest, LargeBatchesAreCut) {
  auto store = Store(256 << 20);
  auto output = store->Create(kId, NumberSchema(), 1);
  output->Append(0, Numbers(0, 5000000));
  EXPECT_EQ(output->Finish().bytes[0], 40000000);
  EXPECT_EQ(ReadAll(store->Open(kId, {0, 1}).get()).size(), 4u);
  EXPECT_EQ(ReadNumbers(store->Open(kId, {0, 1}).get()), Range(0, 5000000));
}

TEST_F(OutputFilesTest, FilesGoWithTheirQuery) {
  auto store = StoreWithFile();
  auto making = store->Create({kId.query, 3, 0, 0}, NumberSchema(), 1);
  making->Append(0, Numbers(0, 100));
  auto other = store->Create({"other", 3, 0, 0}, NumberSchema(), 1);
  other->Append(0, Numbers(0, 100));
  EXPECT_EQ(Files().size(), 3u);
  auto reader = store->Open(kId, {0, 1});
  store->Drop(kId.query);
  EXPECT_EQ(Files().size(), 1u);
  EXPECT_EQ(ReadNumbers(reader.get()).size(), 10000u);  // who reads goes on
  EXPECT_EQ(ErrorOf([&] { making->Append(0, Numbers(0, 1)); }).condition(),
            "TASK_OUTPUT_MISSING.PYRITE");
  other.reset();
  EXPECT_EQ(Files().size(), 0u);
  EXPECT_EQ(store->file_bytes(), 0);
}

TEST_F(OutputFilesTest, FilesGoWithTheirStore) {
  auto store = StoreWithFile();
  EXPECT_EQ(Files().size(), 1u);
  store.reset();
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(OutputFilesTest, WhatAKilledProcessLeftGoes) {
  fs::path left = folder_ / "pyrite-1-1" / "query-x";
  fs::create_directories(left);
  std::ofstream(left / "stage-0-task-0-attempt-0") << "rows";
  std::ofstream(left.parent_path() / "lock");
  auto store = Store(0);
  EXPECT_EQ(Files().size(), 0u);
}

TEST_F(OutputFilesTest, ADamagedBlockIsTold) {
  auto store = StoreWithFile();
  Damage([](int64_t) { return 1000; });  // in the first block
  SparkError error = ErrorOf([&] { ReadAll(store->Open(kId, {0, 1}).get()); });
  EXPECT_EQ(error.condition(), "TASK_OUTPUT_DAMAGED.PYRITE");
  EXPECT_EQ(error.parameters().at("output"), ToString(kId));
  EXPECT_EQ(ReadNumbers(store->Open(kId, {1, 2}).get()).size(), 10000u);
}

TEST_F(OutputFilesTest, AShortenedFileIsTold) {
  auto store = StoreWithFile();
  fs::resize_file(Files().at(0), 5000);
  EXPECT_EQ(ErrorOf([&] {
              ReadAll(store->Open(kId, {0, 1}).get());
            }).condition(),
            "TASK_OUTPUT_DAMAGED.PYRITE");
}

TEST_F(OutputFilesTest, AFileWhoseNameIsGoneIsRead) {
  auto store = StoreWithFile();
  fs::remove(Files().at(0));
  EXPECT_EQ(ReadNumbers(store->Open(kId, {0, 1}).get()).size(), 10000u);
}

TEST_F(OutputFilesTest, AFolderThatCannotBeWrittenIsTold) {
  std::ofstream(folder_) << "a file";
  EXPECT_EQ(ErrorOf([&] { Store(0); }).condition(), "SPILL_DIRECTORY.PYRITE");
}

TEST_F(OutputFilesTest, ManyThreadsWriteReadAndDrop) {
  auto store = Store(20000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < 20; ++round) {
        TaskId id{"query-" + std::to_string(t % 3), t, round, 0};
        std::string condition =
            ErrorOf([&] {
              auto output = store->Create(id, NumberSchema(), 2);
              for (int i = 0; i < 10; ++i) output->Append(1, Numbers(i * 100, i * 100 + 100));
              output->Finish();
              EXPECT_EQ(ReadNumbers(store->Open(id, {0, 2}).get()), Range(0, 1000));
            }).condition();
        EXPECT_TRUE(condition.empty() || condition == "TASK_OUTPUT_MISSING.PYRITE") << condition;
        if (round % 5 == 4) store->Drop(id.query);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int q = 0; q < 3; ++q) store->Drop("query-" + std::to_string(q));
  EXPECT_EQ(store->memory_bytes(), 0);
  EXPECT_EQ(store->file_bytes(), 0);
  EXPECT_EQ(Files().size(), 0u);
}

}  // namespace
}  // namespace pyrite::exchange
