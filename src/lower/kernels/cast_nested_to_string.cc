// Arrays, maps and structs to text: [1, null], {a -> 1}, {1, x}.

#include <string>

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/map_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/cast.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::string_t;
using duckdb::StringVector;
using duckdb::StructVector;
using duckdb::Vector;

// A vector's values as text, cast by the part's own rule.
class Texts {
 public:
  Texts(const BoundCast& part, Vector& values, idx_t count)
      : texts_(LogicalType::VARCHAR, std::max<idx_t>(count, 1)),
        null_(part.shown ? "NULL" : "null") {
    part.Run(values, texts_, count);
    FlatVector::SetSize(texts_, count);
    texts_.ToUnifiedFormat(format_);
  }

  void AppendTo(std::string* out, idx_t row) const {
    const idx_t index = format_.sel->get_index(row);
    if (!format_.validity.RowIsValid(index)) {
      *out += null_;
    } else {
      *out += View(format_.GetData<string_t>()[index]);
    }
  }

 private:
  Vector texts_;
  duckdb::UnifiedVectorFormat format_;
  const char* null_;
};

// Calls `append(text, row)` for every valid row of the flat `source` and keeps the text.
template <typename Append>
void BuildRows(Vector& source, Vector& result, idx_t count, Append append) {
  const auto& validity = FlatVector::Validity(source);
  auto writer = FlatVector::Writer<string_t>(result, count);
  std::string text;
  for (idx_t row = 0; row < count; ++row) {
    if (!validity.RowIsValid(row)) {
      writer.WriteNull();
      continue;
    }
    text.clear();
    append(&text, row);
    writer.WriteValue(string_t(text.data(), static_cast<uint32_t>(text.size())));
  }
}

void ArrayToString(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  source.Flatten();
  const idx_t size = ListVector::GetListSize(source);
  const Texts texts(cast.parts[0], ListVector::GetChildMutable(source), size);
  const auto* entries = FlatVector::GetData<list_entry_t>(source);
  BuildRows(source, result, count, [&](std::string* text, idx_t row) {
    *text += '[';
    for (idx_t i = 0; i < entries[row].length; ++i) {
      if (i > 0) *text += ", ";
      texts.AppendTo(text, entries[row].offset + i);
    }
    *text += ']';
  });
}

void MapToString(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  source.Flatten();
  const idx_t size = ListVector::GetListSize(source);
  const Texts keys(cast.parts[0], duckdb::MapVector::GetKeys(source), size);
  const Texts values(cast.parts[1], duckdb::MapVector::GetValues(source), size);
  const auto* entries = FlatVector::GetData<list_entry_t>(source);
  BuildRows(source, result, count, [&](std::string* text, idx_t row) {
    *text += '{';
    for (idx_t i = 0; i < entries[row].length; ++i) {
      if (i > 0) *text += ", ";
      keys.AppendTo(text, entries[row].offset + i);
      *text += " -> ";
      values.AppendTo(text, entries[row].offset + i);
    }
    *text += '}';
  });
}

void StructToString(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  source.Flatten();
  auto& fields = StructVector::GetEntries(source);
  std::vector<std::unique_ptr<Texts>> texts;
  for (size_t i = 0; i < cast.parts.size(); ++i) {
    texts.push_back(std::make_unique<Texts>(cast.parts[i], fields[i], count));
  }
  BuildRows(source, result, count, [&](std::string* text, idx_t row) {
    *text += '{';
    for (size_t i = 0; i < texts.size(); ++i) {
      if (i > 0) *text += ", ";
      texts[i]->AppendTo(text, row);
    }
    *text += '}';
  });
}

}  // namespace

CastFunction FindNestedToString(BoundCast* cast) {
  if (!cast->to.IsString()) return nullptr;
  const DataType& from = cast->from;
  const auto bind = [&](const DataType& part) {
    cast->parts.push_back(BindCast(part, DataType::String(), cast->mode, *cast->zone));
  };
  switch (from.kind()) {
    case TypeKind::kArray: bind(from.element()); return ArrayToString;
    case TypeKind::kMap:
      bind(from.key());
      bind(from.value());
      return MapToString;
    case TypeKind::kStruct:
      for (const StructField& field : from.fields()) bind(field.type);
      return StructToString;
    default: return nullptr;
  }
}

}  // namespace pyrite::lower
