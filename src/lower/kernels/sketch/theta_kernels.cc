// Theta sketches: how many different keys there are, and in unions, intersections and differences.

#include <cmath>

#include "duckdb/common/vector/list_vector.hpp"
#include "lower/kernels/object_aggregate.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/sketch/bytes.h"
#include "lower/kernels/sketch/hash_sketch.h"
#include "lower/kernels/sketch/sketch_arguments.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Bytes = std::string_view;
using Theta = HashSketch<NoSummary>;
using ThetaBuilder = HashSketchBuilder<NoSummary>;

// ---- keys

int64_t HashOfLong(int64_t key) {
  return static_cast<int64_t>(HashOfKey({reinterpret_cast<const char*>(&key), sizeof(key)}));
}

int64_t HashOfDouble(double key) {
  if (key == 0) key = 0;  // not -0
  if (std::isnan(key)) key = std::numeric_limits<double>::quiet_NaN();
  int64_t bits = 0;
  std::memcpy(&bits, &key, sizeof(bits));
  return HashOfLong(bits);
}

int64_t HashOfBytes(Bytes key) { return static_cast<int64_t>(HashOfKey(key)); }

template <class T>
void HashLists(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  const auto lists = arguments.data[0].Values<duckdb::list_entry_t>();
  const auto elements = duckdb::ListVector::GetChild(arguments.data[0]).template Values<T>();
  auto out = duckdb::FlatVector::Writer<int64_t>(result, arguments.size());
  for (duckdb::idx_t row = 0; row < arguments.size(); ++row) {
    if (!lists[row].IsValid()) {
      out.WriteNull();
      continue;
    }
    const auto& entry = lists[row].GetValue();
    std::string bytes;
    for (duckdb::idx_t i = 0; i < entry.length; ++i) {
      const auto element = elements[entry.offset + i];
      AppendLittle(bytes, element.IsValid() ? element.GetValue() : T{});
    }
    out.WriteValue(HashOfBytes(bytes));
  }
}

// ---- aggregates

// (hash, lg of the entries)
class ThetaOfKeys {
 public:
  void Update(const AggregateRow& row) {
    if (!builder_)
      builder_.emplace(CheckedLgEntries(row.Get<int32_t>(1), "theta_sketch_agg"), kMode);
    if (row.IsNull(0)) return;
    auto hash = static_cast<uint64_t>(row.Get<int64_t>(0));
    if (hash != 0) builder_->Add(hash, {});
  }
  void Combine(const ThetaOfKeys& other) { builder_->Merge(*other.builder_); }
  std::optional<std::string> Finish() const {
    return builder_ ? builder_->Finish().ToBytes() : Theta().ToBytes();
  }

 private:
  static constexpr SummaryMode kMode = SummaryMode::kSum;
  std::optional<ThetaBuilder> builder_;
};

// (sketch, lg of the entries)
class ThetaUnion {
 public:
  void Update(const AggregateRow& row) {
    constexpr char kName[] = "theta_union_agg";
    if (!builder_)
      builder_.emplace(CheckedLgEntries(row.Get<int32_t>(1), kName), SummaryMode::kSum);
    if (!row.IsNull(0)) builder_->Merge(CheckedSketch<NoSummary>(row.Bytes(0), kName));
  }
  void Combine(const ThetaUnion& other) { builder_->Merge(*other.builder_); }
  std::optional<std::string> Finish() const {
    return builder_ ? builder_->Finish().ToBytes() : Theta().ToBytes();
  }

 private:
  std::optional<ThetaBuilder> builder_;
};

class ThetaIntersection {
 public:
  void Update(const AggregateRow& row) {
    if (!row.IsNull(0)) Take(CheckedSketch<NoSummary>(row.Bytes(0), "theta_intersection_agg"));
  }
  void Combine(const ThetaIntersection& other) {
    if (other.sketch_) Take(*other.sketch_);
  }
  std::optional<std::string> Finish() const {
    if (!sketch_) ThrowNothingToIntersect();
    return sketch_->ToBytes();
  }

 private:
  void Take(Theta other) {
    sketch_ = sketch_ ? Intersected(*sketch_, other, SummaryMode::kSum) : std::move(other);
  }
  std::optional<Theta> sketch_;
};

// ---- scalars

int64_t Estimate(Bytes bytes) {
  return std::llround(CheckedSketch<NoSummary>(bytes, "theta_sketch_estimate").Estimate());
}

std::string Union(Bytes left, Bytes right, int32_t lg_entries) {
  constexpr char kName[] = "theta_union";
  ThetaBuilder builder(CheckedLgEntries(lg_entries, kName), SummaryMode::kSum);
  builder.Merge(CheckedSketch<NoSummary>(left, kName));
  builder.Merge(CheckedSketch<NoSummary>(right, kName));
  return builder.Finish().ToBytes();
}

std::string Intersection(Bytes left, Bytes right) {
  constexpr char kName[] = "theta_intersection";
  return Intersected(CheckedSketch<NoSummary>(left, kName), CheckedSketch<NoSummary>(right, kName),
                     SummaryMode::kSum)
      .ToBytes();
}

std::string Difference(Bytes left, Bytes right) {
  constexpr char kName[] = "theta_difference";
  return Subtracted(CheckedSketch<NoSummary>(left, kName), CheckedSketch<NoSummary>(right, kName))
      .ToBytes();
}

}  // namespace

void RegisterThetaKernels(duckdb::ExtensionLoader& loader) {
  LogicalType blob = LogicalType::BLOB, bigint = LogicalType::BIGINT;
  LogicalType integer = LogicalType::INTEGER;
  const auto hash = [&](const LogicalType& key, duckdb::scalar_function_t function) {
    loader.RegisterFunction(MakeKernel("spark_sketch_hash", {key}, bigint, std::move(function)));
  };
  hash(bigint, Rowwise<int64_t, int64_t>(HashOfLong));
  hash(LogicalType::DOUBLE, Rowwise<int64_t, double>(HashOfDouble));
  hash(LogicalType::VARCHAR, Rowwise<int64_t, Bytes>(HashOfBytes));
  hash(blob, Rowwise<int64_t, Bytes>(HashOfBytes));
  hash(LogicalType::LIST(integer), HashLists<int32_t>);
  hash(LogicalType::LIST(bigint), HashLists<int64_t>);
  loader.RegisterFunction(
      MakeObjectAggregate<ThetaOfKeys>("spark_theta_sketch_agg", {bigint, integer}, blob));
  loader.RegisterFunction(
      MakeObjectAggregate<ThetaUnion>("spark_theta_union_agg", {blob, integer}, blob));
  loader.RegisterFunction(
      MakeObjectAggregate<ThetaIntersection>("spark_theta_intersection_agg", {blob}, blob));
  loader.RegisterFunction(MakeKernel("spark_theta_sketch_estimate", {blob}, bigint,
                                     Rowwise<int64_t, Bytes>(Estimate), true));
  loader.RegisterFunction(MakeKernel("spark_theta_union", {blob, blob, integer}, blob,
                                     Rowwise<std::string, Bytes, Bytes, int32_t>(Union), true));
  loader.RegisterFunction(MakeKernel("spark_theta_intersection", {blob, blob}, blob,
                                     Rowwise<std::string, Bytes, Bytes>(Intersection), true));
  loader.RegisterFunction(MakeKernel("spark_theta_difference", {blob, blob}, blob,
                                     Rowwise<std::string, Bytes, Bytes>(Difference), true));
}

}  // namespace pyrite::lower
