// Outputs that go from the store of one process to another's.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "exchange/output_store.h"
#include "exchange/test_types.h"

namespace pyrite::exchange {
namespace {

namespace fs = std::filesystem;

const TaskId kId{"query-1", 2, 0, 0};

class AdoptedOutputTest : public ::testing::Test {
 protected:
  ~AdoptedOutputTest() override { fs::remove_all(folder_); }

  std::unique_ptr<OutputStore> Store(int64_t memory_bytes) {
    return std::make_unique<OutputStore>(StoreOptions{memory_bytes, folder_});
  }

  static void Make(OutputStore& store, const TaskId& id = kId) {
    auto output = store.Create(id, NumberSchema(), 2);
    output->Append(1, Numbers(0, 10000));
    output->Append(0, Numbers(-5, 0));
    output->Finish();
  }

  static std::vector<int64_t> Read(const OutputStore& store) {
    return ReadNumbers(store.Open(kId, {0, 2}).get());
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("adopted-output-test-" + std::to_string(getpid()));
};

TEST_F(AdoptedOutputTest, OutlivesTheStoreThatMadeIt) {
  for (int64_t memory_of_worker : {0, 1 << 20}) {
    for (int64_t memory_of_exchange : {0, 1 << 20}) {
      auto worker = Store(memory_of_worker), exchange = Store(memory_of_exchange);
      Make(*worker);
      exchange->Adopt(kId, worker->SharedPath(kId));
      worker.reset();
      EXPECT_EQ(Read(*exchange), Range(-5, 10000));
      EXPECT_EQ(exchange->outputs(), 1u);
      bool is_in_memory = memory_of_worker > 0 && memory_of_exchange > 0;
      EXPECT_EQ(exchange->memory_bytes() > 0, is_in_memory);
      EXPECT_EQ(exchange->file_bytes() > 0, !is_in_memory);
      exchange->Drop(kId.query);
      EXPECT_EQ(exchange->memory_bytes(), 0);
      EXPECT_EQ(exchange->file_bytes(), 0);
    }
  }
}

TEST_F(AdoptedOutputTest, GoesFromTheStoreThatMadeIt) {
  auto worker = Store(1 << 20), exchange = Store(1 << 20);
  Make(*worker);
  exchange->Adopt(kId, worker->SharedPath(kId));
  worker->Drop(kId);
  EXPECT_EQ(worker->outputs(), 0u);
  EXPECT_EQ(worker->memory_bytes(), 0);
  EXPECT_EQ(Read(*exchange), Range(-5, 10000));
}

TEST_F(AdoptedOutputTest, IsNotWaitedForWhenItsQueryIsRetained) {
  auto store = Store(1 << 20);
  store->Retain(kId.query);
  Make(*store);
  EXPECT_EQ(store->outputs(), 0u);
  EXPECT_EQ(Read(*store), Range(-5, 10000));
  store->Drop(kId.query);
  Make(*store);
  EXPECT_EQ(store->outputs(), 1u);
}

TEST_F(AdoptedOutputTest, IsOneOfItsName) {
  auto worker = Store(1 << 20), exchange = Store(1 << 20);
  Make(*worker);
  auto condition = [&](const TaskId& id, const std::string& path) {
    return ErrorOf([&] { exchange->Adopt(id, path); }).condition();
  };
  std::string path = worker->SharedPath(kId);
  EXPECT_EQ(condition({"query-2", 2, 0, 0}, path), "TASK_OUTPUT_MISSING.PYRITE");
  EXPECT_EQ(condition(kId, "/nowhere"), "TASK_OUTPUT_MISSING.PYRITE");
  EXPECT_EQ(condition(kId, "/proc/self/cmdline"), "TASK_OUTPUT_DAMAGED.PYRITE");
  EXPECT_EQ(exchange->outputs(), 0u);
  exchange->Adopt(kId, path);
  EXPECT_EQ(condition(kId, path), "INTERNAL_ERROR");
  EXPECT_EQ(Read(*exchange), Range(-5, 10000));
}

TEST_F(AdoptedOutputTest, WhatCannotBeWrittenIsRefused) {
  auto worker = Store(1 << 20), exchange = Store(0);
  Make(*worker);
  fs::remove_all(folder_);
  std::ofstream(folder_) << "no folder";
  SparkError error = ErrorOf([&] { exchange->Adopt(kId, worker->SharedPath(kId)); });
  EXPECT_EQ(error.condition(), "SPILL_DIRECTORY.PYRITE");
  EXPECT_EQ(exchange->outputs(), 0u);
  EXPECT_EQ(Read(*worker), Range(-5, 10000));
}

}  // namespace
}  // namespace pyrite::exchange
