#include "connect/tree_string.h"

#include <climits>

namespace pyrite::connect {
namespace {

// Spark's DataType.typeName.
std::string TypeName(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kByte: return "byte";
    case TypeKind::kShort: return "short";
    case TypeKind::kInteger: return "integer";
    case TypeKind::kLong: return "long";
    case TypeKind::kArray: return "array";
    case TypeKind::kMap: return "map";
    case TypeKind::kStruct: return "struct";
    default: return type.ToDdl();
  }
}

const char* Text(bool value) { return value ? "true" : "false"; }

void AppendFields(const std::vector<StructField>& fields, const std::string& prefix, int depth,
                  std::string* out);

void AppendNested(const DataType& type, const std::string& prefix, int depth, std::string* out) {
  if (depth <= 0) return;
  std::string inner = prefix + "    |";
  switch (type.kind()) {
    case TypeKind::kArray:
      *out += prefix + "-- element: " + TypeName(type.element()) +
              " (containsNull = " + Text(type.contains_null()) + ")\n";
      return AppendNested(type.element(), inner, depth - 1, out);
    case TypeKind::kMap:
      *out += prefix + "-- key: " + TypeName(type.key()) + "\n";
      AppendNested(type.key(), inner, depth - 1, out);
      *out += prefix + "-- value: " + TypeName(type.value()) +
              " (valueContainsNull = " + Text(type.contains_null()) + ")\n";
      return AppendNested(type.value(), inner, depth - 1, out);
    case TypeKind::kStruct: return AppendFields(type.fields(), prefix, depth, out);
    default: return;
  }
}

void AppendFields(const std::vector<StructField>& fields, const std::string& prefix, int depth,
                  std::string* out) {
  if (depth <= 0) return;
  for (const StructField& field : fields) {
    *out += prefix + "-- " + field.name + ": " + TypeName(field.type) +
            " (nullable = " + Text(field.nullable) + ")\n";
    AppendNested(field.type, prefix + "    |", depth - 1, out);
  }
}

}  // namespace

std::string TreeString(const Schema& schema, int level) {
  std::string out = "root\n";
  AppendFields(schema, " |", level <= 0 ? INT_MAX : level, &out);
  return out;
}

}  // namespace pyrite::connect
