// The C++ types behind the engine's vectors, picked by Spark's types.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/types.h"
#include "base/value.h"
#include "duckdb/common/types/hugeint.hpp"
#include "duckdb/common/types/string_type.hpp"

namespace pyrite::lower {

inline Int128 Widen(int64_t value) { return value; }
inline Int128 Widen(duckdb::hugeint_t value) {
  return static_cast<Int128>((static_cast<unsigned __int128>(value.upper) << 64) | value.lower);
}

template <typename T>
T NarrowTo(Int128 value) {
  return static_cast<T>(value);
}
template <>
inline duckdb::hugeint_t NarrowTo<duckdb::hugeint_t>(Int128 value) {
  return duckdb::hugeint_t(static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value));
}

inline std::string_view View(const duckdb::string_t& text) {
  return {text.GetData(), text.GetSize()};
}

// Calls `f` with a zero of the type that a decimal of this precision has.
template <typename F>
auto WithDecimalType(int precision, F f) {
  if (precision <= 4) return f(int16_t{});
  if (precision <= 9) return f(int32_t{});
  if (precision <= 18) return f(int64_t{});
  return f(duckdb::hugeint_t{});
}

// Calls `f` with a zero of an integral type; `type` is one.
template <typename F>
auto WithIntegralType(const DataType& type, F f) {
  switch (type.kind()) {
    case TypeKind::kByte: return f(int8_t{});
    case TypeKind::kShort: return f(int16_t{});
    case TypeKind::kInteger: return f(int32_t{});
    default: return f(int64_t{});
  }
}

}  // namespace pyrite::lower
