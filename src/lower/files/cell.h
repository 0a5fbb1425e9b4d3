// Single values into vectors that are being filled.
#pragma once

#include <string_view>

#include "base/value.h"
#include "duckdb/common/types/vector.hpp"
#include "duckdb/common/vector/flat_vector.hpp"
#include "duckdb/common/vector/string_vector.hpp"
#include "lower/kernels/physical.h"

namespace pyrite::lower {

inline void SetValid(duckdb::Vector& vector, duckdb::idx_t row) {
  auto& validity = duckdb::FlatVector::ValidityMutable(vector);
  if (!validity.CannotHaveNull()) validity.SetValid(row);
}

template <typename T>
void Put(duckdb::Vector& vector, duckdb::idx_t row, T value) {
  duckdb::FlatVector::GetDataMutable<T>(vector)[row] = value;
  SetValid(vector, row);
}

inline void PutNull(duckdb::Vector& vector, duckdb::idx_t row) {
  duckdb::FlatVector::SetNull(vector, row, true);
}

// Text (valid UTF-8) or bytes.
inline void PutString(duckdb::Vector& vector, duckdb::idx_t row, std::string_view text) {
  using duckdb::string_t;
  if (text.size() <= string_t::INLINE_LENGTH) {
    Put(vector, row, string_t(text.data(), static_cast<uint32_t>(text.size())));
  } else {
    Put(vector, row, duckdb::StringVector::AddStringOrBlob(vector, text.data(), text.size()));
  }
}

// An unscaled value of a decimal that fits `precision`.
inline void PutDecimal(duckdb::Vector& vector, duckdb::idx_t row, Int128 value, int precision) {
  WithDecimalType(precision, [&](auto zero) {
    using T = decltype(zero);
    Put(vector, row, NarrowTo<T>(value));
  });
}

}  // namespace pyrite::lower
