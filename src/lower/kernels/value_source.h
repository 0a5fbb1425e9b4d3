// Vectors to write texts from: a value with its parts, whatever its type.
#pragma once

#include <vector>

#include "base/types.h"
#include "base/value.h"
#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "lower/kernels/decimal.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {

struct ValueSource {
  DataType type;
  duckdb::UnifiedVectorFormat format;
  std::vector<ValueSource> parts;  // element; key and value; fields; a variant's bytes

  ValueSource(const DataType& given, const duckdb::Vector& vector) : type(given) {
    vector.Flatten();
    vector.ToUnifiedFormat(format);
    if (type.Is(TypeKind::kArray)) {
      parts.emplace_back(type.element(), duckdb::ListVector::GetChild(vector));
    } else if (type.Is(TypeKind::kMap)) {
      const duckdb::Vector& entries = duckdb::ListVector::GetChild(vector);
      entries.Flatten();
      const auto& children = duckdb::StructVector::GetEntries(entries);
      parts.emplace_back(type.key(), children[0]);
      parts.emplace_back(type.value(), children[1]);
    } else if (type.Is(TypeKind::kVariant)) {
      const auto& children = duckdb::StructVector::GetEntries(vector);
      parts.emplace_back(DataType::Binary(), children[0]);
      parts.emplace_back(DataType::Binary(), children[1]);
    } else if (type.Is(TypeKind::kStruct)) {
      const auto& children = duckdb::StructVector::GetEntries(vector);
      for (size_t i = 0; i < children.size(); ++i) {
        parts.emplace_back(type.fields()[i].type, children[i]);
      }
    }
  }

  bool IsValid(duckdb::idx_t row) const {
    return format.validity.RowIsValid(format.sel->get_index(row));
  }
  template <class T>
  const T& Get(duckdb::idx_t row) const {
    return duckdb::UnifiedVectorFormat::GetData<T>(format)[format.sel->get_index(row)];
  }
  Int128 Decimal(duckdb::idx_t row) const {
    int precision = type.precision();
    if (precision <= 4) return Get<int16_t>(row);
    if (precision <= 9) return Get<int32_t>(row);
    if (precision <= 18) return Get<int64_t>(row);
    return FromHugeint(Get<duckdb::hugeint_t>(row));
  }
};

}  // namespace pyrite::lower
