// HyperLogLog sketches: made, joined and counted.

#include <cmath>

#include "lower/kernels/error.h"
#include "lower/kernels/object_aggregate.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/sketch/hll_sketch.h"
#include "lower/kernels/sketch/murmur128.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Bytes = std::string_view;

int CheckedLg(int32_t lg, const char* function) {
  constexpr int kLeast = 4, kMost = 21;
  if (lg < kLeast || lg > kMost) {
    ThrowSpark("HLL_INVALID_LG_K", {{"function", std::string("`") + function + "`"},
                                    {"min", std::to_string(kLeast)},
                                    {"max", std::to_string(kMost)},
                                    {"value", std::to_string(lg)}});
  }
  return lg;
}

HllSketch Checked(Bytes bytes, const char* function) {
  if (auto sketch = HllSketch::Read(bytes)) return *std::move(sketch);
  ThrowSpark("HLL_INVALID_INPUT_SKETCH_BUFFER", {{"function", std::string("`") + function + "`"}});
}

void MergeChecked(HllSketch& sketch, const HllSketch& other, bool allows, const char* function) {
  if (!allows && sketch.lg_registers() != other.lg_registers()) {
    ThrowSpark("HLL_UNION_DIFFERENT_LG_K", {{"left", std::to_string(sketch.lg_registers())},
                                            {"right", std::to_string(other.lg_registers())},
                                            {"function", std::string("`") + function + "`"}});
  }
  sketch.Merge(other);
}

// (the key's bytes, lg of the registers)
class HllOfKeys {
 public:
  void Update(const AggregateRow& row) {
    if (!sketch_) sketch_.emplace(CheckedLg(row.Get<int32_t>(1), "hll_sketch_agg"));
    if (row.IsNull(0) || row.Bytes(0).empty()) return;
    sketch_->UpdateHash(Murmur128(row.Bytes(0), kSketchSeed));
  }
  void Combine(const HllOfKeys& other) { sketch_->Merge(*other.sketch_); }
  std::optional<std::string> Finish() const {
    return sketch_ ? sketch_->ToBytes() : HllSketch(kDefaultLgRegisters).ToBytes();
  }

 private:
  std::optional<HllSketch> sketch_;
};

// (sketch, whether the numbers of registers may differ)
class HllUnion {
 public:
  void Update(const AggregateRow& row) {
    if (row.IsNull(0)) return;
    allows_ = !row.IsNull(1) && row.Get<bool>(1);
    Take(Checked(row.Bytes(0), "hll_union_agg"));
  }
  void Combine(const HllUnion& other) {
    allows_ = allows_ || other.allows_;
    if (other.sketch_) Take(*other.sketch_);
  }
  std::optional<std::string> Finish() const {
    return sketch_ ? sketch_->ToBytes() : HllSketch(kDefaultLgRegisters).ToBytes();
  }

 private:
  void Take(const HllSketch& other) {
    if (!sketch_) {
      sketch_ = other;
    } else {
      MergeChecked(*sketch_, other, allows_, "hll_union_agg");
    }
  }
  std::optional<HllSketch> sketch_;
  bool allows_ = false;
};

std::string Union(Bytes left, Bytes right, bool allows) {
  HllSketch sketch = Checked(left, "hll_union");
  MergeChecked(sketch, Checked(right, "hll_union"), allows, "hll_union");
  return sketch.ToBytes();
}

int64_t Estimate(Bytes bytes) {
  return std::llround(Checked(bytes, "hll_sketch_estimate").Estimate());
}

// The bytes of a BIGINT, which its hash is of.
std::string BytesOfLong(int64_t value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

}  // namespace

void RegisterHllKernels(duckdb::ExtensionLoader& loader) {
  LogicalType blob = LogicalType::BLOB, integer = LogicalType::INTEGER;
  LogicalType bigint = LogicalType::BIGINT, truth = LogicalType::BOOLEAN;
  loader.RegisterFunction(MakeKernel("spark_bytes_of_long", {bigint}, blob,
                                     Rowwise<std::string, int64_t>(BytesOfLong)));
  loader.RegisterFunction(
      MakeObjectAggregate<HllOfKeys>("spark_hll_sketch_agg", {blob, integer}, blob));
  loader.RegisterFunction(
      MakeObjectAggregate<HllUnion>("spark_hll_union_agg", {blob, truth}, blob));
  loader.RegisterFunction(MakeKernel("spark_hll_union", {blob, blob, truth}, blob,
                                     Rowwise<std::string, Bytes, Bytes, bool>(Union), true));
  loader.RegisterFunction(MakeKernel("spark_hll_sketch_estimate", {blob}, bigint,
                                     Rowwise<int64_t, Bytes>(Estimate), true));
}

}  // namespace pyrite::lower
