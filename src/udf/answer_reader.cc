#include "udf/answer_reader.h"

#include <arrow/api.h>
#include <arrow/ipc/reader.h>

#include "base/errors.h"
#include "udf/wire.h"

namespace pyrite::udf {
namespace {

using Batches = std::deque<std::shared_ptr<arrow::RecordBatch>>;

// Four numbers of eight bytes about times, two about memory.
constexpr size_t kTimingBytes = 48;

class Listener : public arrow::ipc::Listener {
 public:
  Listener(std::shared_ptr<Batches> batches, std::shared_ptr<bool> ended, bool with_empty)
      : batches_(std::move(batches)), ended_(std::move(ended)), with_empty_(with_empty) {}

  arrow::Status OnRecordBatchDecoded(std::shared_ptr<arrow::RecordBatch> batch) override {
    if (with_empty_ || batch->num_rows() > 0) batches_->push_back(std::move(batch));
    return arrow::Status::OK();
  }
  arrow::Status OnEOS() override {
    *ended_ = true;
    return arrow::Status::OK();
  }

 private:
  std::shared_ptr<Batches> batches_;
  std::shared_ptr<bool> ended_;
  const bool with_empty_;
};

[[noreturn]] void RaiseText(int32_t mark, std::string text) {
  if (mark == static_cast<int32_t>(Mark::kCannotStart)) {
    throw SparkError("PYTHON_WORKER.PYRITE", {{"reason", std::move(text)}});
  }
  throw errors::PythonException(text);
}

}  // namespace

AnswerReader::AnswerReader(bool with_empty)
    : with_empty_(with_empty),
      batches_(std::make_shared<Batches>()),
      arrow_ended_(std::make_shared<bool>(false)) {}
AnswerReader::~AnswerReader() = default;

size_t AnswerReader::Wanted() const {
  switch (step_) {
    case Step::kArrow: return static_cast<size_t>(decoder_->next_required_size());
    case Step::kTimings: return kTimingBytes;
    case Step::kText:
    case Step::kUpdate: return static_cast<size_t>(length_);
    case Step::kMark:
    case Step::kTextLength:
    case Step::kUpdateCount:
    case Step::kUpdateId:
    case Step::kEndOfStream: return 4;
    case Step::kEnded: return 0;
  }
  return 0;
}

void AnswerReader::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (step_ == Step::kEnded) throw errors::Internal("a Python worker said more than it should");
    size_t missing = Wanted() - pending_.size();
    if (bytes.size() < missing) {
      pending_.append(bytes);
      return;
    }
    std::string_view head = bytes.substr(0, missing);
    bytes.remove_prefix(missing);
    if (pending_.empty()) {
      Take(head);
    } else {
      pending_.append(head);
      std::string whole = std::exchange(pending_, {});
      Take(whole);
    }
  }
}

void AnswerReader::TakeMark(int32_t mark) {
  switch (static_cast<Mark>(mark)) {
    case Mark::kArrowStream:
      *arrow_ended_ = false;
      decoder_ = std::make_unique<arrow::ipc::StreamDecoder>(
          std::make_shared<Listener>(batches_, arrow_ended_, with_empty_));
      step_ = Step::kArrow;
      return;
    case Mark::kTimings: step_ = Step::kTimings; return;
    case Mark::kException:
    case Mark::kCannotStart:
      text_mark_ = mark;
      step_ = Step::kTextLength;
      return;
    case Mark::kEndOfData: step_ = Step::kUpdateCount; return;
    case Mark::kEndOfStream: break;
  }
  throw errors::Internal("a Python worker said " + std::to_string(mark));
}

void AnswerReader::NextUpdate() { step_ = updates_-- > 0 ? Step::kUpdateId : Step::kEndOfStream; }

void AnswerReader::Take(std::string_view bytes) {
  switch (step_) {
    case Step::kMark: return TakeMark(ReadInt(bytes.data()));
    case Step::kArrow: {
      auto buffer = arrow::Buffer::FromString(std::string(bytes));
      auto status = decoder_->Consume(std::move(buffer));
      if (!status.ok()) throw errors::Internal("Arrow: " + status.ToString());
      if (*arrow_ended_) step_ = Step::kMark;
      return;
    }
    case Step::kTimings: step_ = Step::kMark; return;
    case Step::kTextLength:
      length_ = ReadInt(bytes.data());
      step_ = Step::kText;
      return;
    case Step::kText: RaiseText(text_mark_, std::string(bytes));
    case Step::kUpdateCount: updates_ = ReadInt(bytes.data()); return NextUpdate();
    case Step::kUpdateId:
      length_ = ReadInt(bytes.data());
      step_ = Step::kUpdate;
      return;
    case Step::kUpdate: return NextUpdate();
    case Step::kEndOfStream:
      is_reusable_ = ReadInt(bytes.data()) == static_cast<int32_t>(Mark::kEndOfStream);
      step_ = Step::kEnded;
      return;
    case Step::kEnded: return;
  }
}

}  // namespace pyrite::udf
