// KLL sketches of BIGINT, FLOAT and DOUBLE: made, merged, and asked for ranks and quantiles.

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/object_aggregate.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/sketch/kll_sketch.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;
using Bytes = std::string_view;

template <class T>
struct Family;
template <>
struct Family<int64_t> {
  static constexpr char kSuffix[] = "_bigint", kJava[] = "Longs";
  static LogicalType Type() { return LogicalType::BIGINT; }
};
template <>
struct Family<float> {
  static constexpr char kSuffix[] = "_float", kJava[] = "Floats";
  static LogicalType Type() { return LogicalType::FLOAT; }
};
template <>
struct Family<double> {
  static constexpr char kSuffix[] = "_double", kJava[] = "Doubles";
  static LogicalType Type() { return LogicalType::DOUBLE; }
};

template <class T>
std::string Named(const char* function) {
  return std::string(function) + Family<T>::kSuffix;
}

int CheckedSize(int32_t k, const std::string& function) {
  constexpr int kLeast = 8, kMost = 65535;
  if (k < kLeast || k > kMost) {
    ThrowSpark("KLL_SKETCH_K_OUT_OF_RANGE",
               {{"functionName", "`" + function + "`"}, {"k", std::to_string(k)}});
  }
  return k;
}

template <class T>
KllSketch<T> Checked(Bytes bytes, const std::string& function) {
  if (auto sketch = KllSketch<T>::Read(bytes)) return *std::move(sketch);
  ThrowSpark("KLL_INVALID_INPUT_SKETCH_BUFFER", {{"function", "`" + function + "`"}});
}

// (value, k)
template <class T>
class KllOfValues {
 public:
  void Update(const AggregateRow& row) {
    if (!sketch_) sketch_.emplace(CheckedSize(row.Get<int32_t>(1), Named<T>("kll_sketch_agg")));
    if (!row.IsNull(0)) sketch_->Update(row.Get<T>(0));
  }
  void Combine(const KllOfValues& other) { sketch_->Merge(*other.sketch_); }
  std::optional<std::string> Finish() const {
    return sketch_ ? sketch_->ToBytes() : KllSketch<T>().ToBytes();
  }

 private:
  std::optional<KllSketch<T>> sketch_;
};

// (sketch, k or NULL: as the first sketch has it)
template <class T>
class KllMerge {
 public:
  void Update(const AggregateRow& row) {
    std::string name = Named<T>("kll_merge_agg");
    if (!sketch_ && !row.IsNull(1)) sketch_.emplace(CheckedSize(row.Get<int32_t>(1), name));
    if (row.IsNull(0)) return;
    KllSketch<T> other = Checked<T>(row.Bytes(0), name);
    if (!sketch_) sketch_.emplace(other.k());
    sketch_->Merge(other);
  }
  void Combine(const KllMerge& other) {
    if (!other.sketch_) return;
    if (!sketch_) sketch_.emplace(other.sketch_->k());
    sketch_->Merge(*other.sketch_);
  }
  std::optional<std::string> Finish() const {
    return sketch_ ? sketch_->ToBytes() : KllSketch<T>().ToBytes();
  }

 private:
  std::optional<KllSketch<T>> sketch_;
};

template <class T>
std::string Merged(Bytes left, Bytes right) {
  std::string name = Named<T>("kll_sketch_merge");
  KllSketch<T> sketch = Checked<T>(left, name);
  sketch.Merge(Checked<T>(right, name));
  return sketch.ToBytes();
}

template <class T>
int64_t Count(Bytes bytes) {
  return Checked<T>(bytes, Named<T>("kll_sketch_get_n")).count();
}

template <class T>
std::string Text(Bytes bytes) {
  return Checked<T>(bytes, Named<T>("kll_sketch_to_string")).ToText(Family<T>::kJava);
}

template <class T>
struct RankOf {
  using Argument = T;
  using Result = double;
  static constexpr char kName[] = "kll_sketch_get_rank";
  static double Ask(const KllSketch<T>& sketch, T value) { return sketch.RankOf(value); }
  static LogicalType ArgumentType() { return Family<T>::Type(); }
  static LogicalType ResultType() { return LogicalType::DOUBLE; }
};

template <class T>
struct QuantileAt {
  using Argument = double;
  using Result = T;
  static constexpr char kName[] = "kll_sketch_get_quantile";
  static T Ask(const KllSketch<T>& sketch, double rank) {
    if (!(rank >= 0 && rank <= 1)) {
      ThrowSpark("KLL_SKETCH_INVALID_QUANTILE_RANGE",
                 {{"functionName", "`" + Named<T>(kName) + "`"}});
    }
    return sketch.QuantileAt(rank);
  }
  static LogicalType ArgumentType() { return LogicalType::DOUBLE; }
  static LogicalType ResultType() { return Family<T>::Type(); }
};

// An empty sketch has no answers, and is refused.
template <class T>
KllSketch<T> CheckedFull(Bytes bytes, const std::string& function) {
  KllSketch<T> sketch = Checked<T>(bytes, function);
  if (!sketch.IsEmpty()) return sketch;
  ThrowSpark("KLL_INVALID_INPUT_SKETCH_BUFFER", {{"function", "`" + function + "`"}});
}

template <class T, class Question>
typename Question::Result AskOne(Bytes bytes, typename Question::Argument asked) {
  return Question::Ask(CheckedFull<T>(bytes, Named<T>(Question::kName)), asked);
}

// (sketch, array of what is asked)
template <class T, class Question>
void AskMany(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto sketches = arguments.data[0].Values<duckdb::string_t>();
  const auto lists = arguments.data[1].Values<list_entry_t>();
  const auto asked =
      ListVector::GetChild(arguments.data[1]).template Values<typename Question::Argument>();
  auto out = FlatVector::Writer<list_entry_t>(result, arguments.size());
  std::vector<std::optional<typename Question::Result>> answers;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!sketches[row].IsValid() || !lists[row].IsValid()) {
      out.WriteNull();
      continue;
    }
    const duckdb::string_t bytes = sketches[row].GetValue();
    KllSketch<T> sketch = CheckedFull<T>(Storage<Bytes>::Read(bytes), Named<T>(Question::kName));
    const list_entry_t& entry = lists[row].GetValue();
    out.WriteValue(list_entry_t(answers.size(), entry.length));
    for (idx_t i = entry.offset; i < entry.offset + entry.length; ++i) {
      answers.push_back(asked[i].IsValid()
                            ? std::optional(Question::Ask(sketch, asked[i].GetValue()))
                            : std::nullopt);
    }
  }
  ListVector::Reserve(result, answers.size());
  ListVector::SetListSize(result, answers.size());
  Vector& child = ListVector::GetChildMutable(result);
  auto* values = FlatVector::GetDataMutable<typename Question::Result>(child);
  for (idx_t i = 0; i < answers.size(); ++i) {
    if (answers[i]) {
      values[i] = *answers[i];
    } else {
      FlatVector::SetNull(child, i, true);
    }
  }
}

template <class T, class Question>
void RegisterQuestion(duckdb::ExtensionLoader& loader) {
  using Argument = typename Question::Argument;
  using Result = typename Question::Result;
  std::string name = "spark_" + Named<T>(Question::kName);
  LogicalType blob = LogicalType::BLOB;
  LogicalType argument = Question::ArgumentType(), result = Question::ResultType();
  loader.RegisterFunction(MakeKernel(name.c_str(), {blob, argument}, result,
                                     Rowwise<Result, Bytes, Argument>(AskOne<T, Question>), true));
  auto many = MakeKernel(name.c_str(), {blob, LogicalType::LIST(argument)},
                         LogicalType::LIST(result), AskMany<T, Question>, true);
  many.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  loader.RegisterFunction(std::move(many));
}

template <class T>
void RegisterFamily(duckdb::ExtensionLoader& loader) {
  LogicalType blob = LogicalType::BLOB, integer = LogicalType::INTEGER;
  const auto name = [](const char* function) { return "spark_" + Named<T>(function); };
  loader.RegisterFunction(MakeObjectAggregate<KllOfValues<T>>(name("kll_sketch_agg").c_str(),
                                                              {Family<T>::Type(), integer}, blob));
  loader.RegisterFunction(
      MakeObjectAggregate<KllMerge<T>>(name("kll_merge_agg").c_str(), {blob, integer}, blob));
  loader.RegisterFunction(MakeKernel(name("kll_sketch_merge").c_str(), {blob, blob}, blob,
                                     Rowwise<std::string, Bytes, Bytes>(Merged<T>), true));
  loader.RegisterFunction(MakeKernel(name("kll_sketch_get_n").c_str(), {blob}, LogicalType::BIGINT,
                                     Rowwise<int64_t, Bytes>(Count<T>), true));
  loader.RegisterFunction(MakeKernel(name("kll_sketch_to_string").c_str(), {blob},
                                     LogicalType::VARCHAR, Rowwise<std::string, Bytes>(Text<T>),
                                     true));
  RegisterQuestion<T, RankOf<T>>(loader);
  RegisterQuestion<T, QuantileAt<T>>(loader);
}

}  // namespace

void RegisterKllKernels(duckdb::ExtensionLoader& loader) {
  RegisterFamily<int64_t>(loader);
  RegisterFamily<float>(loader);
  RegisterFamily<double>(loader);
}

}  // namespace pyrite::lower
