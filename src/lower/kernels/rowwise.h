// Kernels from plain C++ functions: NULL in, NULL out; strings as views in and std::string out.
//
//   loader.RegisterFunction(MakeKernel("spark_crc32", {blob}, bigint,
//       Rowwise<int64_t, std::string_view>([](std::string_view bytes) { return Crc32(bytes); })));
//
// A function that may give NULL returns std::optional. For arithmetic on columns write a loop with
// DuckDB's executors instead: this one reads each value through a selection.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "duckdb/common/types/vector.hpp"
#include "duckdb/common/vector/flat_vector.hpp"
#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/function/scalar_function.hpp"

namespace pyrite::lower {

template <class T>
struct Storage {
  using Type = T;
  static T Read(const T& value) { return value; }
  static T Write(duckdb::Vector&, const T& value) { return value; }
};
template <>
struct Storage<std::string_view> {
  using Type = duckdb::string_t;
  static std::string_view Read(const duckdb::string_t& value) {
    return {value.GetData(), value.GetSize()};
  }
  static duckdb::string_t Write(duckdb::Vector& result, std::string_view value) {
    return duckdb::StringVector::AddStringOrBlob(result, value.data(), value.size());
  }
};
template <>
struct Storage<std::string> : Storage<std::string_view> {};

template <class R>
struct IsOptional : std::false_type {};
template <class R>
struct IsOptional<std::optional<R>> : std::true_type {};

template <class R, class... A, class F, size_t... I>
void RunRowwise(const F& function, duckdb::DataChunk& arguments, duckdb::Vector& result,
                std::index_sequence<I...>) {
  duckdb::UnifiedVectorFormat inputs[sizeof...(A)];
  (arguments.data[I].ToUnifiedFormat(inputs[I]), ...);
  bool all_constant =
      ((arguments.data[I].GetVectorType() == duckdb::VectorType::CONSTANT_VECTOR) && ...);
  duckdb::idx_t count = all_constant ? 1 : arguments.size();
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  duckdb::FlatVector::SetSize(result, count);
  auto* out = duckdb::FlatVector::GetDataMutable<typename Storage<R>::Type>(result);
  for (duckdb::idx_t row = 0; row < count; ++row) {
    bool valid = (inputs[I].validity.RowIsValid(inputs[I].sel->get_index(row)) && ...);
    if (!valid) {
      duckdb::FlatVector::SetNull(result, row, true);
      continue;
    }
    auto value =
        function(Storage<A>::Read(duckdb::UnifiedVectorFormat::GetData<typename Storage<A>::Type>(
            inputs[I])[inputs[I].sel->get_index(row)])...);
    if constexpr (IsOptional<decltype(value)>::value) {
      if (value) {
        out[row] = Storage<R>::Write(result, *value);
      } else {
        duckdb::FlatVector::SetNull(result, row, true);
      }
    } else {
      out[row] = Storage<R>::Write(result, value);
    }
  }
  if (all_constant) {
    result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
  }
}

// A kernel of R(A...); `function` returns R, std::optional<R>, or for strings what converts to
// views.
template <class R, class... A, class F>
duckdb::scalar_function_t Rowwise(F function) {
  return
      [function](duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
        RunRowwise<R, A...>(function, arguments, result, std::index_sequence_for<A...>());
      };
}

}  // namespace pyrite::lower
