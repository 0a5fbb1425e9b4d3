#include "sources/schema_merge.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/errors.h"
#include "sources/options.h"

namespace pyrite::sources {
namespace {

std::optional<Schema> Merge(const Schema& left, const Schema& right, bool case_sensitive);

std::optional<DataType> Merge(const DataType& left, const DataType& right, bool case_sensitive) {
  if (left == right) return left;
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case TypeKind::kArray: {
      auto element = Merge(left.element(), right.element(), case_sensitive);
      if (!element) return std::nullopt;
      return DataType::Array(*element, left.contains_null() || right.contains_null());
    }
    case TypeKind::kMap: {
      auto key = Merge(left.key(), right.key(), case_sensitive);
      auto value = Merge(left.value(), right.value(), case_sensitive);
      if (!key || !value) return std::nullopt;
      return DataType::Map(*key, *value, left.contains_null() || right.contains_null());
    }
    case TypeKind::kStruct: {
      auto fields = Merge(left.fields(), right.fields(), case_sensitive);
      if (!fields) return std::nullopt;
      return DataType::Struct(std::move(*fields));
    }
    case TypeKind::kDecimal:
      if (left.scale() != right.scale()) return std::nullopt;
      return DataType::Decimal(std::max(left.precision(), right.precision()), left.scale());
    case TypeKind::kYearMonthInterval:
      return DataType::YearMonthInterval(std::min(left.start_field(), right.start_field()),
                                         std::max(left.end_field(), right.end_field()));
    case TypeKind::kDayTimeInterval:
      return DataType::DayTimeInterval(std::min(left.start_field(), right.start_field()),
                                       std::max(left.end_field(), right.end_field()));
    default: return std::nullopt;
  }
}

std::optional<Schema> Merge(const Schema& left, const Schema& right, bool case_sensitive) {
  const auto key = [&](const StructField& field) {
    return case_sensitive ? field.name : ToLower(field.name);
  };
  Schema merged = left;
  std::map<std::string, size_t> positions;
  for (size_t i = 0; i < left.size(); ++i) positions[key(left[i])] = i;
  for (const StructField& field : right) {
    auto found = positions.find(key(field));
    if (found == positions.end()) {
      merged.push_back(field);
      continue;
    }
    StructField& target = merged[found->second];
    auto type = Merge(target.type, field.type, case_sensitive);
    if (!type) return std::nullopt;
    target.type = std::move(*type);
    target.nullable = target.nullable || field.nullable;
  }
  return merged;
}

}  // namespace

Schema MergeSchemas(const Schema& left, const Schema& right, bool case_sensitive) {
  auto merged = Merge(left, right, case_sensitive);
  if (merged) return *merged;
  throw errors::CannotMergeSchemas(DataType::Struct(left).ToSql(), DataType::Struct(right).ToSql());
}

}  // namespace pyrite::sources
