#include "exchange/read_ahead.h"

#include <arrow/type.h>
#include <arrow/util/byte_size.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

struct Fetched {
  std::shared_ptr<arrow::RecordBatch> batch;
  int64_t bytes = 0;
};

// What has been fetched of one source.
struct Lane {
  std::deque<Fetched> batches;
  std::unique_ptr<BatchSource> source;  // while it is being fetched
  bool ended = false;
};

class ReadAheadReader : public arrow::RecordBatchReader {
 public:
  ReadAheadReader(std::shared_ptr<arrow::Schema> schema, size_t sources, OpenSource open,
                  ReadAheadOptions options)
      : schema_(std::move(schema)),
        open_(std::move(open)),
        bytes_bound_(options.bytes),
        lanes_(sources) {
    size_t threads = std::min(sources, static_cast<size_t>(options.threads));
    for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
  }

  ~ReadAheadReader() override {
    static_cast<void>(Close());
    for (std::thread& thread : threads_) thread.join();
  }

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    return Guarded([&] { *batch = Next(); });
  }

  arrow::Status Close() override {
    std::lock_guard lock(mutex_);
    Stop();
    return arrow::Status::OK();
  }

 private:
  std::shared_ptr<arrow::RecordBatch> Next() {
    std::unique_lock lock(mutex_);
    while (reading_ < lanes_.size()) {
      Lane& lane = lanes_[reading_];
      may_read_.wait(lock, [&] { return error_ || !lane.batches.empty() || lane.ended; });
      if (error_) throw *error_;
      if (!lane.batches.empty()) {
        Fetched fetched = std::move(lane.batches.front());
        lane.batches.pop_front();
        held_bytes_ -= fetched.bytes;
        may_fetch_.notify_all();
        return std::move(fetched.batch);
      }
      ++reading_;
      may_fetch_.notify_all();
    }
    return nullptr;
  }

  // A thread: one source after the other, as long as there are some.
  void Work() {
    std::unique_lock lock(mutex_);
    while (!closed_ && next_ < lanes_.size()) {
      size_t index = next_++;
      lock.unlock();
      std::optional<SparkError> error;
      try {
        Fetch(index);
      } catch (...) {
        error = CurrentError();
      }
      lock.lock();
      auto source = std::move(lanes_[index].source);
      lanes_[index].ended = true;
      if (error && !error_) error_ = std::move(error);
      if (error_) Stop();
      may_read_.notify_all();
      lock.unlock();
      source.reset();  // may wait for the peer
      lock.lock();
    }
  }

  // Under the lock: nothing more is fetched.
  void Stop() {
    closed_ = true;
    for (Lane& lane : lanes_) {
      if (lane.source != nullptr) lane.source->Cancel();
    }
    may_fetch_.notify_all();
  }

  void Fetch(size_t index) {
    BatchSource* source = Open(index);
    while (source != nullptr && WaitForRoom(index)) {
      Fetched fetched{source->Next()};
      if (fetched.batch == nullptr) return;
      CheckSchema(*fetched.batch);
      fetched.bytes = Check(arrow::util::ReferencedBufferSize(*fetched.batch));
      std::lock_guard lock(mutex_);
      held_bytes_ += fetched.bytes;
      lanes_[index].batches.push_back(std::move(fetched));
      may_read_.notify_all();
    }
  }

  // nullptr when the reader is gone.
  BatchSource* Open(size_t index) {
    auto source = open_(index);
    std::lock_guard lock(mutex_);
    if (closed_) return nullptr;
    lanes_[index].source = std::move(source);
    return lanes_[index].source.get();
  }

  // The source that is being read may always have one batch: those behind it could hold all room.
  bool WaitForRoom(size_t index) {
    std::unique_lock lock(mutex_);
    may_fetch_.wait(lock, [&] {
      return closed_ || held_bytes_ < bytes_bound_ ||
             (index == reading_ && lanes_[index].batches.empty());
    });
    return !closed_;
  }

  void CheckSchema(const arrow::RecordBatch& batch) const {
    if (batch.schema()->Equals(*schema_, /*check_metadata=*/false)) return;
    throw errors::Internal("A task's output has the columns " + batch.schema()->ToString() +
                           " and not " + schema_->ToString());
  }

  const std::shared_ptr<arrow::Schema> schema_;
  const OpenSource open_;
  const int64_t bytes_bound_;
  std::mutex mutex_;
  std::condition_variable may_read_, may_fetch_;
  std::vector<Lane> lanes_;
  size_t next_ = 0;     // to be fetched
  size_t reading_ = 0;  // being read
  int64_t held_bytes_ = 0;
  bool closed_ = false;
  std::optional<SparkError> error_;
  std::vector<std::thread> threads_;  // the last member: they use the others
};

}  // namespace

std::shared_ptr<arrow::RecordBatchReader> ReadAhead(std::shared_ptr<arrow::Schema> schema,
                                                    size_t sources, OpenSource open,
                                                    ReadAheadOptions options) {
  return std::make_shared<ReadAheadReader>(std::move(schema), sources, std::move(open), options);
}

}  // namespace pyrite::exchange
