// The order of arrays and structs in Spark: NULL inside of them comes first, where the engine has
// it last. spark_sort_key makes bytes that compare so; NULL stays NULL.

#include <string>

#include "duckdb/common/radix.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/any.h"
#include "lower/kernels/element_keys.h"
#include "lower/kernels/error.h"
#include "lower/kernels/part.h"

namespace pyrite::lower {
namespace {

using duckdb::DataChunk;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::PhysicalType;
using duckdb::string_t;
using duckdb::Vector;

constexpr char kEnd = 0;  // of a text or a list: less than whatever goes on
constexpr char kNull = 1;
constexpr char kValue = 2;

template <class T>
void AppendFixed(const Part& part, idx_t row, std::string* key) {
  unsigned char bytes[sizeof(T)];
  duckdb::Radix::EncodeData<T>(bytes, part.Get<T>(row));
  key->append(reinterpret_cast<const char*>(bytes), sizeof(T));
}

void AppendBytes(const string_t& bytes, std::string* key) {
  for (char byte : std::string_view(bytes.GetData(), bytes.GetSize())) {
    if (byte == 0 || byte == 1) *key += '\1';  // so that none is taken for the end
    *key += byte;
  }
  *key += kEnd;
}

void Append(const Part& part, idx_t row, std::string* key) {
  if (!part.IsValid(row)) {
    *key += kNull;
    return;
  }
  *key += kValue;
  switch (part.type.InternalType()) {
    case PhysicalType::BOOL: return AppendFixed<bool>(part, row, key);
    case PhysicalType::INT8: return AppendFixed<int8_t>(part, row, key);
    case PhysicalType::INT16: return AppendFixed<int16_t>(part, row, key);
    case PhysicalType::INT32: return AppendFixed<int32_t>(part, row, key);
    case PhysicalType::INT64: return AppendFixed<int64_t>(part, row, key);
    case PhysicalType::INT128: return AppendFixed<duckdb::hugeint_t>(part, row, key);
    case PhysicalType::FLOAT: return AppendFixed<float>(part, row, key);
    case PhysicalType::DOUBLE: return AppendFixed<double>(part, row, key);
    case PhysicalType::VARCHAR: return AppendBytes(part.Get<string_t>(row), key);
    case PhysicalType::LIST: {
      const auto& entry = part.Get<list_entry_t>(row);
      for (idx_t i = 0; i < entry.length; ++i) Append(part.parts[0], entry.offset + i, key);
      *key += kEnd;
      return;
    }
    case PhysicalType::STRUCT:
      for (const Part& field : part.parts) Append(field, row, key);
      return;
    default:
      ThrowSpark("UNSUPPORTED_FEATURE.PYRITE", {{"feature", "order of " + part.type.ToString()}});
  }
}

void SortKey(DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  Part part(arguments.data[0]);
  auto out = duckdb::FlatVector::Writer<string_t>(result, arguments.size());
  std::string key;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!part.IsValid(row)) {
      out.WriteNull();
      continue;
    }
    key.clear();
    Append(part, row, &key);
    out.WriteValue(string_t(key.data(), static_cast<uint32_t>(key.size())));
  }
}

// (array, ascending, NULL elements first) -> array, in the order of its elements' keys.
void SortNested(DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  Part lists(arguments.data[0]);
  const Part& elements = lists.parts[0];
  const auto ascending = arguments.data[1].Values<bool>();
  const auto nulls_first = arguments.data[2].Values<bool>();
  ElementPicker picker(result, arguments.size(),
                       duckdb::ListVector::GetListSize(arguments.data[0]));
  std::vector<std::pair<std::string, idx_t>> keyed;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!lists.IsValid(row)) {
      picker.NullRow();
      continue;
    }
    const auto& entry = lists.Get<list_entry_t>(row);
    keyed.clear();
    std::vector<idx_t> nulls;
    for (idx_t at = entry.offset; at < entry.offset + entry.length; ++at) {
      if (!elements.IsValid(at)) {
        nulls.push_back(at);
        continue;
      }
      Append(elements, at, &keyed.emplace_back("", at).first);
    }
    const bool up = ascending[row].GetValue();
    std::stable_sort(keyed.begin(), keyed.end(), [up](const auto& left, const auto& right) {
      return up ? left.first < right.first : right.first < left.first;
    });
    if (nulls_first[row].GetValue()) {
      for (idx_t at : nulls) picker.Pick(at);
    }
    for (const auto& [key, at] : keyed) picker.Pick(at);
    if (!nulls_first[row].GetValue()) {
      for (idx_t at : nulls) picker.Pick(at);
    }
    picker.EndRow();
  }
  picker.Finish(duckdb::ListVector::GetChild(arguments.data[0]));
}

LogicalType Blob(const duckdb::vector<LogicalType>&) { return LogicalType::BLOB; }
LogicalType First(const duckdb::vector<LogicalType>& types) { return types[0]; }

}  // namespace

void RegisterSortKeyKernels(duckdb::ExtensionLoader& loader) {
  loader.RegisterFunction(MakeAnyKernel<Blob>("spark_sort_key", 1, SortKey));
  loader.RegisterFunction(MakeAnyKernel<First>("spark_sort_nested", 3, SortNested));
}

}  // namespace pyrite::lower
