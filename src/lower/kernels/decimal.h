// How kernels see DuckDB's decimals: stored in 16, 32, 64 or 128 bits by their width.
#pragma once

#include <memory>

#include "duckdb/common/types/decimal.hpp"
#include "duckdb/common/types/vector.hpp"
#include "duckdb/common/vector/flat_vector.hpp"
#include "lower/kernels/wide_integer.h"

namespace pyrite::lower {

inline Int128 FromHugeint(duckdb::hugeint_t value) {
  return (static_cast<Int128>(value.upper) << 64) | value.lower;
}
inline duckdb::hugeint_t ToHugeint(Int128 value) {
  return duckdb::hugeint_t(static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value));
}

inline int PrecisionOf(const duckdb::LogicalType& type) {
  return duckdb::DecimalType::GetWidth(type);
}
inline int ScaleOf(const duckdb::LogicalType& type) { return duckdb::DecimalType::GetScale(type); }

// A vector's decimals as 128-bit integers, row by row.
class DecimalReader {
 public:
  DecimalReader(const duckdb::Vector& vector, duckdb::idx_t count) {
    duckdb::UnifiedVectorFormat format;
    vector.ToUnifiedFormat(format);
    values_.reset(new Int128[count]);
    valid_.reset(new bool[count]);
    switch (vector.GetType().InternalType()) {
      case duckdb::PhysicalType::INT16: Load<int16_t>(format, count); break;
      case duckdb::PhysicalType::INT32: Load<int32_t>(format, count); break;
      case duckdb::PhysicalType::INT64: Load<int64_t>(format, count); break;
      default: Load<duckdb::hugeint_t>(format, count);
    }
  }
  Int128 operator[](duckdb::idx_t row) const { return values_[row]; }
  bool valid(duckdb::idx_t row) const { return valid_[row]; }

 private:
  template <class T>
  void Load(const duckdb::UnifiedVectorFormat& format, duckdb::idx_t count) {
    const T* data = duckdb::UnifiedVectorFormat::GetData<T>(format);
    for (duckdb::idx_t row = 0; row < count; ++row) {
      duckdb::idx_t at = format.sel->get_index(row);
      valid_[row] = format.validity.RowIsValid(at);
      if constexpr (std::is_same_v<T, duckdb::hugeint_t>) {
        values_[row] = FromHugeint(data[at]);
      } else {
        values_[row] = data[at];
      }
    }
  }

  std::unique_ptr<Int128[]> values_;
  std::unique_ptr<bool[]> valid_;
};

// Fills a result vector of decimals (or of integers as wide).
class DecimalWriter {
 public:
  DecimalWriter(duckdb::Vector& vector, duckdb::idx_t count) : vector_(vector) {
    vector.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
    duckdb::FlatVector::SetSize(vector, count);
    kind_ = vector.GetType().InternalType();
    using duckdb::FlatVector;
    switch (kind_) {
      case duckdb::PhysicalType::INT16: data_ = FlatVector::GetDataMutable<int16_t>(vector); break;
      case duckdb::PhysicalType::INT32: data_ = FlatVector::GetDataMutable<int32_t>(vector); break;
      case duckdb::PhysicalType::INT64: data_ = FlatVector::GetDataMutable<int64_t>(vector); break;
      default: data_ = FlatVector::GetDataMutable<duckdb::hugeint_t>(vector);
    }
  }
  void Set(duckdb::idx_t row, Int128 value) {
    switch (kind_) {
      case duckdb::PhysicalType::INT16: Put<int16_t>(row, static_cast<int16_t>(value)); break;
      case duckdb::PhysicalType::INT32: Put<int32_t>(row, static_cast<int32_t>(value)); break;
      case duckdb::PhysicalType::INT64: Put<int64_t>(row, static_cast<int64_t>(value)); break;
      default: Put<duckdb::hugeint_t>(row, ToHugeint(value));
    }
  }
  void SetNull(duckdb::idx_t row) { duckdb::FlatVector::SetNull(vector_, row, true); }

 private:
  template <class T>
  void Put(duckdb::idx_t row, T value) {
    static_cast<T*>(data_)[row] = value;
  }

  duckdb::Vector& vector_;
  duckdb::PhysicalType kind_;
  void* data_ = nullptr;
};

[[noreturn]] void ThrowDecimalOverflow(Int128 value, int scale, int to_precision, int to_scale);
[[noreturn]] void ThrowDivideByZero();
[[noreturn]] void ThrowRemainderByZero();

}  // namespace pyrite::lower
