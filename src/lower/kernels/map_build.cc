// Maps out of keys and values: no key is NULL, and none stands twice.

#include "duckdb/common/vector/map_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "duckdb/common/vector_operations/vector_operations.hpp"
#include "lower/kernels/any.h"
#include "lower/kernels/element_keys.h"
#include "lower/kernels/error.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;

class MapBuilder {
 public:
  MapBuilder(const Vector& keys, const Vector& values, Vector& result, idx_t rows, idx_t most,
             bool last_wins)
      : keys_(keys),
        values_(values),
        result_(result),
        sort_keys_(keys),
        maps_(duckdb::FlatVector::Writer<list_entry_t>(result, rows)),
        key_places_(std::max<idx_t>(most, 1)),
        value_places_(std::max<idx_t>(most, 1)),
        last_wins_(last_wins) {}

  void BeginRow(idx_t most) { seen_.Reset(most); }
  void Add(idx_t key, idx_t value) {
    if (sort_keys_.IsNull(key)) ThrowSpark("NULL_MAP_KEY", {});
    idx_t place = seen_.Add(sort_keys_[key], next_);
    if (place != next_) {
      if (!last_wins_) {
        ThrowSpark("DUPLICATED_MAP_KEY",
                   {{"key", keys_.GetValue(key).ToString()},
                    {"mapKeyDedupPolicy", "\"spark.sql.mapKeyDedupPolicy\""}});
      }
      value_places_.set_index(place, value);
      return;
    }
    key_places_.set_index(next_, key);
    value_places_.set_index(next_++, value);
  }
  void EndRow() {
    maps_.WriteValue(list_entry_t(first_, next_ - first_));
    first_ = next_;
  }
  void NullRow() { maps_.WriteNull(); }
  void Finish() {
    ListVector::Reserve(result_, next_);
    if (next_ > 0) {
      duckdb::VectorOperations::Copy(keys_, duckdb::MapVector::GetKeys(result_), key_places_, next_,
                                     0, 0);
      duckdb::VectorOperations::Copy(values_, duckdb::MapVector::GetValues(result_), value_places_,
                                     next_, 0, 0);
    }
    ListVector::SetListSize(result_, next_);
  }

 private:
  const Vector& keys_;
  const Vector& values_;
  Vector& result_;
  ElementKeys sort_keys_;
  duckdb::VectorWriter<list_entry_t> maps_;
  duckdb::SelectionVector key_places_, value_places_;
  KeySet seen_;
  bool last_wins_;
  idx_t first_ = 0, next_ = 0;
};

bool IsTrue(const Vector& flag) { return flag.GetValue(0).GetValue<bool>(); }

// (keys, values, whether the last of a key wins)
void FromArrays(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto keys = arguments.data[0].Values<list_entry_t>();
  const auto values = arguments.data[1].Values<list_entry_t>();
  MapBuilder maps(ListVector::GetChild(arguments.data[0]), ListVector::GetChild(arguments.data[1]),
                  result, arguments.size(), ListVector::GetTotalEntryCount(arguments.data[0]),
                  IsTrue(arguments.data[2]));
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!keys[row].IsValid() || !values[row].IsValid()) {
      maps.NullRow();
      continue;
    }
    const list_entry_t &key = keys[row].GetValue(), &value = values[row].GetValue();
    if (key.length != value.length) {
      ThrowSpark("_LEGACY_ERROR_TEMP_2128", {});
    }
    maps.BeginRow(key.length);
    for (idx_t i = 0; i < key.length; ++i) maps.Add(key.offset + i, value.offset + i);
    maps.EndRow();
  }
  maps.Finish();
}

// (array of structs of key and value, whether the last of a key wins); a NULL struct makes NULL.
void FromEntries(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const Vector& lists = arguments.data[0];
  const auto entries = lists.Values<list_entry_t>();
  const Vector& pairs = ListVector::GetChild(lists);
  pairs.Flatten();
  const auto present = pairs.Validity();
  const auto& fields = duckdb::StructVector::GetEntries(pairs);
  MapBuilder maps(fields[0], fields[1], result, arguments.size(),
                  ListVector::GetTotalEntryCount(lists), IsTrue(arguments.data[1]));
  for (idx_t row = 0; row < arguments.size(); ++row) {
    bool valid = entries[row].IsValid();
    list_entry_t entry = valid ? entries[row].GetValue() : list_entry_t(0, 0);
    for (idx_t i = 0; i < entry.length && valid; ++i) valid = present.IsValid(entry.offset + i);
    if (!valid) {
      maps.NullRow();
      continue;
    }
    maps.BeginRow(entry.length);
    for (idx_t i = 0; i < entry.length; ++i) maps.Add(entry.offset + i, entry.offset + i);
    maps.EndRow();
  }
  maps.Finish();
}

LogicalType MapOfArrays(const duckdb::vector<LogicalType>& types) {
  return LogicalType::MAP(duckdb::ListType::GetChildType(types[0]),
                          duckdb::ListType::GetChildType(types[1]));
}

LogicalType MapOfEntries(const duckdb::vector<LogicalType>& types) {
  const auto& fields = duckdb::StructType::GetChildTypes(duckdb::ListType::GetChildType(types[0]));
  return LogicalType::MAP(fields[0].second, fields[1].second);
}

}  // namespace

void RegisterMapKernels(duckdb::ExtensionLoader& loader) {
  loader.RegisterFunction(MakeAnyKernel<MapOfArrays>("spark_map_from_arrays", 3, FromArrays, true));
  loader.RegisterFunction(
      MakeAnyKernel<MapOfEntries>("spark_map_from_entries", 2, FromEntries, true));
}

}  // namespace pyrite::lower
