// Vectors of variants: structs of their bytes and their metadata.
#pragma once

#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "duckdb/common/vector/unified_vector_format.hpp"
#include "lower/kernels/variant/variant_view.h"

namespace pyrite::lower {

inline duckdb::LogicalType VariantVectorType() {
  using duckdb::Identifier;
  using duckdb::LogicalType;
  return LogicalType::STRUCT(
      {{Identifier("value"), LogicalType::BLOB}, {Identifier("metadata"), LogicalType::BLOB}});
}

class VariantColumn {
 public:
  explicit VariantColumn(const duckdb::Vector& vector) {
    vector.Flatten();
    vector.ToUnifiedFormat(whole_);
    const auto& parts = duckdb::StructVector::GetEntries(vector);
    parts[0].ToUnifiedFormat(values_);
    parts[1].ToUnifiedFormat(metadata_);
  }

  bool IsValid(duckdb::idx_t row) const {
    return whole_.validity.RowIsValid(whole_.sel->get_index(row));
  }
  VariantView operator[](duckdb::idx_t row) const {
    return {Bytes(values_, row), Bytes(metadata_, row)};
  }

 private:
  static std::string_view Bytes(const duckdb::UnifiedVectorFormat& format, duckdb::idx_t row) {
    const auto& bytes =
        duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(format)[format.sel->get_index(row)];
    return {bytes.GetData(), bytes.GetSize()};
  }

  duckdb::UnifiedVectorFormat whole_, values_, metadata_;
};

// Fills a vector of variants in any order.
class VariantWriter {
 public:
  VariantWriter(duckdb::Vector& result, duckdb::idx_t rows)
      : result_(result), parts_(duckdb::StructVector::GetEntries(result)) {
    duckdb::FlatVector::SetSize(result, rows);
  }

  void Write(duckdb::idx_t row, std::string_view value, std::string_view metadata) {
    Put(parts_[0], row, value);
    Put(parts_[1], row, metadata);
  }
  void WriteNull(duckdb::idx_t row) { duckdb::FlatVector::SetNull(result_, row, true); }

 private:
  static void Put(duckdb::Vector& vector, duckdb::idx_t row, std::string_view bytes) {
    duckdb::FlatVector::GetDataMutable<duckdb::string_t>(vector)[row] =
        duckdb::StringVector::AddStringOrBlob(vector, bytes.data(), bytes.size());
  }

  duckdb::Vector& result_;
  duckdb::vector<duckdb::Vector>& parts_;
};

}  // namespace pyrite::lower
