#include "exchange/read_ahead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "exchange/test_batches.h"

namespace pyrite::exchange {
namespace {

using std::chrono::milliseconds;

constexpr int64_t kBatchBytes = 80;

// `count` batches of ten numbers from `from` on; then an error, or blocks until it is cancelled.
class CountingSource : public BatchSource {
 public:
  enum class End { kEnd, kError, kBlock };

  CountingSource(int64_t from, int count, End end, std::atomic<int>* fetched)
      : from_(from), left_(count), end_(end), fetched_(fetched) {}

  std::shared_ptr<arrow::RecordBatch> Next() override {
    if (left_-- > 0) {
      ++*fetched_;
      from_ += 10;
      return Numbers(from_ - 10, from_);
    }
    while (end_ == End::kBlock && !cancelled_) std::this_thread::sleep_for(milliseconds(1));
    if (end_ != End::kEnd) throw SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", "x"}});
    return nullptr;
  }

  void Cancel() override { cancelled_ = true; }

 private:
  int64_t from_;
  int left_;
  const End end_;
  std::atomic<int>* const fetched_;
  std::atomic<bool> cancelled_ = false;
};

class ReadAheadTest : public ::testing::Test {
 protected:
  using End = CountingSource::End;

  // `ends`: of each source, which has `count` batches.
  std::shared_ptr<arrow::RecordBatchReader> Read(std::vector<End> ends, int count, int64_t bytes,
                                                 int threads = 3) {
    auto open = [this, ends, count](size_t i) {
      return std::make_unique<CountingSource>(static_cast<int64_t>(i) * count * 10, count, ends[i],
                                              &fetched_);
    };
    return ReadAhead(NumberSchema(), ends.size(), open, {.threads = threads, .bytes = bytes});
  }

  std::atomic<int> fetched_ = 0;
};

TEST_F(ReadAheadTest, KeepsTheOrder) {
  for (int64_t bytes : {int64_t{0}, kBatchBytes, 100 * kBatchBytes}) {
    for (int threads : {1, 3, 8}) {
      auto reader = Read(std::vector<End>(20, End::kEnd), 30, bytes, threads);
      EXPECT_EQ(ReadNumbers(reader.get()), Range(0, 6000)) << bytes << " " << threads;
    }
  }
}

TEST_F(ReadAheadTest, HoldsBoundedBytes) {
  auto reader = Read(std::vector<End>(5, End::kEnd), 1000, 10 * kBatchBytes);
  for (int read = 0; read < 500; read += 50) {
    std::this_thread::sleep_for(milliseconds(20));
    EXPECT_LE(fetched_, read + 10 + 3);
    for (int i = 0; i < 50; ++i) {
      std::shared_ptr<arrow::RecordBatch> batch;
      Check(reader->ReadNext(&batch));
    }
  }
}

TEST_F(ReadAheadTest, AnErrorEndsItAtOnce) {
  auto reader = Read({End::kBlock, End::kEnd, End::kError}, 2, 1000 * kBatchBytes);
  EXPECT_EQ(ErrorOf([&] { ReadAll(reader.get()); }).condition(), "TASK_OUTPUT_MISSING.PYRITE");
  EXPECT_EQ(ErrorOf([&] { ReadAll(reader.get()); }).condition(), "TASK_OUTPUT_MISSING.PYRITE");
}

TEST_F(ReadAheadTest, SourcesThatBlockAreCancelled) {
  auto reader = Read(std::vector<End>(10, End::kBlock), 2, 1000 * kBatchBytes);
  std::shared_ptr<arrow::RecordBatch> batch;
  Check(reader->ReadNext(&batch));
  reader.reset();
}

TEST_F(ReadAheadTest, SourcesThatCannotBeOpenedAreAnError) {
  auto open = [](size_t) -> std::unique_ptr<BatchSource> {
    throw SparkError("WORKER_LOST.PYRITE", {});
  };
  auto reader = ReadAhead(NumberSchema(), 3, open, {});
  EXPECT_EQ(ErrorOf([&] { ReadAll(reader.get()); }).condition(), "WORKER_LOST.PYRITE");
}

}  // namespace
}  // namespace pyrite::exchange
