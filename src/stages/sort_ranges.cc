#include "stages/sort_ranges.h"

#include <algorithm>

#include "duckdb/function/scalar_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"

namespace pyrite::stages {
namespace {

using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::Value;

duckdb::unique_ptr<duckdb::FunctionData> BindBounds(duckdb::BindScalarFunctionInput& input) {
  input.GetBoundFunction().SetReturnType(input.GetArguments()[0]->GetReturnType());
  return nullptr;
}

// The sample's quantiles. Fewer when there are too few keys: the last tasks get nothing then.
Value BoundsOf(const Value& sample, int tasks) {
  if (sample.IsNull()) return Value(sample.type());
  duckdb::vector<Value> keys = duckdb::ListValue::GetChildren(sample);
  std::sort(keys.begin(), keys.end());
  duckdb::vector<Value> bounds;
  for (int task = 1; task < tasks; ++task) {
    const Value& key = keys[keys.size() * task / tasks];
    if (bounds.empty() || bounds.back() < key) bounds.push_back(key);
  }
  return Value::LIST(duckdb::ListType::GetChildType(sample.type()), std::move(bounds));
}

void Bounds(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  for (idx_t row = 0; row < arguments.size(); ++row) {
    int tasks = arguments.data[1].GetValue(row).GetValue<int>();
    result.SetValue(row, BoundsOf(arguments.data[0].GetValue(row), tasks));
  }
}

template <typename T>
void RangesOf(const duckdb::UnifiedVectorFormat& keys, const std::vector<T>& bounds, idx_t count,
              int32_t* ranges) {
  const auto* values = duckdb::UnifiedVectorFormat::GetData<T>(keys);
  for (idx_t row = 0; row < count; ++row) {
    auto end = std::upper_bound(bounds.begin(), bounds.end(), values[keys.sel->get_index(row)]);
    ranges[row] = static_cast<int32_t>(end - bounds.begin());
  }
}

// All rows have the same bounds.
void Range(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  idx_t count = arguments.size();
  auto* ranges = duckdb::FlatVector::GetDataMutable<int32_t>(result);
  std::fill(ranges, ranges + count, 0);
  Value bounds = count == 0 ? Value() : arguments.data[1].GetValue(0);
  if (bounds.IsNull()) return;  // nothing was in the sample
  duckdb::UnifiedVectorFormat keys;
  arguments.data[0].ToUnifiedFormat(keys);
  const auto& values = duckdb::ListValue::GetChildren(bounds);
  if (arguments.data[0].GetType().InternalType() == duckdb::PhysicalType::INT64) {
    std::vector<int64_t> numbers;
    for (const Value& value : values) numbers.push_back(value.GetValue<int64_t>());
    return RangesOf(keys, numbers, count, ranges);
  }
  std::vector<duckdb::string_t> texts;  // of `bounds`
  for (const Value& value : values) texts.emplace_back(duckdb::StringValue::Get(value));
  RangesOf(keys, texts, count, ranges);
}

}  // namespace

void RegisterSortRanges(duckdb::DatabaseInstance& database) {
  duckdb::ExtensionLoader loader(database, "pyrite");
  duckdb::ScalarFunction bounds(duckdb::Identifier(kBoundsFunction),
                                {LogicalType::LIST(LogicalType::ANY), LogicalType::INTEGER},
                                LogicalType::LIST(LogicalType::ANY), Bounds, BindBounds);
  duckdb::ScalarFunction range(duckdb::Identifier(kRangeFunction),
                               {LogicalType::ANY, LogicalType::LIST(LogicalType::ANY)},
                               LogicalType::INTEGER, Range);
  for (duckdb::ScalarFunction* function : {&bounds, &range}) {
    function->SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
    loader.RegisterFunction(*function);
  }
}

}  // namespace pyrite::stages
