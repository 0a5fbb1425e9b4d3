// A vector of any type, made flat and read row by row through its parts: the elements of lists and
// maps, the fields of structs.
#pragma once

#include <vector>

#include "duckdb/common/types/vector.hpp"
#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"

namespace pyrite::lower {

struct Part {
  duckdb::LogicalType type;
  duckdb::UnifiedVectorFormat format;
  std::vector<Part> parts;

  explicit Part(const duckdb::Vector& vector) : type(vector.GetType()) {
    vector.Flatten();
    vector.ToUnifiedFormat(format);
    if (type.id() == duckdb::LogicalTypeId::LIST) {
      parts.emplace_back(duckdb::ListVector::GetChild(vector));
    } else if (type.id() == duckdb::LogicalTypeId::STRUCT) {
      for (const auto& field : duckdb::StructVector::GetEntries(vector)) parts.emplace_back(field);
    }
  }

  template <class T>
  const T& Get(duckdb::idx_t row) const {
    return duckdb::UnifiedVectorFormat::GetData<T>(format)[format.sel->get_index(row)];
  }
  bool IsValid(duckdb::idx_t row) const {
    return format.validity.RowIsValid(format.sel->get_index(row));
  }
};

}  // namespace pyrite::lower
