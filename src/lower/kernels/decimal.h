// How kernels see DuckDB's decimals: stored in 16, 32, 64 or 128 bits by their width.
#pragma once

#include "duckdb/common/types/decimal.hpp"
#include "duckdb/common/types/vector.hpp"
#include "duckdb/common/vector_operations/vector_operations.hpp"
#include "lower/kernels/wide_integer.h"

namespace pyrite::lower {

inline Int128 Widen(int16_t value) { return value; }
inline Int128 Widen(int32_t value) { return value; }
inline Int128 Widen(int64_t value) { return value; }
inline Int128 Widen(duckdb::hugeint_t value) {
  return (static_cast<Int128>(value.upper) << 64) | value.lower;
}

template <class T>
inline T Narrow(Int128 value) { return static_cast<T>(value); }
template <>
inline duckdb::hugeint_t Narrow<duckdb::hugeint_t>(Int128 value) {
  return duckdb::hugeint_t(static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value));
}

// Calls `make.template operator()<T>()` with the C++ type that holds `type`.
template <class Make>
auto WithDecimalStorage(const duckdb::LogicalType& type, Make&& make) {
  switch (type.InternalType()) {
    case duckdb::PhysicalType::INT16: return make.template operator()<int16_t>();
    case duckdb::PhysicalType::INT32: return make.template operator()<int32_t>();
    case duckdb::PhysicalType::INT64: return make.template operator()<int64_t>();
    default: return make.template operator()<duckdb::hugeint_t>();
  }
}

inline int PrecisionOf(const duckdb::LogicalType& type) {
  return duckdb::DecimalType::GetWidth(type);
}
inline int ScaleOf(const duckdb::LogicalType& type) { return duckdb::DecimalType::GetScale(type); }

[[noreturn]] void ThrowDecimalOverflow(Int128 value, int scale, int to_precision, int to_scale);
[[noreturn]] void ThrowDivideByZero();
[[noreturn]] void ThrowRemainderByZero();

}  // namespace pyrite::lower
