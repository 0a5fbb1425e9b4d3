#include "udf/batch_stream.h"

#include <arrow/io/interfaces.h>
#include <arrow/ipc/writer.h>

#include "base/errors.h"

namespace pyrite::udf {
namespace {

void Check(const arrow::Status& status) {
  if (!status.ok()) throw errors::Internal("Arrow: " + status.ToString());
}

class TextSink : public arrow::io::OutputStream {
 public:
  explicit TextSink(std::string& text) : text_(text) {}
  arrow::Status Close() override { return arrow::Status::OK(); }
  bool closed() const override { return false; }
  arrow::Result<int64_t> Tell() const override { return written_; }
  arrow::Status Write(const void* data, int64_t bytes) override {
    text_.append(static_cast<const char*>(data), static_cast<size_t>(bytes));
    written_ += bytes;
    return arrow::Status::OK();
  }

 private:
  std::string& text_;
  int64_t written_ = 0;
};

}  // namespace

BatchStream::BatchStream(const std::shared_ptr<arrow::Schema>& schema)
    : sink_(std::make_shared<TextSink>(bytes_)) {
  auto writer = arrow::ipc::MakeStreamWriter(sink_, schema);
  Check(writer.status());
  writer_ = std::move(writer).ValueUnsafe();
}
BatchStream::~BatchStream() = default;

void BatchStream::Write(const arrow::RecordBatch& batch) {
  Check(writer_->WriteRecordBatch(batch));
}
void BatchStream::Close() { Check(writer_->Close()); }

}  // namespace pyrite::udf
