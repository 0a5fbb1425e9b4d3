// Arrays changed as wholes: an element put in, another order, sequences.

#include <algorithm>
#include <random>

#include "base/text/calendar.h"
#include "duckdb/common/vector_operations/vector_operations.hpp"
#include "lower/kernels/any.h"
#include "lower/kernels/element_keys.h"
#include "lower/kernels/error.h"
#include "lower/kernels/random.h"
#include "lower/kernels/size_budget.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;

// ---- array_insert

struct Insertion {
  idx_t place = 0;     // of the new element in the result
  idx_t before = 0;    // how many of the old elements stand before it
  idx_t after_at = 0;  // where the others start
  idx_t length = 0;
};

Insertion PlaceOf(int64_t position, idx_t length) {
  auto size = static_cast<int64_t>(length);
  Insertion made;
  if (position < 0 && -position > size) {  // far before the first: NULLs between
    made.after_at = static_cast<idx_t>(-position) - length;
    made.length = static_cast<idx_t>(-position);
    return made;
  }
  made.place = static_cast<idx_t>(position < 0 ? position + size + 1 : position - 1);
  made.before = std::min(made.place, length);
  made.after_at = made.place + 1;
  made.length = std::max(length + 1, made.place + 1);
  return made;
}

void Insert(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const auto lists = arguments.data[0].Values<list_entry_t>();
  const auto positions = arguments.data[1].Values<int32_t>();
  const Vector& elements = ListVector::GetChild(arguments.data[0]);
  idx_t rows = arguments.size(), total = 0;
  auto out = FlatVector::Writer<list_entry_t>(result, rows);
  std::vector<Insertion> insertions(rows);
  for (idx_t row = 0; row < rows; ++row) {
    if (!lists[row].IsValid() || !positions[row].IsValid()) {
      out.WriteNull();
      continue;
    }
    int32_t position = positions[row].GetValue();
    if (position == 0) ThrowSpark("INVALID_INDEX_OF_ZERO", {});
    insertions[row] = PlaceOf(position, lists[row].GetValue().length);
    idx_t length = insertions[row].length;
    if (length > static_cast<idx_t>(kMostElements)) {
      ThrowSpark("COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION",
                 {{"numberOfElements", std::to_string(length)},
                  {"maxRoundedArrayLength", std::to_string(kMostElements)},
                  {"functionName", "`array_insert`"}});
    }
    out.WriteValue(list_entry_t(total, length));
    total += length;
  }
  SizeBudget(state).Take(static_cast<Int128>(total) *
                         duckdb::GetTypeIdSize(elements.GetType().InternalType()));
  ListVector::Reserve(result, total);
  ListVector::SetListSize(result, total);
  Vector& target = ListVector::GetChildMutable(result);
  const auto copy = [&](const Vector& source, idx_t from, idx_t to, idx_t at) {
    if (from < to) duckdb::VectorOperations::Copy(source, target, to, from, at);
  };
  idx_t base = 0;
  for (idx_t row = 0; row < rows; ++row) {
    if (insertions[row].length == 0) continue;
    const Insertion& made = insertions[row];
    const list_entry_t& entry = lists[row].GetValue();
    for (idx_t i = 0; i < made.length; ++i) {
      bool old = i < made.before || (i >= made.after_at && i - made.after_at < entry.length);
      if (i != made.place && !old) FlatVector::SetNull(target, base + i, true);
    }
    copy(elements, entry.offset, entry.offset + made.before, base);
    copy(arguments.data[2], row, row + 1, base + made.place);
    copy(elements, entry.offset + made.before, entry.offset + entry.length, base + made.after_at);
    base += made.length;
  }
}

// ---- array_repeat

void RepeatElement(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const Vector& elements = arguments.data[0];
  const auto counts = arguments.data[1].Values<int32_t>();
  SizeBudget budget(state);
  constexpr idx_t kPlace = sizeof(duckdb::sel_t);
  idx_t size = duckdb::GetTypeIdSize(elements.GetType().InternalType()) + kPlace, total = 0;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!counts[row].IsValid() || counts[row].GetValue() <= 0) continue;
    CheckElementCount(counts[row].GetValue(), "array_repeat", "count");
    total += static_cast<idx_t>(counts[row].GetValue());
  }
  budget.Take(static_cast<Int128>(total) * size);
  ElementPicker picker(result, arguments.size(), total);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!counts[row].IsValid()) {
      picker.NullRow();
      continue;
    }
    for (int32_t i = 0; i < counts[row].GetValue(); ++i) picker.Pick(row);
    picker.EndRow();
  }
  picker.Finish(elements);
}

// ---- shuffle

void Shuffle(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const Vector& lists = arguments.data[0];
  const auto entries = lists.Values<list_entry_t>();
  MersenneTwister& random = RandomOf<MersenneTwister>(state, arguments.data[1]);
  ElementPicker picker(result, arguments.size(), ListVector::GetTotalEntryCount(lists));
  std::vector<idx_t> order;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!entries[row].IsValid()) {
      picker.NullRow();
      continue;
    }
    const list_entry_t& entry = entries[row].GetValue();
    order.resize(entry.length);
    for (idx_t i = 0; i < entry.length; ++i) {
      auto other = static_cast<idx_t>(random.NextInt(static_cast<int32_t>(i) + 1));
      order[i] = order[other];
      order[other] = i;
    }
    for (idx_t i : order) picker.Pick(entry.offset + i);
    picker.EndRow();
  }
  picker.Finish(ListVector::GetChild(lists));
}

// ---- sequences

[[noreturn]] void ThrowIllegalBounds(const std::string& start, const std::string& stop,
                                     const std::string& step) {
  ThrowJava("java.lang.IllegalArgumentException",
            "Illegal sequence boundaries: " + start + " to " + stop + " by " + step);
}

// A result vector of lists of fixed-size values.
template <class T>
class SequenceWriter {
 public:
  SequenceWriter(Vector& result, idx_t rows, duckdb::ExpressionState& state)
      : result_(result), lists_(FlatVector::Writer<list_entry_t>(result, rows)), budget_(state) {}
  // Before the first value of a row: how many may follow.
  void Expect(Int128 count) {
    CheckElementCount(count, "sequence", "count");
    budget_.Take(count * sizeof(T));
  }
  void Add(T value) { values_.push_back(value); }
  void EndRow() {
    lists_.WriteValue(list_entry_t(first_, values_.size() - first_));
    first_ = values_.size();
  }
  void NullRow() { lists_.WriteNull(); }
  void Finish() {
    ListVector::Reserve(result_, values_.size());
    ListVector::SetListSize(result_, values_.size());
    T* out = FlatVector::GetDataMutable<T>(ListVector::GetChildMutable(result_));
    std::copy(values_.begin(), values_.end(), out);
  }

 private:
  Vector& result_;
  duckdb::VectorWriter<list_entry_t> lists_;
  SizeBudget budget_;
  std::vector<T> values_;
  idx_t first_ = 0;
};

void NumberSequence(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const auto starts = arguments.data[0].Values<int64_t>();
  const auto stops = arguments.data[1].Values<int64_t>();
  const auto steps = arguments.data[2].Values<int64_t>();
  SequenceWriter<int64_t> out(result, arguments.size(), state);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!starts[row].IsValid() || !stops[row].IsValid() || !steps[row].IsValid()) {
      out.NullRow();
      continue;
    }
    int64_t start = starts[row].GetValue(), stop = stops[row].GetValue();
    int64_t step = steps[row].GetValue();
    if ((step == 0 && start != stop) || (step > 0 && start > stop) || (step < 0 && start < stop)) {
      ThrowIllegalBounds(std::to_string(start), std::to_string(stop), std::to_string(step));
    }
    if (step != 0) out.Expect((Int128{stop} - start) / step + 1);
    for (int64_t value = start; step >= 0 ? value <= stop : value >= stop;) {
      out.Add(value);
      if (step == 0 || __builtin_add_overflow(value, step, &value)) break;
    }
    out.EndRow();
  }
  out.Finish();
}

int64_t Stepped(int64_t start, int64_t months, int64_t micros) {
  if (months == 0) return start + micros;
  int64_t days = FloorDivide(start, kMicrosPerDay);
  int64_t rest = start - days * kMicrosPerDay;
  return AddMonthsToDays(days, months) * kMicrosPerDay + rest + micros;
}

// (start, stop, months, microseconds)
void MomentSequence(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const auto starts = arguments.data[0].Values<int64_t>();
  const auto stops = arguments.data[1].Values<int64_t>();
  const auto months_of = arguments.data[2].Values<int32_t>();
  const auto micros_of = arguments.data[3].Values<int64_t>();
  SequenceWriter<int64_t> out(result, arguments.size(), state);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!starts[row].IsValid() || !stops[row].IsValid() || !months_of[row].IsValid() ||
        !micros_of[row].IsValid()) {
      out.NullRow();
      continue;
    }
    int64_t start = starts[row].GetValue(), stop = stops[row].GetValue();
    int64_t months = months_of[row].GetValue(), micros = micros_of[row].GetValue();
    bool up = months > 0 || micros > 0, still = months == 0 && micros == 0;
    if ((still && start != stop) || (!still && (up ? start > stop : start < stop))) {
      ThrowIllegalBounds(std::to_string(start), std::to_string(stop),
                         std::to_string(months) + " months " + std::to_string(micros));
    }
    if (months == 0 && micros != 0) out.Expect((Int128{stop} - start) / micros + 1);
    for (int64_t i = 0;; ++i) {
      int64_t value = Stepped(start, i * months, i * micros);
      if (up ? value > stop : value < stop) break;
      out.Add(value);
      if (still) break;
    }
    out.EndRow();
  }
  out.Finish();
}

LogicalType AsFirst(const duckdb::vector<LogicalType>& types) { return types[0]; }
LogicalType ListOfFirst(const duckdb::vector<LogicalType>& types) {
  return LogicalType::LIST(types[0]);
}

}  // namespace

void RegisterArrayKernels(duckdb::ExtensionLoader& loader) {
  loader.RegisterFunction(MakeAnyKernel<AsFirst>("spark_array_insert", 3, Insert, true));
  loader.RegisterFunction(MakeAnyKernel<ListOfFirst>("spark_array_repeat", 2, RepeatElement, true));
  auto shuffle = MakeAnyKernel<AsFirst>("spark_shuffle", 2, Shuffle);
  MakeRandom<MersenneTwister, AsFirst>(shuffle);
  loader.RegisterFunction(std::move(shuffle));
  LogicalType bigint = LogicalType::BIGINT;
  loader.RegisterFunction(MakeKernel("spark_sequence", {bigint, bigint, bigint},
                                     LogicalType::LIST(bigint), NumberSequence, true));
  for (const LogicalType& moment :
       {LogicalType(LogicalType::TIMESTAMP), LogicalType(LogicalType::TIMESTAMP_TZ)}) {
    loader.RegisterFunction(MakeKernel("spark_moment_sequence",
                                       {moment, moment, LogicalType::INTEGER, bigint},
                                       LogicalType::LIST(moment), MomentSequence, true));
  }
}

}  // namespace pyrite::lower
