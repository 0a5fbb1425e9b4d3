// Tuple sketches: theta sketches with a number for each key, DOUBLE or INT.

#include "lower/kernels/object_aggregate.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/sketch/hash_sketch.h"
#include "lower/kernels/sketch/sketch_arguments.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Bytes = std::string_view;

// How functions over summaries of a type are called, and what the sum of summaries is.
template <class S>
struct Family;
template <>
struct Family<double> {
  using Total = double;
  static constexpr char kSuffix[] = "_double";
  static LogicalType Summary() { return LogicalType::DOUBLE; }
  static LogicalType TotalType() { return LogicalType::DOUBLE; }
};
template <>
struct Family<int32_t> {
  using Total = int64_t;
  static constexpr char kSuffix[] = "_integer";
  static LogicalType Summary() { return LogicalType::INTEGER; }
  static LogicalType TotalType() { return LogicalType::BIGINT; }
};

template <class S>
std::string Named(const char* function) {
  return std::string(function) + Family<S>::kSuffix;
}

// (hash, summary, lg of the entries, mode)
template <class S>
class TupleOfKeys {
 public:
  void Update(const AggregateRow& row) {
    if (!builder_) {
      std::string name = Named<S>("tuple_sketch_agg");
      builder_.emplace(CheckedLgEntries(row.Get<int32_t>(2), name),
                       CheckedMode(row.Bytes(3), name));
    }
    if (row.IsNull(0) || row.IsNull(1)) return;
    auto hash = static_cast<uint64_t>(row.Get<int64_t>(0));
    if (hash != 0) builder_->Add(hash, row.Get<S>(1));
  }
  void Combine(const TupleOfKeys& other) { builder_->Merge(*other.builder_); }
  std::optional<std::string> Finish() const {
    return builder_ ? builder_->Finish().ToBytes() : HashSketch<S>().ToBytes();
  }

 private:
  std::optional<HashSketchBuilder<S>> builder_;
};

// (sketch, lg of the entries, mode)
template <class S>
class TupleUnion {
 public:
  void Update(const AggregateRow& row) {
    std::string name = Named<S>("tuple_union_agg");
    if (!builder_) {
      builder_.emplace(CheckedLgEntries(row.Get<int32_t>(1), name),
                       CheckedMode(row.Bytes(2), name));
    }
    if (!row.IsNull(0)) builder_->Merge(CheckedSketch<S>(row.Bytes(0), name));
  }
  void Combine(const TupleUnion& other) { builder_->Merge(*other.builder_); }
  std::optional<std::string> Finish() const {
    return builder_ ? builder_->Finish().ToBytes() : HashSketch<S>().ToBytes();
  }

 private:
  std::optional<HashSketchBuilder<S>> builder_;
};

// (sketch, mode)
template <class S>
class TupleIntersection {
 public:
  void Update(const AggregateRow& row) {
    std::string name = Named<S>("tuple_intersection_agg");
    mode_ = CheckedMode(row.Bytes(1), name);
    if (!row.IsNull(0)) Take(CheckedSketch<S>(row.Bytes(0), name));
  }
  void Combine(const TupleIntersection& other) {
    if (other.sketch_) Take(*other.sketch_);
  }
  std::optional<std::string> Finish() const {
    if (!sketch_) ThrowNothingToIntersect();
    return sketch_->ToBytes();
  }

 private:
  void Take(HashSketch<S> other) {
    sketch_ = sketch_ ? Intersected(*sketch_, other, mode_) : std::move(other);
  }
  std::optional<HashSketch<S>> sketch_;
  SummaryMode mode_ = SummaryMode::kSum;
};

template <class S>
double Estimate(Bytes bytes) {
  return CheckedSketch<S>(bytes, Named<S>("tuple_sketch_estimate")).Estimate();
}

template <class S>
double ThetaOf(Bytes bytes) {
  return CheckedSketch<S>(bytes, Named<S>("tuple_sketch_theta")).Theta();
}

template <class S>
std::optional<typename Family<S>::Total> Summary(Bytes bytes, Bytes mode_name) {
  using Total = typename Family<S>::Total;
  std::string name = Named<S>("tuple_sketch_summary");
  HashSketch<S> sketch = CheckedSketch<S>(bytes, name);
  SummaryMode mode = CheckedMode(mode_name, name);
  std::optional<Total> total;
  for (const auto& entry : sketch.entries) {
    auto value = FirstSummary(static_cast<Total>(entry.summary), mode);
    total = total ? Summarized(*total, value, mode) : value;
    if (mode == SummaryMode::kAlwaysOne) total = static_cast<Total>(1);
  }
  return total ? total : std::optional(NeutralSummary<Total>(mode));
}

// A sketch of the same summaries, or of keys alone.
template <class S, class Other>
HashSketch<S> SecondOf(Bytes bytes, const std::string& name, SummaryMode mode) {
  if constexpr (std::is_same_v<S, Other>) {
    return CheckedSketch<S>(bytes, name);
  } else {
    return WithSummaries<S>(CheckedSketch<Other>(bytes, name), mode);
  }
}

template <class S, class Other>
std::string NameWith(const char* function) {
  constexpr bool kSame = std::is_same_v<S, Other>;
  return Named<S>((std::string(function) + (kSame ? "" : "_theta")).c_str());
}

template <class S, class Other>
std::string Union(Bytes left, Bytes right, int32_t lg_entries, Bytes mode_name) {
  std::string name = NameWith<S, Other>("tuple_union");
  SummaryMode mode = CheckedMode(mode_name, name);
  HashSketchBuilder<S> builder(CheckedLgEntries(lg_entries, name), mode);
  builder.Merge(CheckedSketch<S>(left, name));
  builder.Merge(SecondOf<S, Other>(right, name, mode));
  return builder.Finish().ToBytes();
}

template <class S, class Other>
std::string Intersection(Bytes left, Bytes right, Bytes mode_name) {
  std::string name = NameWith<S, Other>("tuple_intersection");
  SummaryMode mode = CheckedMode(mode_name, name);
  return Intersected(CheckedSketch<S>(left, name), SecondOf<S, Other>(right, name, mode), mode)
      .ToBytes();
}

template <class S, class Other>
std::string Difference(Bytes left, Bytes right) {
  std::string name = NameWith<S, Other>("tuple_difference");
  return Subtracted(CheckedSketch<S>(left, name), CheckedSketch<Other>(right, name)).ToBytes();
}

template <class S, class Other>
void RegisterPairs(duckdb::ExtensionLoader& loader) {
  LogicalType blob = LogicalType::BLOB, text = LogicalType::VARCHAR;
  const auto name = [](const char* function) { return "spark_" + NameWith<S, Other>(function); };
  loader.RegisterFunction(
      MakeKernel(name("tuple_union").c_str(), {blob, blob, LogicalType::INTEGER, text}, blob,
                 Rowwise<std::string, Bytes, Bytes, int32_t, Bytes>(Union<S, Other>), true));
  loader.RegisterFunction(
      MakeKernel(name("tuple_intersection").c_str(), {blob, blob, text}, blob,
                 Rowwise<std::string, Bytes, Bytes, Bytes>(Intersection<S, Other>), true));
  loader.RegisterFunction(MakeKernel(name("tuple_difference").c_str(), {blob, blob}, blob,
                                     Rowwise<std::string, Bytes, Bytes>(Difference<S, Other>),
                                     true));
}

template <class S>
void RegisterFamily(duckdb::ExtensionLoader& loader) {
  LogicalType blob = LogicalType::BLOB, text = LogicalType::VARCHAR;
  LogicalType integer = LogicalType::INTEGER, number = LogicalType::DOUBLE;
  const auto name = [](const char* function) { return "spark_" + Named<S>(function); };
  loader.RegisterFunction(MakeObjectAggregate<TupleOfKeys<S>>(
      name("tuple_sketch_agg").c_str(), {LogicalType::BIGINT, Family<S>::Summary(), integer, text},
      blob));
  loader.RegisterFunction(MakeObjectAggregate<TupleUnion<S>>(name("tuple_union_agg").c_str(),
                                                             {blob, integer, text}, blob));
  loader.RegisterFunction(MakeObjectAggregate<TupleIntersection<S>>(
      name("tuple_intersection_agg").c_str(), {blob, text}, blob));
  loader.RegisterFunction(MakeKernel(name("tuple_sketch_estimate").c_str(), {blob}, number,
                                     Rowwise<double, Bytes>(Estimate<S>), true));
  loader.RegisterFunction(MakeKernel(name("tuple_sketch_theta").c_str(), {blob}, number,
                                     Rowwise<double, Bytes>(ThetaOf<S>), true));
  loader.RegisterFunction(
      MakeKernel(name("tuple_sketch_summary").c_str(), {blob, text}, Family<S>::TotalType(),
                 Rowwise<typename Family<S>::Total, Bytes, Bytes>(Summary<S>), true));
  RegisterPairs<S, S>(loader);
  RegisterPairs<S, NoSummary>(loader);
}

}  // namespace

void RegisterTupleKernels(duckdb::ExtensionLoader& loader) {
  RegisterFamily<double>(loader);
  RegisterFamily<int32_t>(loader);
}

}  // namespace pyrite::lower
