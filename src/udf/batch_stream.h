// Record batches as the bytes of an Arrow stream.
#pragma once

#include <memory>
#include <string>
#include <utility>

namespace arrow {
class RecordBatch;
class Schema;
namespace io {
class OutputStream;
}
namespace ipc {
class RecordBatchWriter;
}
}  // namespace arrow

namespace pyrite::udf {

class BatchStream {
 public:
  explicit BatchStream(const std::shared_ptr<arrow::Schema>& schema);
  ~BatchStream();

  void Write(const arrow::RecordBatch& batch);
  void Close();
  // What has been written since the last call.
  std::string Take() { return std::exchange(bytes_, {}); }

 private:
  std::string bytes_;
  std::shared_ptr<arrow::io::OutputStream> sink_;
  std::shared_ptr<arrow::ipc::RecordBatchWriter> writer_;
};

}  // namespace pyrite::udf
