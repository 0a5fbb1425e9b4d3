// Arrays as sets, in the order of first occurrences, in linear time.

#include "lower/kernels/any.h"
#include "lower/kernels/element_keys.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;

void Distinct(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const Vector& lists = arguments.data[0];
  const Vector& elements = ListVector::GetChild(lists);
  const auto entries = lists.Values<list_entry_t>();
  ElementKeys keys(elements);
  ElementPicker picker(result, arguments.size(), ListVector::GetTotalEntryCount(lists));
  KeySet seen;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!entries[row].IsValid()) {
      picker.NullRow();
      continue;
    }
    const list_entry_t& entry = entries[row].GetValue();
    seen.Reset(entry.length);
    for (idx_t at = entry.offset; at < entry.offset + entry.length; ++at) {
      if (seen.Add(keys[at], at) == at) picker.Pick(at);
    }
    picker.EndRow();
  }
  picker.Finish(elements);
}

// The different elements of the first that the second has (or lacks).
template <bool held>
void Restrict(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const Vector& lists = arguments.data[0];
  const Vector& elements = ListVector::GetChild(lists);
  const auto entries = lists.Values<list_entry_t>();
  const auto others = arguments.data[1].Values<list_entry_t>();
  ElementKeys keys(elements), other_keys(ListVector::GetChild(arguments.data[1]));
  ElementPicker picker(result, arguments.size(), ListVector::GetTotalEntryCount(lists));
  KeySet seen, second;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!entries[row].IsValid() || !others[row].IsValid()) {
      picker.NullRow();
      continue;
    }
    const list_entry_t &entry = entries[row].GetValue(), &other = others[row].GetValue();
    second.Reset(other.length);
    for (idx_t at = other.offset; at < other.offset + other.length; ++at) {
      second.Add(other_keys[at], at);
    }
    seen.Reset(entry.length);
    for (idx_t at = entry.offset; at < entry.offset + entry.length; ++at) {
      if ((second.Get(keys[at]) != KeySet::kNone) != held) continue;
      if (seen.Add(keys[at], at) == at) picker.Pick(at);
    }
    picker.EndRow();
  }
  picker.Finish(elements);
}

// NULL when no value is in both, but a NULL might be one.
void Overlap(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto entries = arguments.data[0].Values<list_entry_t>();
  const auto others = arguments.data[1].Values<list_entry_t>();
  ElementKeys keys(ListVector::GetChild(arguments.data[0]));
  ElementKeys other_keys(ListVector::GetChild(arguments.data[1]));
  auto out = duckdb::FlatVector::Writer<bool>(result, arguments.size());
  KeySet second;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!entries[row].IsValid() || !others[row].IsValid()) {
      out.WriteNull();
      continue;
    }
    const list_entry_t &entry = entries[row].GetValue(), &other = others[row].GetValue();
    bool has_null = false, found = false;
    second.Reset(other.length);
    for (idx_t at = other.offset; at < other.offset + other.length; ++at) {
      if (other_keys.IsNull(at)) {
        has_null = true;
      } else {
        second.Add(other_keys[at], at);
      }
    }
    for (idx_t at = entry.offset; at < entry.offset + entry.length && !found; ++at) {
      if (keys.IsNull(at)) {
        has_null = true;
      } else {
        found = second.Get(keys[at]) != KeySet::kNone;
      }
    }
    if (!found && has_null && entry.length > 0 && other.length > 0) {
      out.WriteNull();
    } else {
      out.WriteValue(found);
    }
  }
}

LogicalType AsFirst(const duckdb::vector<LogicalType>& types) { return types[0]; }
LogicalType Boolean(const duckdb::vector<LogicalType>&) { return LogicalType::BOOLEAN; }

}  // namespace

void RegisterArraySetKernels(duckdb::ExtensionLoader& loader) {
  loader.RegisterFunction(MakeAnyKernel<AsFirst>("spark_array_distinct", 1, Distinct));
  loader.RegisterFunction(MakeAnyKernel<AsFirst>("spark_array_intersect", 2, Restrict<true>));
  loader.RegisterFunction(MakeAnyKernel<AsFirst>("spark_array_except", 2, Restrict<false>));
  loader.RegisterFunction(MakeAnyKernel<Boolean>("spark_arrays_overlap", 2, Overlap));
}

}  // namespace pyrite::lower
