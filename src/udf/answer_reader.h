// What a worker answers, piece by piece as it comes: batches of rows, its exception, its end.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace arrow {
class RecordBatch;
namespace ipc {
class StreamDecoder;
}
}  // namespace arrow

namespace pyrite::udf {

class AnswerReader {
 public:
  // `with_empty`: batches without rows count, too.
  explicit AnswerReader(bool with_empty = false);
  ~AnswerReader();

  // Raises what ended the function: PYTHON_EXCEPTION with its traceback.
  void Feed(std::string_view bytes);

  std::deque<std::shared_ptr<arrow::RecordBatch>>& batches() { return *batches_; }
  // The rows are complete; the worker waits for the end of its own stream.
  bool rows_ended() const { return step_ == Step::kEndOfStream || step_ == Step::kEnded; }
  bool ended() const { return step_ == Step::kEnded; }
  // The worker has read all that it was sent: it is free for the next request.
  bool is_reusable() const { return ended() && is_reusable_; }

 private:
  enum class Step : uint8_t {
    kMark,
    kArrow,
    kTimings,
    kTextLength,
    kText,
    kUpdateCount,
    kUpdateId,
    kUpdate,
    kEndOfStream,
    kEnded
  };

  size_t Wanted() const;  // bytes that the step needs
  void Take(std::string_view bytes);
  void TakeMark(int32_t mark);
  void NextUpdate();

  const bool with_empty_;
  Step step_ = Step::kMark;
  std::string pending_;  // less than the step needs
  int32_t length_ = 0;
  int32_t updates_ = 0;  // of accumulators, still to come
  int32_t text_mark_ = 0;
  bool is_reusable_ = false;
  std::shared_ptr<std::deque<std::shared_ptr<arrow::RecordBatch>>> batches_;
  std::unique_ptr<arrow::ipc::StreamDecoder> decoder_;
  std::shared_ptr<bool> arrow_ended_;
};

}  // namespace pyrite::udf
