// What is drawn with a seed by the key of a row: the same whatever reads the rows, in any order.
#include "duckdb/common/vector/flat_vector.hpp"
#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "lower/kernels/families.h"
#include "lower/kernels/random.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::Vector;

// Calls `draw` with the generator of each row and its number among these; the seed and the key
// are the last two arguments.
template <typename Draw>
void ByKeys(duckdb::DataChunk& arguments, Draw draw) {
  const auto seeds = arguments.data[arguments.ColumnCount() - 2].Values<int64_t>();
  const auto keys = arguments.data[arguments.ColumnCount() - 1].Values<int64_t>();
  for (idx_t row = 0; row < arguments.size(); ++row) {
    XorShift random = XorShift::Of(seeds[row].GetValue(), keys[row].GetValue());
    draw(random, row);
  }
}

// (seed, key)
template <double (XorShift::*draw)()>
void DrawNumbers(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  auto out = FlatVector::Writer<double>(result, arguments.size());
  ByKeys(arguments, [&](XorShift& random, idx_t) { out.WriteValue((random.*draw)()); });
}

// (mean, seed, key)
void DrawCounts(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto means = arguments.data[0].Values<double>();
  auto out = FlatVector::Writer<int32_t>(result, arguments.size());
  ByKeys(arguments, [&](XorShift& random, idx_t row) {
    out.WriteValue(DrawPoisson(means[row].GetValue(), random));
  });
}

// (length, seed, key)
void DrawTexts(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto lengths = arguments.data[0].Values<int32_t>();
  FlatVector::SetSize(result, arguments.size());
  auto* out = FlatVector::GetDataMutable<duckdb::string_t>(result);
  std::string text;
  ByKeys(arguments, [&](XorShift& random, idx_t row) {
    DrawText(lengths[row].IsValid() ? lengths[row].GetValue() : 0, random, text);
    out[row] = duckdb::StringVector::AddString(result, text);
  });
}

// (seed, key)
void DrawUuids(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  FlatVector::SetSize(result, arguments.size());
  auto* out = FlatVector::GetDataMutable<duckdb::string_t>(result);
  ByKeys(arguments, [&](XorShift& random, idx_t row) {
    out[row] = duckdb::StringVector::AddString(result, DrawUuid(random));
  });
}

}  // namespace

void RegisterKeyedDrawKernels(duckdb::ExtensionLoader& loader) {
  LogicalType seed = LogicalType::BIGINT, key = LogicalType::BIGINT;
  LogicalType number = LogicalType::DOUBLE, text = LogicalType::VARCHAR;
  loader.RegisterFunction(
      MakeKernel("spark_keyed_rand", {seed, key}, number, DrawNumbers<&XorShift::NextDouble>));
  loader.RegisterFunction(
      MakeKernel("spark_keyed_randn", {seed, key}, number, DrawNumbers<&XorShift::NextGaussian>));
  loader.RegisterFunction(
      MakeKernel("spark_keyed_poisson", {number, seed, key}, LogicalType::INTEGER, DrawCounts));
  auto texts =
      MakeKernel("spark_keyed_randstr", {LogicalType::INTEGER, seed, key}, text, DrawTexts, true);
  texts.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  loader.RegisterFunction(std::move(texts));
  loader.RegisterFunction(MakeKernel("spark_keyed_uuid", {seed, key}, text, DrawUuids));
}

}  // namespace pyrite::lower
