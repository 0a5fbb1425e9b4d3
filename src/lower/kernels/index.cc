// Kernels that turn Spark's array indexes into the engine's, which count from 1 (or from the end).

#include "lower/kernels/decimal.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;

[[noreturn]] void ThrowOutOfBounds(const char* condition, int64_t index, int64_t size) {
  ThrowSpark(condition,
             {{"indexValue", std::to_string(index)}, {"arraySize", std::to_string(size)}});
}

// element_at: from 1, or from the end.
std::optional<int32_t> ElementIndex(int64_t size, int32_t index, bool checked) {
  if (index == 0) ThrowSpark("INVALID_INDEX_OF_ZERO", {});
  if (index <= size && -index <= size) return index;
  if (checked) ThrowOutOfBounds("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", index, size);
  return std::nullopt;
}

// elt: from 1.
std::optional<int32_t> EltIndex(int64_t size, int32_t index, bool checked) {
  if (index >= 1 && index <= size) return index;
  if (checked) ThrowOutOfBounds("INVALID_ARRAY_INDEX", index, size);
  return std::nullopt;
}

// get and array[i]: from 0.
std::optional<int32_t> ItemIndex(int64_t size, int32_t index, bool checked) {
  if (index >= 0 && index < size) return index + 1;
  if (checked) ThrowOutOfBounds("INVALID_ARRAY_INDEX", index, size);
  return std::nullopt;
}

// slice: the first place from 1, or from the end; one beyond the end when it is not there.
int64_t SliceBegin(int64_t size, int32_t start) {
  if (start == 0) {
    ThrowSpark("INVALID_PARAMETER_VALUE.START",
               {{"parameter", "`start`"}, {"functionName", "`slice`"}});
  }
  int64_t begin = start > 0 ? start : size + start + 1;
  return begin < 1 || begin > size ? size + 1 : begin;
}

int64_t SliceEnd(int64_t begin, int32_t length) {
  if (length < 0) {
    ThrowSpark("INVALID_PARAMETER_VALUE.LENGTH", {{"parameter", "`length`"},
                                                  {"length", std::to_string(length)},
                                                  {"functionName", "`slice`"}});
  }
  return begin + length - 1;
}

// The bit of a number of `width` bits, that are the lowest of `value`.
int8_t Bit(int64_t value, int32_t position, int32_t width) {
  if (position < 0 || position >= width) {
    ThrowSpark("INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE",
               {{"parameter", "`pos`"},
                {"functionName", "`getbit`"},
                {"upper", std::to_string(width)},
                {"invalidValue", std::to_string(position)}});
  }
  return static_cast<int8_t>((value >> position) & 1);
}

// The level of the next step of a recursive common table.
int64_t RecursionLevel(int64_t before, int64_t limit) {
  if (limit >= 0 && before >= limit) {
    ThrowSpark("RECURSION_LEVEL_LIMIT_EXCEEDED", {{"levelLimit", std::to_string(limit)}});
  }
  return before + 1;
}

int64_t RecursionRows(int64_t rows, int64_t limit) {
  if (limit >= 0 && rows > limit) {
    ThrowSpark("RECURSION_ROW_LIMIT_EXCEEDED", {{"rowLimit", std::to_string(limit)}});
  }
  return rows;
}

}  // namespace

void RegisterIndexKernels(duckdb::ExtensionLoader& loader) {
  LogicalType integer = LogicalType::INTEGER;
  LogicalType bigint = LogicalType::BIGINT;
  loader.RegisterFunction(MakeKernel("spark_recursion_level", {bigint, bigint}, bigint,
                                     Rowwise<int64_t, int64_t, int64_t>(RecursionLevel), true));
  loader.RegisterFunction(MakeKernel("spark_recursion_rows", {bigint, bigint}, bigint,
                                     Rowwise<int64_t, int64_t, int64_t>(RecursionRows), true));
  loader.RegisterFunction(MakeKernel("spark_slice_begin", {bigint, integer}, bigint,
                                     Rowwise<int64_t, int64_t, int32_t>(SliceBegin), true));
  loader.RegisterFunction(MakeKernel("spark_slice_end", {bigint, integer}, bigint,
                                     Rowwise<int64_t, int64_t, int32_t>(SliceEnd), true));
  loader.RegisterFunction(MakeKernel("spark_get_bit", {bigint, integer, integer},
                                     LogicalType::TINYINT,
                                     Rowwise<int8_t, int64_t, int32_t, int32_t>(Bit), true));
  auto add = [&](const char* name, std::optional<int32_t> (*index)(int64_t, int32_t, bool),
                 bool checked) {
    loader.RegisterFunction(
        MakeKernel(name, {LogicalType::BIGINT, integer}, integer,
                   Rowwise<int32_t, int64_t, int32_t>(
                       [=](int64_t size, int32_t at) { return index(size, at, checked); }),
                   true));
  };
  add("spark_element_index", ElementIndex, true);
  add("spark_try_element_index", ElementIndex, false);
  add("spark_checked_elt_index", EltIndex, true);
  add("spark_try_elt_index", EltIndex, false);
  add("spark_item_index", ItemIndex, false);
  add("spark_checked_item_index", ItemIndex, true);
  auto unscaled = MakeKernel(
      "spark_unscaled", {LogicalType(duckdb::LogicalTypeId::DECIMAL)}, LogicalType::BIGINT,
      [](duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
        DecimalReader values(arguments.data[0], arguments.size());
        DecimalWriter out(result, arguments.size());
        for (duckdb::idx_t row = 0; row < arguments.size(); ++row) {
          if (values.valid(row))
            out.Set(row, values[row]);
          else
            out.SetNull(row);
        }
      });
  unscaled.SetResolveTypesCallback([](duckdb::ResolveScalarFunctionTypesInput& input) {
    input.GetBoundFunction().GetArguments()[0] = input.GetArgumentType(0);
  });
  loader.RegisterFunction(std::move(unscaled));
}

}  // namespace pyrite::lower
