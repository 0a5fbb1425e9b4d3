// Arrays, maps and structs: their parts are cast, their shape stays.

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/cast.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::StructVector;
using duckdb::Vector;

// Maps too, as lists of entries. Only elements that a list refers to are cast: others may be
// anything, and must not end the query.
void CastList(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  source.Flatten();
  const auto entries = source.Values<list_entry_t>();
  idx_t total = 0;
  for (idx_t row = 0; row < count; ++row) {
    if (entries[row].IsValid()) total += entries[row].GetValue().length;
  }
  duckdb::SelectionVector elements(total);
  auto writer = FlatVector::Writer<list_entry_t>(result, count);
  idx_t next = 0;
  for (idx_t row = 0; row < count; ++row) {
    if (!entries[row].IsValid()) {
      writer.WriteNull();
      continue;
    }
    const list_entry_t entry = entries[row].GetValue();
    writer.WriteValue(list_entry_t(next, entry.length));
    for (idx_t i = 0; i < entry.length; ++i) elements.set_index(next++, entry.offset + i);
  }
  Vector referenced(ListVector::GetChildMutable(source), elements, total);
  ListVector::Reserve(result, total);
  cast.parts[0].Run(referenced, ListVector::GetChildMutable(result), total);
  ListVector::SetListSize(result, total);
}

void CastStruct(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  source.Flatten();
  auto& from = StructVector::GetEntries(source);
  auto& to = StructVector::GetEntries(result);
  for (size_t i = 0; i < cast.parts.size(); ++i) cast.parts[i].Run(from[i], to[i], count);
  FlatVector::CopyValidity(result, source, count);
  FlatVector::SetSize(result, count);
}

DataType EntryStruct(const DataType& map) {
  return DataType::Struct({{"key", map.key(), false}, {"value", map.value(), true}});
}

}  // namespace

CastFunction FindNested(BoundCast* cast) {
  const DataType& from = cast->from;
  const DataType& to = cast->to;
  if (from.kind() != to.kind()) return nullptr;
  const auto bind = [&](const DataType& part_from, const DataType& part_to) {
    cast->parts.push_back(BindCast(part_from, part_to, cast->mode, *cast->zone));
  };
  switch (from.kind()) {
    case TypeKind::kArray: bind(from.element(), to.element()); return CastList;
    case TypeKind::kMap: bind(EntryStruct(from), EntryStruct(to)); return CastList;
    case TypeKind::kStruct:
      if (from.fields().size() != to.fields().size()) return nullptr;
      for (size_t i = 0; i < from.fields().size(); ++i) {
        bind(from.fields()[i].type, to.fields()[i].type);
      }
      return CastStruct;
    default: return nullptr;
  }
}

}  // namespace pyrite::lower
