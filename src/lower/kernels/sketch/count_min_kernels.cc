// count_min_sketch: how often each value came, never too few, in the bytes of Spark's own sketch.

#include <cmath>
#include <cstdlib>
#include <limits>

#include "lower/kernels/java_random.h"
#include "lower/kernels/object_aggregate.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;

template <class T>
void AppendBig(std::string& out, T value) {
  for (size_t i = sizeof(T); i > 0; --i) out += static_cast<char>(value >> (8 * (i - 1)));
}

class CountMin {
 public:
  CountMin(double share, double confidence, int32_t seed)
      : depth_(static_cast<int32_t>(std::ceil(-std::log1p(-confidence) / std::log(2)))),
        width_(static_cast<int32_t>(std::ceil(2 / share))),
        table_(static_cast<size_t>(depth_) * static_cast<size_t>(width_)) {
    JavaRandom random(seed);
    for (int32_t i = 0; i < depth_; ++i) {
      factors_.push_back(random.NextInt(std::numeric_limits<int32_t>::max()));
    }
  }

  void AddLong(int64_t value) {
    constexpr int64_t kPrime = (int64_t{1} << 31) - 1;
    for (int32_t row = 0; row < depth_; ++row) {
      auto product = static_cast<int64_t>(
          static_cast<uint64_t>(factors_[static_cast<size_t>(row)]) * static_cast<uint64_t>(value));
      auto hash = static_cast<int64_t>(static_cast<uint64_t>(product) +
                                       static_cast<uint64_t>(product >> 32));
      Count(row, static_cast<int32_t>(hash & kPrime) % width_);
    }
  }
  void AddHashes(int32_t first, int32_t second) {
    for (int32_t row = 0; row < depth_; ++row) {
      auto hash = static_cast<int32_t>(static_cast<uint32_t>(first) +
                                       static_cast<uint32_t>(row) * static_cast<uint32_t>(second));
      Count(row, std::abs(hash % width_));
    }
  }
  void Merge(const CountMin& other) {
    for (size_t i = 0; i < table_.size(); ++i) table_[i] += other.table_[i];
    total_ += other.total_;
  }
  std::string ToBytes() const {
    constexpr int32_t kVersion = 1;
    std::string out;
    AppendBig(out, kVersion);
    AppendBig(out, total_);
    AppendBig(out, depth_);
    AppendBig(out, width_);
    for (int64_t factor : factors_) AppendBig(out, factor);
    for (int64_t count : table_) AppendBig(out, count);
    return out;
  }

 private:
  void Count(int32_t row, int32_t place) {
    ++table_[static_cast<size_t>(row) * static_cast<size_t>(width_) + static_cast<size_t>(place)];
    if (row == 0) ++total_;
  }

  int32_t depth_, width_;
  int64_t total_ = 0;
  std::vector<int64_t> factors_, table_;
};

// (value..., share of error, confidence, seed): a BIGINT, or two hashes of bytes.
template <bool hashed>
class CountMinOfValues {
 public:
  void Update(const AggregateRow& row) {
    constexpr size_t kValues = hashed ? 2 : 1;
    if (!sketch_) {
      sketch_.emplace(row.Get<double>(kValues), row.Get<double>(kValues + 1),
                      row.Get<int32_t>(kValues + 2));
    }
    if (row.IsNull(0)) return;
    if constexpr (hashed) {
      sketch_->AddHashes(row.Get<int32_t>(0), row.Get<int32_t>(1));
    } else {
      sketch_->AddLong(row.Get<int64_t>(0));
    }
  }
  void Combine(const CountMinOfValues& other) { sketch_->Merge(*other.sketch_); }
  std::optional<std::string> Finish() const {
    return sketch_ ? std::optional(sketch_->ToBytes()) : std::nullopt;
  }

 private:
  std::optional<CountMin> sketch_;
};

}  // namespace

void RegisterCountMinKernels(duckdb::ExtensionLoader& loader) {
  LogicalType blob = LogicalType::BLOB, integer = LogicalType::INTEGER;
  LogicalType number = LogicalType::DOUBLE;
  loader.RegisterFunction(MakeObjectAggregate<CountMinOfValues<false>>(
      "spark_count_min_sketch", {LogicalType::BIGINT, number, number, integer}, blob));
  loader.RegisterFunction(MakeObjectAggregate<CountMinOfValues<true>>(
      "spark_count_min_sketch_hashed", {integer, integer, number, number, integer}, blob));
}

}  // namespace pyrite::lower
