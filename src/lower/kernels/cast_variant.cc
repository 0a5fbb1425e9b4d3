// Casts from variants, whose values are of many types, and to them.

#include <map>

#include "base/errors.h"
#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector_operations/vector_operations.hpp"
#include "functions/registry.h"
#include "lower/kernels/cast.h"
#include "lower/kernels/error.h"
#include "lower/kernels/value_source.h"
#include "lower/kernels/variant/variant_builder.h"
#include "lower/kernels/variant/variant_column.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::StringVector;
using duckdb::Vector;

// ---- from variants

using Views = std::vector<std::optional<VariantView>>;  // nullopt: SQL's NULL

// The type that a scalar has in SQL.
DataType TypeOf(const VariantView& variant) {
  switch (variant.kind()) {
    case VariantKind::kBoolean: return DataType::Boolean();
    case VariantKind::kLong: return DataType::Long();
    case VariantKind::kDouble: return DataType::Double();
    case VariantKind::kFloat: return DataType::Float();
    case VariantKind::kDecimal: return DataType::Decimal(38, variant.decimal().scale);
    case VariantKind::kDate: return DataType::Date();
    case VariantKind::kTimestamp: return DataType::Timestamp();
    case VariantKind::kTimestampNtz: return DataType::TimestampNtz();
    case VariantKind::kBinary: return DataType::Binary();
    case VariantKind::kString: return DataType::String();
    case VariantKind::kNull:
    case VariantKind::kObject:
    case VariantKind::kArray: break;
  }
  return DataType::Null();
}

template <class T>
void Put(Vector& vector, idx_t row, T value) {
  FlatVector::GetDataMutable<T>(vector)[row] = value;
}

void PutScalar(const VariantView& variant, Vector& vector, idx_t row) {
  switch (variant.kind()) {
    case VariantKind::kBoolean: return Put(vector, row, variant.boolean());
    case VariantKind::kLong:
    case VariantKind::kTimestamp:
    case VariantKind::kTimestampNtz: return Put(vector, row, variant.integer());
    case VariantKind::kDate: return Put(vector, row, static_cast<int32_t>(variant.integer()));
    case VariantKind::kDouble: return Put(vector, row, variant.real());
    case VariantKind::kFloat: return Put(vector, row, static_cast<float>(variant.real()));
    case VariantKind::kDecimal:
      return Put(vector, row, NarrowTo<duckdb::hugeint_t>(variant.decimal().unscaled));
    default: {
      std::string_view text = variant.text();
      Put(vector, row, StringVector::AddStringOrBlob(vector, text.data(), text.size()));
    }
  }
}

class FromVariants {
 public:
  explicit FromVariants(const BoundCast& cast) : cast_(cast) {}

  void Convert(const Views& views, const DataType& to, Vector& result) {
    switch (to.kind()) {
      case TypeKind::kVariant: return ToVariants(views, result);
      case TypeKind::kString: return ToTexts(views, result);
      case TypeKind::kArray: return ToArrays(views, to, result);
      case TypeKind::kMap: return ToMaps(views, to, result);
      case TypeKind::kStruct: return ToStructs(views, to, result);
      default: return ToScalars(views, to, result);
    }
  }

 private:
  static bool IsNull(const std::optional<VariantView>& view) {
    return !view || view->kind() == VariantKind::kNull;
  }

  // A value that cannot be cast.
  void Refuse(const VariantView& view, const DataType& to, Vector& result, idx_t row) {
    if (cast_.mode != plan::EvalMode::kTry) {
      std::string text;
      view.AppendJson(*cast_.zone, text);
      ThrowSpark("INVALID_VARIANT_CAST", {{"value", text}, {"dataType", to.ToDdl()}});
    }
    FlatVector::SetNull(result, row, true);
  }

  void ToVariants(const Views& views, Vector& result) {
    VariantWriter out(result, views.size());
    for (idx_t row = 0; row < views.size(); ++row) {
      if (views[row]) {
        out.Write(row, views[row]->bytes(), views[row]->metadata());
      } else {
        out.WriteNull(row);
      }
    }
  }

  void ToTexts(const Views& views, Vector& result) {
    FlatVector::SetSize(result, views.size());
    for (idx_t row = 0; row < views.size(); ++row) {
      if (cast_.shown ? !views[row] : IsNull(views[row])) {
        FlatVector::SetNull(result, row, true);
        continue;
      }
      std::string text;
      if (views[row]->kind() == VariantKind::kString && !cast_.shown) {
        text = views[row]->text();
      } else {
        views[row]->AppendJson(*cast_.zone, text);
      }
      Put(result, row, StringVector::AddString(result, text));
    }
  }

  void ToArrays(const Views& views, const DataType& to, Vector& result) {
    FlatVector::SetSize(result, views.size());
    Views elements;
    for (idx_t row = 0; row < views.size(); ++row) {
      if (IsNull(views[row])) {
        FlatVector::SetNull(result, row, true);
      } else if (views[row]->kind() != VariantKind::kArray) {
        Refuse(*views[row], to, result, row);
      } else {
        size_t count = views[row]->size();
        Put(result, row, list_entry_t(elements.size(), count));
        for (size_t i = 0; i < count; ++i) elements.emplace_back(views[row]->element(i));
      }
    }
    ListVector::Reserve(result, elements.size());
    ListVector::SetListSize(result, elements.size());
    Convert(elements, to.element(), ListVector::GetChildMutable(result));
  }

  void ToMaps(const Views& views, const DataType& to, Vector& result) {
    FlatVector::SetSize(result, views.size());
    std::vector<std::string_view> keys;
    Views values;
    for (idx_t row = 0; row < views.size(); ++row) {
      if (IsNull(views[row])) {
        FlatVector::SetNull(result, row, true);
      } else if (views[row]->kind() != VariantKind::kObject || !to.key().IsString()) {
        Refuse(*views[row], to, result, row);
      } else {
        size_t count = views[row]->size();
        Put(result, row, list_entry_t(values.size(), count));
        for (size_t i = 0; i < count; ++i) {
          auto [key, value] = views[row]->field(i);
          keys.push_back(key);
          values.emplace_back(value);
        }
      }
    }
    ListVector::Reserve(result, values.size());
    ListVector::SetListSize(result, values.size());
    auto& parts = duckdb::StructVector::GetEntries(ListVector::GetChildMutable(result));
    FlatVector::SetSize(parts[0], keys.size());
    for (idx_t i = 0; i < keys.size(); ++i) {
      Put(parts[0], i, StringVector::AddString(parts[0], keys[i].data(), keys[i].size()));
    }
    Convert(values, to.value(), parts[1]);
  }

  void ToStructs(const Views& views, const DataType& to, Vector& result) {
    auto& parts = duckdb::StructVector::GetEntries(result);
    for (size_t i = 0; i < parts.size(); ++i) {
      Views fields(views.size());
      for (idx_t row = 0; row < views.size(); ++row) {
        if (!IsNull(views[row]) && views[row]->kind() == VariantKind::kObject) {
          if (auto found = views[row]->Find(to.fields()[i].name)) fields[row].emplace(*found);
        }
      }
      Convert(fields, to.fields()[i].type, parts[i]);
    }
    FlatVector::SetSize(result, views.size());
    for (idx_t row = 0; row < views.size(); ++row) {
      if (IsNull(views[row])) {
        FlatVector::SetNull(result, row, true);
      } else if (views[row]->kind() != VariantKind::kObject) {
        Refuse(*views[row], to, result, row);
      }
    }
  }

  // The values of one type together, by that type's own cast.
  void ToScalars(const Views& views, const DataType& to, Vector& result) {
    FlatVector::SetSize(result, views.size());
    std::map<std::string, std::vector<idx_t>> rows_by_type;
    for (idx_t row = 0; row < views.size(); ++row) {
      if (IsNull(views[row])) {
        FlatVector::SetNull(result, row, true);
      } else {
        rows_by_type[TypeOf(*views[row]).ToSql()].push_back(row);
      }
    }
    for (const auto& [name, rows] : rows_by_type) CastRows(views, rows, to, result);
  }

  void CastRows(const Views& views, const std::vector<idx_t>& rows, const DataType& to,
                Vector& result) {
    DataType from = TypeOf(*views[rows[0]]);
    if (from.Is(TypeKind::kNull) || !functions::CanCast(from, to, true)) {
      for (idx_t row : rows) Refuse(*views[row], to, result, row);
      return;
    }
    Vector source(PhysicalType(from), rows.size()), made(PhysicalType(to), rows.size());
    FlatVector::SetSize(source, rows.size());
    for (idx_t i = 0; i < rows.size(); ++i) PutScalar(*views[rows[i]], source, i);
    BindCast(from, to, plan::EvalMode::kTry, *cast_.zone).Run(source, made, rows.size());
    made.Flatten();
    for (idx_t i = 0; i < rows.size(); ++i) {
      if (FlatVector::IsNull(made, i)) {
        Refuse(*views[rows[i]], to, result, rows[i]);
      } else {
        duckdb::VectorOperations::Copy(made, result, i + 1, i, rows[i]);
      }
    }
  }

  const BoundCast& cast_;
};

void FromVariant(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  VariantColumn variants(source);
  Views views(count);
  for (idx_t row = 0; row < count; ++row) {
    if (variants.IsValid(row)) views[row].emplace(variants[row]);
  }
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  FromVariants(cast).Convert(views, cast.to, result);
}

// ---- to variants

void AppendValue(const ValueSource& source, idx_t row, VariantBuilder& builder);

void AppendElements(const ValueSource& source, idx_t row, VariantBuilder& builder) {
  const auto& entry = source.Get<list_entry_t>(row);
  size_t start = builder.position();
  std::vector<size_t> elements;
  for (idx_t i = entry.offset; i < entry.offset + entry.length; ++i) {
    elements.push_back(builder.position());
    AppendValue(source.parts[0], i, builder);
  }
  builder.FinishArray(start, elements);
}

void AppendEntries(const ValueSource& source, idx_t row, VariantBuilder& builder) {
  const auto& entry = source.Get<list_entry_t>(row);
  size_t start = builder.position();
  std::vector<VariantBuilder::Field> fields;
  for (idx_t i = entry.offset; i < entry.offset + entry.length; ++i) {
    fields.push_back({source.parts[0].Get<duckdb::string_t>(i).GetString(), builder.position()});
    AppendValue(source.parts[1], i, builder);
  }
  builder.FinishObject(start, std::move(fields));
}

void AppendFields(const ValueSource& source, idx_t row, VariantBuilder& builder) {
  size_t start = builder.position();
  std::vector<VariantBuilder::Field> fields;
  for (size_t i = 0; i < source.parts.size(); ++i) {
    fields.push_back({source.type.fields()[i].name, builder.position()});
    AppendValue(source.parts[i], row, builder);
  }
  builder.FinishObject(start, std::move(fields));
}

void AppendValue(const ValueSource& source, idx_t row, VariantBuilder& builder) {
  if (!source.IsValid(row)) return builder.AppendNull();
  switch (source.type.kind()) {
    case TypeKind::kBoolean: return builder.AppendBoolean(source.Get<bool>(row));
    case TypeKind::kByte: return builder.AppendLong(source.Get<int8_t>(row));
    case TypeKind::kShort: return builder.AppendLong(source.Get<int16_t>(row));
    case TypeKind::kInteger: return builder.AppendLong(source.Get<int32_t>(row));
    case TypeKind::kLong: return builder.AppendLong(source.Get<int64_t>(row));
    case TypeKind::kFloat: return builder.AppendFloat(source.Get<float>(row));
    case TypeKind::kDouble: return builder.AppendDouble(source.Get<double>(row));
    case TypeKind::kDecimal: return builder.AppendDecimal(source.Decimal(row), source.type.scale());
    case TypeKind::kDate: return builder.AppendDate(source.Get<int32_t>(row));
    case TypeKind::kTimestamp: return builder.AppendTimestamp(source.Get<int64_t>(row), true);
    case TypeKind::kTimestampNtz: return builder.AppendTimestamp(source.Get<int64_t>(row), false);
    case TypeKind::kBinary: return builder.AppendBinary(View(source.Get<duckdb::string_t>(row)));
    case TypeKind::kArray: return AppendElements(source, row, builder);
    case TypeKind::kMap: return AppendEntries(source, row, builder);
    case TypeKind::kStruct: return AppendFields(source, row, builder);
    case TypeKind::kVariant:
      return builder.AppendVariant({View(source.parts[0].Get<duckdb::string_t>(row)),
                                    View(source.parts[1].Get<duckdb::string_t>(row))});
    default: return builder.AppendText(View(source.Get<duckdb::string_t>(row)));
  }
}

void ToVariant(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  ValueSource values(cast.from, source);
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  VariantWriter out(result, count);
  for (idx_t row = 0; row < count; ++row) {
    if (!values.IsValid(row)) {
      out.WriteNull(row);
      continue;
    }
    VariantBuilder builder;
    AppendValue(values, row, builder);
    out.Write(row, builder.value(), builder.Metadata());
  }
}

bool FitsVariant(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kArray: return FitsVariant(type.element());
    case TypeKind::kMap: return type.key().IsString() && FitsVariant(type.value());
    case TypeKind::kStruct:
      for (const StructField& field : type.fields()) {
        if (!FitsVariant(field.type)) return false;
      }
      return true;
    default:
      return !type.IsAnsiInterval() && !type.Is(TypeKind::kCalendarInterval) &&
             !type.Is(TypeKind::kTime) && !type.Is(TypeKind::kUdt);
  }
}

}  // namespace

CastFunction FindVariant(const BoundCast& cast) {
  if (cast.from.Is(TypeKind::kVariant)) return FromVariant;
  if (!cast.to.Is(TypeKind::kVariant) || !FitsVariant(cast.from)) return nullptr;
  return ToVariant;
}

}  // namespace pyrite::lower
