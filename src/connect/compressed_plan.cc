#include "connect/compressed_plan.h"

#include <arrow/util/compression.h>

#include "base/error.h"
#include "connect/plan/convert_internal.h"
#include "connect/wire.h"

namespace pyrite::connect {
namespace {

constexpr size_t kFirstBytes = 1 << 20;
constexpr size_t kMaximumBytes = 512 << 20;  // spark.connect.maxPlanSize

[[noreturn]] void RaiseUnreadable() { throw SparkError("CONNECT_INVALID_PLAN.CANNOT_PARSE", {}); }

template <typename T>
T ValueOf(arrow::Result<T> result) {
  if (!result.ok()) RaiseUnreadable();
  return std::move(result).ValueUnsafe();
}

std::string FromZstd(const std::string& data) {
  auto codec = ValueOf(arrow::util::Codec::Create(arrow::Compression::ZSTD));
  auto decompressor = ValueOf(codec->MakeDecompressor());
  const auto* input = reinterpret_cast<const uint8_t*>(data.data());
  size_t read = 0, written = 0;
  std::string out;
  while (!decompressor->IsFinished()) {
    if (written == out.size()) out.resize(std::max(kFirstBytes, 2 * out.size()));
    if (written > kMaximumBytes) {
      throw SparkError(
          "CONNECT_INVALID_PLAN.PLAN_SIZE_LARGER_THAN_MAX",
          {{"planSize", std::to_string(written)}, {"maxPlanSize", std::to_string(kMaximumBytes)}});
    }
    auto step = ValueOf(decompressor->Decompress(
        static_cast<int64_t>(data.size() - read), input + read,
        static_cast<int64_t>(out.size() - written), reinterpret_cast<uint8_t*>(&out[written])));
    read += static_cast<size_t>(step.bytes_read);
    written += static_cast<size_t>(step.bytes_written);
    bool advanced = step.bytes_read > 0 || step.bytes_written > 0 || step.need_more_output;
    if (!advanced && !decompressor->IsFinished()) RaiseUnreadable();  // cut short
  }
  out.resize(written);
  return out;
}

}  // namespace

void Decompress(proto::Plan* plan) {
  if (!plan->has_compressed_operation()) return;
  using Compressed = proto::Plan::CompressedOperation;
  const Compressed& compressed = plan->compressed_operation();
  if (compressed.compression_codec() != proto::COMPRESSION_CODEC_ZSTD) {
    RaiseInvalidEnum(compressed, "compression_codec");
  }
  std::string bytes = FromZstd(compressed.data());
  auto type = compressed.op_type();
  google::protobuf::MessageLite* operation = nullptr;
  if (type == Compressed::OP_TYPE_RELATION) operation = plan->mutable_root();
  if (type == Compressed::OP_TYPE_COMMAND) operation = plan->mutable_command();
  if (operation == nullptr || !Parse(bytes.data(), bytes.size(), operation)) RaiseUnreadable();
}

void Decompress(proto::AnalyzePlanRequest* request) {
  using Kind = proto::AnalyzePlanRequest;
  switch (request->analyze_case()) {
    case Kind::kSchema: return Decompress(request->mutable_schema()->mutable_plan());
    case Kind::kExplain: return Decompress(request->mutable_explain()->mutable_plan());
    case Kind::kTreeString: return Decompress(request->mutable_tree_string()->mutable_plan());
    case Kind::kIsLocal: return Decompress(request->mutable_is_local()->mutable_plan());
    case Kind::kIsStreaming: return Decompress(request->mutable_is_streaming()->mutable_plan());
    case Kind::kInputFiles: return Decompress(request->mutable_input_files()->mutable_plan());
    case Kind::kSemanticHash: return Decompress(request->mutable_semantic_hash()->mutable_plan());
    case Kind::kSameSemantics:
      Decompress(request->mutable_same_semantics()->mutable_target_plan());
      return Decompress(request->mutable_same_semantics()->mutable_other_plan());
    case Kind::kSparkVersion:
    case Kind::kDdlParse:
    case Kind::kPersist:
    case Kind::kUnpersist:
    case Kind::kGetStorageLevel:
    case Kind::kJsonToDdl:
    case Kind::ANALYZE_NOT_SET: return;
  }
}

}  // namespace pyrite::connect
