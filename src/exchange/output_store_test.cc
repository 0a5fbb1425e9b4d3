#include "exchange/output_store.h"

#include <gtest/gtest.h>

#include <thread>

#include "exchange/test_batches.h"

namespace pyrite::exchange {
namespace {

const TaskId kId{"query-1", 2, 0, 0};

TEST(TaskIdTest, HasATextForm) {
  EXPECT_EQ(ToString({"query-7", 2, 3, 4}), "query-7/2/3/4");
  EXPECT_EQ(ParseTaskId("query-7/2/3/4"), (TaskId{"query-7", 2, 3, 4}));
  EXPECT_EQ(ParseTaskId("a/b/2/3/4"), (TaskId{"a/b", 2, 3, 4}));
}

TEST(TaskIdTest, OtherTextsAreRefused) {
  for (const char* text : {"", "/1/2/3", "query", "query/1/2", "q/1/2/x", "q/1/2/-3", "q/1/2/"}) {
    EXPECT_EQ(ErrorOf([&] { ParseTaskId(text); }).condition(), "INTERNAL_ERROR") << text;
  }
}

TEST(OutputStoreTest, KeepsTheOrderWithinAPartition) {
  OutputStore store({});
  auto output = store.Create(kId, NumberSchema(), 3);
  output->Append(2, Numbers(20, 25));
  output->Append(0, Numbers(0, 5));
  output->Append(2, Numbers(25, 30));
  OutputSize size = output->Finish();
  EXPECT_EQ(size.rows, (std::vector<int64_t>{5, 0, 10}));
  EXPECT_EQ(size.bytes, (std::vector<int64_t>{40, 0, 80}));
  EXPECT_EQ(size.file_bytes, 0);
  EXPECT_EQ(ReadNumbers(store.Open(kId, {0, 1}).get()), Range(0, 5));
  EXPECT_EQ(ReadNumbers(store.Open(kId, {1, 2}).get()), Range(0, 0));
  EXPECT_EQ(ReadNumbers(store.Open(kId, {1, 3}).get()), Range(20, 30));
  EXPECT_EQ(ReadNumbers(store.Open(kId, {1, 1}).get()), Range(0, 0));
  EXPECT_TRUE(store.SchemaOf(kId)->Equals(*NumberSchema()));
}

TEST(OutputStoreTest, ReadersShareTheMemory) {
  OutputStore store({});
  auto output = store.Create(kId, NumberSchema(), 1);
  output->Append(0, Numbers(0, 10));
  output->Finish();
  auto first = ReadAll(store.Open(kId, {0, 1}).get()),
       second = ReadAll(store.Open(kId, {0, 1}).get());
  auto data = [](const auto& batch) { return batch->column_data(0)->buffers[1]->address(); };
  EXPECT_EQ(data(first.at(0)), data(second.at(0)));
  EXPECT_EQ(data(first.at(0)) % 64, 0u);
}

TEST(OutputStoreTest, AnUnfinishedOutputIsMissing) {
  OutputStore store({});
  auto output = store.Create(kId, NumberSchema(), 1);
  output->Append(0, Numbers(0, 5));
  SparkError error = ErrorOf([&] { store.Open(kId, {0, 1}); });
  EXPECT_EQ(error.condition(), "TASK_OUTPUT_MISSING.PYRITE");
  EXPECT_EQ(error.parameters().at("output"), "query-1/2/0/0");
  EXPECT_EQ(store.outputs(), 1u);
  output.reset();
  EXPECT_EQ(store.outputs(), 0u);
  EXPECT_EQ(store.memory_bytes(), 0);
  EXPECT_EQ(ErrorOf([&] { store.Open(kId, {0, 1}); }).condition(), "TASK_OUTPUT_MISSING.PYRITE");
}

TEST(OutputStoreTest, WrongUseIsRefused) {
  OutputStore store({});
  auto output = store.Create(kId, NumberSchema(), 2);
  EXPECT_EQ(ErrorOf([&] { store.Create(kId, NumberSchema(), 2); }).condition(), "INTERNAL_ERROR");
  EXPECT_EQ(ErrorOf([&] { output->Append(2, Numbers(0, 1)); }).condition(), "INTERNAL_ERROR");
  EXPECT_EQ(ErrorOf([&] { output->Append(-1, Numbers(0, 1)); }).condition(), "INTERNAL_ERROR");
  output->Finish();
  EXPECT_EQ(ErrorOf([&] { output->Append(0, Numbers(0, 1)); }).condition(), "INTERNAL_ERROR");
  EXPECT_EQ(ErrorOf([&] { output->Finish(); }).condition(), "INTERNAL_ERROR");
  EXPECT_EQ(ErrorOf([&] { store.Open(kId, {0, 3}); }).condition(), "INTERNAL_ERROR");
}

TEST(OutputStoreTest, DropTakesAQuery) {
  OutputStore store({});
  for (const char* query : {"query", "query-1", "query-10"}) {
    auto output = store.Create({query, 0, 0, 0}, NumberSchema(), 1);
    output->Append(0, Numbers(0, 100));
    output->Finish();
  }
  int64_t bytes = store.memory_bytes();
  EXPECT_GT(bytes, 2400);
  auto making = store.Create({"query-1", 0, 1, 0}, NumberSchema(), 1);
  auto reader = store.Open({"query-1", 0, 0, 0}, {0, 1});
  store.Drop("query-1");
  EXPECT_EQ(store.outputs(), 2u);
  EXPECT_GT(store.memory_bytes(), 1600);
  EXPECT_LT(store.memory_bytes(), bytes);
  EXPECT_EQ(ReadNumbers(reader.get()), Range(0, 100));  // who reads goes on
  EXPECT_EQ(ErrorOf([&] { making->Append(0, Numbers(0, 1)); }).condition(),
            "TASK_OUTPUT_MISSING.PYRITE");
  EXPECT_EQ(ErrorOf([&] { making->Finish(); }).condition(), "TASK_OUTPUT_MISSING.PYRITE");
}

TEST(OutputStoreTest, ManyThreadsAppend) {
  OutputStore store({});
  auto output = store.Create(kId, NumberSchema(), 4);
  std::vector<std::thread> threads;
  for (int partition = 0; partition < 4; ++partition) {
    threads.emplace_back([&output, partition] {
      for (int i = 0; i < 100; ++i) output->Append(partition, Numbers(i * 10, i * 10 + 10));
    });
  }
  for (std::thread& thread : threads) thread.join();
  output->Finish();
  for (int p = 0; p < 4; ++p) {
    EXPECT_EQ(ReadNumbers(store.Open(kId, {p, p + 1}).get()), Range(0, 1000));
  }
}

}  // namespace
}  // namespace pyrite::exchange
