#include "sources/parquet_schema.h"

#include <arrow/util/key_value_metadata.h>
#include <parquet/metadata.h>
#include <parquet/schema.h>

#include "base/errors.h"
#include "base/type_json.h"

namespace pyrite::sources {
namespace {

using parquet::LogicalType;
using parquet::schema::GroupNode;
using parquet::schema::Node;
using parquet::schema::PrimitiveNode;
using TypeId = LogicalType::Type;

constexpr int kMaxPrecisionForInt32 = 9;
constexpr int kMaxPrecisionForInt64 = 18;

// The largest precision whose unscaled values fit in so many bytes.
int MaxPrecisionForBytes(int bytes) {
  return static_cast<int>((8 * bytes - 1) * 0.30102999566398119521);
}

const char* UnitName(LogicalType::TimeUnit::unit unit) {
  switch (unit) {
    case LogicalType::TimeUnit::MILLIS: return "MILLIS";
    case LogicalType::TimeUnit::MICROS: return "MICROS";
    case LogicalType::TimeUnit::NANOS: return "NANOS";
    case LogicalType::TimeUnit::UNKNOWN: break;
  }
  return "UNKNOWN";
}

// The annotation as Parquet's Java library prints it: "TIMESTAMP(NANOS,true)".
std::string AnnotationText(const LogicalType& logical) {
  const auto flag = [](bool value) { return value ? "true" : "false"; };
  switch (logical.type()) {
    case TypeId::TIMESTAMP: {
      const auto& timestamp = static_cast<const parquet::TimestampLogicalType&>(logical);
      return std::string("TIMESTAMP(") + UnitName(timestamp.time_unit()) + "," +
             flag(timestamp.is_adjusted_to_utc()) + ")";
    }
    case TypeId::TIME: {
      const auto& time = static_cast<const parquet::TimeLogicalType&>(logical);
      return std::string("TIME(") + UnitName(time.time_unit()) + "," +
             flag(time.is_adjusted_to_utc()) + ")";
    }
    case TypeId::INT: {
      const auto& integer = static_cast<const parquet::IntLogicalType&>(logical);
      return "INTEGER(" + std::to_string(integer.bit_width()) + "," + flag(integer.is_signed()) +
             ")";
    }
    case TypeId::DECIMAL: {
      const auto& decimal = static_cast<const parquet::DecimalLogicalType&>(logical);
      return "DECIMAL(" + std::to_string(decimal.precision()) + "," +
             std::to_string(decimal.scale()) + ")";
    }
    default: break;
  }
  std::string text = logical.ToString();
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

// NIL says only that all values are NULL.
bool IsAnnotated(const LogicalType& logical) {
  return !logical.is_none() && !logical.is_null() && logical.is_valid();
}

class Converter {
 public:
  explicit Converter(const ParquetTypeRules& rules) : rules_(rules) {}

  DataType Group(const GroupNode& group) const {
    std::vector<StructField> fields;
    fields.reserve(group.field_count());
    for (int i = 0; i < group.field_count(); ++i) {
      const Node& field = *group.field(i);
      DataType type = Field(field);
      // A repeated field outside of a list is a required list of required elements.
      if (field.is_repeated()) type = DataType::Array(std::move(type));
      fields.push_back({field.name(), std::move(type), true, ""});
    }
    return DataType::Struct(std::move(fields));
  }

 private:
  DataType Field(const Node& node) const {
    if (node.is_primitive()) return Primitive(static_cast<const PrimitiveNode&>(node));
    const auto& group = static_cast<const GroupNode&>(node);
    const LogicalType& logical = *node.logical_type();
    // MAP_KEY_VALUE on the outer group is an old writer's MAP.
    if (logical.is_map() || node.converted_type() == parquet::ConvertedType::MAP_KEY_VALUE) {
      return Map(group);
    }
    if (logical.is_list()) return List(group);
    if (logical.is_variant()) throw errors::UnsupportedFeature("variants in Parquet files");
    if (IsAnnotated(logical)) {
      throw errors::ParquetTypeNotRecognized(node.name() + " (" + AnnotationText(logical) + ")");
    }
    return Group(group);
  }

  DataType List(const GroupNode& group) const {
    if (group.field_count() != 1 || !group.field(0)->is_repeated()) {
      throw errors::ParquetTypeNotRecognized("Invalid list type " + group.name());
    }
    const Node& repeated = *group.field(0);
    if (IsElement(repeated, group.name())) return DataType::Array(Field(repeated));
    const Node& element = *static_cast<const GroupNode&>(repeated).field(0);
    return DataType::Array(Field(element));
  }

  // Whether the repeated field is the element itself (two levels) or wraps it (three levels): the
  // format's backward-compatibility rules.
  static bool IsElement(const Node& repeated, const std::string& list_name) {
    if (repeated.is_primitive()) return true;
    const auto& group = static_cast<const GroupNode&>(repeated);
    return group.field_count() != 1 || group.field(0)->is_repeated() ||
           repeated.name() == "array" || repeated.name() == list_name + "_tuple";
  }

  DataType Map(const GroupNode& group) const {
    bool valid = group.field_count() == 1 && group.field(0)->is_group() &&
                 group.field(0)->is_repeated() &&
                 static_cast<const GroupNode&>(*group.field(0)).field_count() == 2;
    if (!valid) throw errors::ParquetTypeNotRecognized("Invalid map type " + group.name());
    const auto& entry = static_cast<const GroupNode&>(*group.field(0));
    return DataType::Map(Field(*entry.field(0)), Field(*entry.field(1)));
  }

  DataType Primitive(const PrimitiveNode& node) const {
    switch (node.physical_type()) {
      case parquet::Type::BOOLEAN: return DataType::Boolean();
      case parquet::Type::FLOAT: return DataType::Float();
      case parquet::Type::DOUBLE: return DataType::Double();
      case parquet::Type::INT32: return Int32(node);
      case parquet::Type::INT64: return Int64(node);
      case parquet::Type::INT96:
        if (rules_.int96_as_timestamp) return DataType::Timestamp();
        throw errors::Int96NotTimestamp();
      case parquet::Type::BYTE_ARRAY: return Bytes(node);
      case parquet::Type::FIXED_LEN_BYTE_ARRAY: return FixedBytes(node);
      case parquet::Type::UNDEFINED: break;
    }
    throw Illegal(node);
  }

  DataType Int32(const PrimitiveNode& node) const {
    const LogicalType& logical = *node.logical_type();
    if (!IsAnnotated(logical)) return DataType::Integer();
    if (logical.is_date()) return DataType::Date();
    if (logical.is_decimal()) return Decimal(node, kMaxPrecisionForInt32);
    if (logical.is_int()) {
      const auto& integer = static_cast<const parquet::IntLogicalType&>(logical);
      switch (integer.bit_width()) {
        case 8: return integer.is_signed() ? DataType::Byte() : DataType::Short();
        case 16: return integer.is_signed() ? DataType::Short() : DataType::Integer();
        case 32: return integer.is_signed() ? DataType::Integer() : DataType::Long();
        default: break;
      }
    }
    throw Illegal(node);
  }

  DataType Int64(const PrimitiveNode& node) const {
    const LogicalType& logical = *node.logical_type();
    if (!IsAnnotated(logical)) return DataType::Long();
    if (logical.is_decimal()) return Decimal(node, kMaxPrecisionForInt64);
    if (logical.is_int()) {
      bool is_signed = static_cast<const parquet::IntLogicalType&>(logical).is_signed();
      return is_signed ? DataType::Long() : DataType::Decimal(20, 0);
    }
    if (logical.is_timestamp()) {
      const auto& timestamp = static_cast<const parquet::TimestampLogicalType&>(logical);
      if (timestamp.time_unit() == LogicalType::TimeUnit::NANOS) {
        if (rules_.nanos_as_long) return DataType::Long();
        throw Illegal(node);
      }
      bool instant = timestamp.is_adjusted_to_utc() || !rules_.infer_timestamp_ntz;
      return instant ? DataType::Timestamp() : DataType::TimestampNtz();
    }
    if (logical.is_time()) {
      const auto& time = static_cast<const parquet::TimeLogicalType&>(logical);
      if (time.time_unit() == LogicalType::TimeUnit::MICROS && !time.is_adjusted_to_utc()) {
        if (rules_.time_type) return DataType::Time();
        throw errors::UnsupportedTimeType();
      }
    }
    throw Illegal(node);
  }

  DataType Bytes(const PrimitiveNode& node) const {
    const LogicalType& logical = *node.logical_type();
    if (logical.is_string() || logical.is_enum() || logical.is_JSON()) return DataType::String();
    if (logical.is_BSON()) return DataType::Binary();
    if (logical.is_decimal()) return Decimal(node, -1);
    if (IsAnnotated(logical)) throw Illegal(node);
    return rules_.binary_as_string ? DataType::String() : DataType::Binary();
  }

  DataType FixedBytes(const PrimitiveNode& node) const {
    const LogicalType& logical = *node.logical_type();
    if (logical.is_decimal()) return Decimal(node, MaxPrecisionForBytes(node.type_length()));
    if (logical.is_interval()) throw errors::ParquetTypeNotSupported(TypeText(node));
    if (IsAnnotated(logical)) throw Illegal(node);
    return DataType::Binary();
  }

  static DataType Decimal(const PrimitiveNode& node, int max_precision) {
    const auto& decimal = static_cast<const parquet::DecimalLogicalType&>(*node.logical_type());
    if (max_precision != -1 && (decimal.precision() < 1 || decimal.precision() > max_precision)) {
      throw errors::ParquetTypeIllegal(TypeText(node));
    }
    if (decimal.precision() > 38) {
      throw errors::DecimalPrecisionExceedsMaxPrecision(decimal.precision(), 38);
    }
    return DataType::Decimal(decimal.precision(), decimal.scale());
  }

  // "INT64 (TIMESTAMP(NANOS,true))"
  static std::string TypeText(const PrimitiveNode& node) {
    std::string text = parquet::TypeToString(node.physical_type());
    if (node.physical_type() == parquet::Type::BYTE_ARRAY) text = "BINARY";
    const LogicalType& logical = *node.logical_type();
    return IsAnnotated(logical) ? text + " (" + AnnotationText(logical) + ")" : text;
  }

  static SparkError Illegal(const PrimitiveNode& node) {
    return errors::ParquetTypeIllegal(TypeText(node));
  }

  const ParquetTypeRules& rules_;
};

// What Spark wrote beside the data. Text that cannot be read is as good as none, as in Spark.
std::optional<Schema> SchemaLeftBySpark(const parquet::FileMetaData& metadata) {
  constexpr char kKey[] = "org.apache.spark.sql.parquet.row.metadata";
  if (metadata.key_value_metadata() == nullptr) return std::nullopt;
  auto text = metadata.key_value_metadata()->Get(kKey);
  if (!text.ok()) return std::nullopt;
  try {
    DataType type = TypeFromJson(*text);
    if (!type.Is(TypeKind::kStruct)) return std::nullopt;
    return type.AsNullable().fields();
  } catch (const SparkError&) {
    return std::nullopt;
  }
}

}  // namespace

std::string ParquetTypeRules::Text() const {
  std::string text;
  for (bool rule :
       {binary_as_string, int96_as_timestamp, infer_timestamp_ntz, nanos_as_long, time_type}) {
    text += rule ? '1' : '0';
  }
  return text;
}

ParquetTypeRules ParquetTypeRules::From(const Configuration& configuration) {
  return {configuration.GetBool("spark.sql.parquet.binaryAsString"),
          configuration.GetBool("spark.sql.parquet.int96AsTimestamp"),
          configuration.GetBool("spark.sql.parquet.inferTimestampNTZ.enabled"),
          configuration.GetBool("spark.sql.legacy.parquet.nanosAsLong"),
          configuration.GetBool("spark.sql.timeType.enabled")};
}

Schema ToSparkSchema(const parquet::FileMetaData& metadata, const ParquetTypeRules& rules) {
  if (auto schema = SchemaLeftBySpark(metadata)) return *schema;
  return Converter(rules).Group(*metadata.schema()->group_node()).fields();
}

}  // namespace pyrite::sources
