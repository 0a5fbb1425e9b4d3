#include "engine/row_bytes.h"

#include "duckdb/common/types/vector.hpp"
#include "duckdb/common/vector/unified_vector_format.hpp"

namespace pyrite::engine {
namespace {

using duckdb::idx_t;
using duckdb::PhysicalType;

constexpr idx_t kOffsetBytes = 4;    // of a string or list
constexpr idx_t kValidityBytes = 1;  // a bit in truth

bool IsFixed(const duckdb::LogicalType& type) {
  return duckdb::TypeIsConstantSize(type.InternalType());
}

idx_t FixedBytes(const duckdb::LogicalType& type) {
  return kValidityBytes + duckdb::GetTypeIdSize(type.InternalType());
}

idx_t ValueBytes(const duckdb::RecursiveUnifiedVectorFormat& format, idx_t row) {
  const duckdb::UnifiedVectorFormat& unified = format.unified;
  idx_t index = unified.sel->get_index(row);
  bool valid = unified.validity.RowIsValid(index);
  switch (unified.physical_type) {
    case PhysicalType::VARCHAR:
      return kValidityBytes + kOffsetBytes +
             (valid ? unified.GetData<duckdb::string_t>()[index].GetSize() : 0);
    case PhysicalType::LIST: {
      idx_t bytes = kValidityBytes + kOffsetBytes;
      if (!valid) return bytes;
      const auto& list = unified.GetData<duckdb::list_entry_t>()[index];
      const auto& child = format.children[0];
      if (IsFixed(child.logical_type)) return bytes + list.length * FixedBytes(child.logical_type);
      for (idx_t i = 0; i < list.length; ++i) bytes += ValueBytes(child, list.offset + i);
      return bytes;
    }
    case PhysicalType::STRUCT: {
      idx_t bytes = kValidityBytes;
      for (const auto& child : format.children) bytes += ValueBytes(child, row);
      return bytes;
    }
    default: return FixedBytes(format.logical_type);
  }
}

void AddStringBytes(const duckdb::Vector& vector, idx_t rows, duckdb::vector<idx_t>& sizes) {
  duckdb::UnifiedVectorFormat format;
  vector.ToUnifiedFormat(format);
  const auto* strings = format.GetData<duckdb::string_t>();
  for (idx_t row = 0; row < rows; ++row) {
    idx_t index = format.sel->get_index(row);
    sizes[row] += kValidityBytes + kOffsetBytes;
    if (format.validity.RowIsValid(index)) sizes[row] += strings[index].GetSize();
  }
}

}  // namespace

RowBytes::RowBytes(const duckdb::vector<duckdb::LogicalType>& types) {
  for (idx_t i = 0; i < types.size(); ++i) {
    if (IsFixed(types[i])) {
      fixed_ += FixedBytes(types[i]);
    } else {
      varying_.push_back(i);
    }
  }
}

void RowBytes::Load(const duckdb::DataChunk& chunk) {
  rows_ = chunk.size();
  if (varying_.empty()) return;
  sizes_.assign(rows_, 0);
  for (idx_t column : varying_) {
    const duckdb::Vector& vector = chunk.data[column];
    if (vector.GetType().InternalType() == PhysicalType::VARCHAR) {
      AddStringBytes(vector, rows_, sizes_);
      continue;
    }
    duckdb::RecursiveUnifiedVectorFormat format;
    duckdb::Vector::RecursiveToUnifiedFormat(vector, format);
    for (idx_t row = 0; row < rows_; ++row) sizes_[row] += ValueBytes(format, row);
  }
}

RowBytes::Fit RowBytes::Take(idx_t from, idx_t room) const {
  Fit fit;
  if (varying_.empty()) {
    fit.rows = fixed_ == 0 ? rows_ - from : std::min(rows_ - from, room / fixed_);
    fit.bytes = fit.rows * fixed_;
    return fit;
  }
  for (idx_t row = from; row < rows_; ++row) {
    idx_t bytes = BytesOf(row);
    if (fit.bytes + bytes > room) break;
    fit.bytes += bytes;
    ++fit.rows;
  }
  return fit;
}

}  // namespace pyrite::engine
