#include "lower/kernels/variant/variant_schema.h"

#include <algorithm>
#include <map>

namespace pyrite::lower {
namespace {

using Kind = TypeKind;

DataType MergedDecimals(const DataType& left, const DataType& right) {
  int scale = std::max(left.scale(), right.scale());
  int range = std::max(left.precision() - left.scale(), right.precision() - right.scale());
  return range + scale > 38 ? DataType::Double() : DataType::Decimal(range + scale, scale);
}

// Both in the order of their names.
DataType MergedObjects(const DataType& left, const DataType& right) {
  std::map<std::string, DataType> types;
  for (const DataType* object : {&left, &right}) {
    for (const StructField& field : object->fields()) {
      auto [at, is_new] = types.try_emplace(field.name, field.type);
      if (!is_new) at->second = Merged(at->second, field.type);
    }
  }
  std::vector<StructField> fields;
  for (auto& [name, type] : types) fields.push_back({name, type, true, ""});
  return DataType::Struct(std::move(fields));
}

DataType OfDecimal(const VariantDecimal& number) {
  return DataType::Decimal(number.precision(), number.scale);
}

bool IsPlain(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_';
  }) && std::isdigit(static_cast<unsigned char>(name[0])) == 0;
}

std::string Quoted(const std::string& name) {
  if (IsPlain(name)) return name;
  std::string out = "`";
  for (char c : name) out += c == '`' ? "``" : std::string(1, c);
  return out + "`";
}

}  // namespace

DataType SchemaOf(const VariantView& variant) {
  switch (variant.kind()) {
    case VariantKind::kNull: return DataType::Null();
    case VariantKind::kBoolean: return DataType::Boolean();
    case VariantKind::kLong: return DataType::Long();
    case VariantKind::kDouble: return DataType::Double();
    case VariantKind::kFloat: return DataType::Float();
    case VariantKind::kDecimal: return OfDecimal(variant.decimal());
    case VariantKind::kDate: return DataType::Date();
    case VariantKind::kTimestamp: return DataType::Timestamp();
    case VariantKind::kTimestampNtz: return DataType::TimestampNtz();
    case VariantKind::kBinary: return DataType::Binary();
    case VariantKind::kString: return DataType::String();
    case VariantKind::kArray: {
      DataType element = DataType::Null();
      for (size_t i = 0, count = variant.size(); i < count; ++i) {
        element = Merged(element, SchemaOf(variant.element(i)));
      }
      return DataType::Array(element);
    }
    case VariantKind::kObject: break;
  }
  std::vector<StructField> fields;
  for (size_t i = 0, count = variant.size(); i < count; ++i) {
    auto [name, value] = variant.field(i);
    fields.push_back({std::string(name), SchemaOf(value), true, ""});
  }
  return DataType::Struct(std::move(fields));
}

DataType Merged(const DataType& left, const DataType& right) {
  if (left == right || right.Is(Kind::kNull)) return left;
  if (left.Is(Kind::kNull)) return right;
  const auto either = [&](Kind a, Kind b) {
    return (left.Is(a) && right.Is(b)) || (left.Is(b) && right.Is(a));
  };
  const DataType whole = DataType::Decimal(20, 0);
  if (either(Kind::kLong, Kind::kDouble) || either(Kind::kDecimal, Kind::kDouble)) {
    return DataType::Double();
  }
  if (left.Is(Kind::kDecimal) && right.Is(Kind::kDecimal)) return MergedDecimals(left, right);
  if (either(Kind::kLong, Kind::kDecimal)) {
    return MergedDecimals(left.Is(Kind::kLong) ? whole : left,
                          right.Is(Kind::kLong) ? whole : right);
  }
  if (left.Is(Kind::kArray) && right.Is(Kind::kArray)) {
    return DataType::Array(Merged(left.element(), right.element()));
  }
  if (left.Is(Kind::kStruct) && right.Is(Kind::kStruct)) return MergedObjects(left, right);
  return DataType::Variant();
}

std::string VariantSchemaText(const DataType& schema) {
  if (schema.Is(Kind::kArray)) return "ARRAY<" + VariantSchemaText(schema.element()) + ">";
  if (!schema.Is(Kind::kStruct)) return schema.ToSql();
  std::string out;
  for (const StructField& field : schema.fields()) {
    out += (out.empty() ? "" : ", ") + Quoted(field.name) + ": " + VariantSchemaText(field.type);
  }
  return "OBJECT<" + out + ">";
}

}  // namespace pyrite::lower
