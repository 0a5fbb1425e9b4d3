#include "sources/partition_values.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/errors.h"
#include "sources/local_time.h"
#include "sources/options.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

constexpr int kMaxDecimalPrecision = 38;

// Java's Integer.parseInt and Long.parseLong.
template <typename T>
std::optional<int64_t> ParseInteger(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  T value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct BigDecimal {
  std::string digits;  // of the unscaled value, without leading zeros ("0" for zero)
  bool negative = false;
  int64_t scale = 0;
};

// Java's new BigDecimal(text).
std::optional<BigDecimal> ParseBigDecimal(std::string_view text) {
  BigDecimal out;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    out.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool point = false, any = false;
  size_t i = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !point) {
      point = true;
    } else if (text[i] >= '0' && text[i] <= '9') {
      any = true;
      out.scale += point;
      if (!out.digits.empty() || text[i] != '0') out.digits += text[i];
    } else {
      break;
    }
  }
  if (!any) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    auto exponent = ParseInteger<int32_t>(text.substr(i + 1));
    if (!exponent) return std::nullopt;
    out.scale -= *exponent;
  }
  if (out.digits.empty()) out.digits = "0";
  return out;
}

// DECIMAL(p,0) for a whole number of at most 38 digits.
std::optional<DataType> InferDecimal(std::string_view text) {
  auto decimal = ParseBigDecimal(text);
  if (!decimal || decimal->scale > 0) return std::nullopt;
  int64_t precision = static_cast<int64_t>(decimal->digits.size()) - decimal->scale;
  if (precision > kMaxDecimalPrecision) return std::nullopt;
  return DataType::Decimal(static_cast<int>(precision), 0);
}

// Java's Double.parseDouble: white space around, a trailing d or f, hexadecimal with an exponent.
std::optional<double> ParseDouble(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  std::string_view unsigned_text = text;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) unsigned_text.remove_prefix(1);
  bool named = unsigned_text == "NaN" || unsigned_text == "Infinity";
  bool hex = unsigned_text.starts_with("0x") || unsigned_text.starts_with("0X");
  if (!named) {
    if (!text.empty() && std::string_view("dDfF").find(text.back()) != std::string_view::npos &&
        (!hex || text.find_first_of("pP") != std::string_view::npos)) {
      text.remove_suffix(1);
    }
    if (hex && text.find_first_of("pP") == std::string_view::npos) return std::nullopt;
    if (!hex && !ParseBigDecimal(text)) return std::nullopt;
  }
  std::string copy(text);
  char* end = nullptr;
  double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size() || copy.empty()) return std::nullopt;
  return value;
}

// The unscaled number as it is written, whatever scale the type has: Spark takes it so.
std::optional<Value> ParseDecimal(std::string_view text) {
  auto decimal = ParseBigDecimal(text);
  if (!decimal) return std::nullopt;
  std::string digits = decimal->digits;
  if (decimal->scale < 0 && digits != "0") digits.append(-decimal->scale, '0');
  if (digits.size() > kMaxDecimalPrecision) return std::nullopt;
  Int128 value = 0;
  for (char c : digits) value = value * 10 + (c - '0');
  return Value(decimal->negative ? -value : value);
}

std::optional<Value> ParseTimestamp(const std::string& raw, const DataType& type,
                                    const std::string& zone) {
  std::string text = UnescapePathName(raw);
  auto local = ParseLocalDateTime(text, ' ', 6);
  if (!local) local = ParseLocalDateTime(text, 'T', 6);
  if (!local) {
    auto days = ParseDate(text, /*lenient=*/true);
    if (!days) return std::nullopt;
    local = *days * int64_t{86'400'000'000};
  }
  return Value(type.Is(TypeKind::kTimestamp) ? ToInstant(*local, zone) : *local);
}

std::optional<Value> ParseBoolean(const std::string& raw) {
  if (EqualsIgnoreCase(raw, "true")) return Value(true);
  if (EqualsIgnoreCase(raw, "false")) return Value(false);
  return std::nullopt;
}

// `bits` of the whole number: what Java's narrowing leaves.
std::optional<Value> ParseNarrow(const std::string& raw, TypeKind kind) {
  auto number = ParseInteger<int32_t>(raw);
  if (!number) return std::nullopt;
  return Value(kind == TypeKind::kByte ? int64_t{static_cast<int8_t>(*number)}
                                       : int64_t{static_cast<int16_t>(*number)});
}

template <typename T>
std::optional<Value> Wrap(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return Value(*value);
}

std::optional<Value> Parse(const std::string& raw, const DataType& type, const std::string& zone) {
  switch (type.kind()) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return Value(UnescapePathName(raw));
    case TypeKind::kByte:
    case TypeKind::kShort: return ParseNarrow(raw, type.kind());
    case TypeKind::kInteger: return Wrap(ParseInteger<int32_t>(raw));
    case TypeKind::kLong: return Wrap(ParseInteger<int64_t>(raw));
    case TypeKind::kFloat:
      if (auto value = ParseDouble(raw)) return Value(double{static_cast<float>(*value)});
      return std::nullopt;
    case TypeKind::kDouble: return Wrap(ParseDouble(raw));
    case TypeKind::kDecimal: return ParseDecimal(raw);
    case TypeKind::kDate: return Wrap(ParseDate(raw, /*lenient=*/true));
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz: return ParseTimestamp(raw, type, zone);
    case TypeKind::kBinary: return Value(raw);
    case TypeKind::kBoolean: return ParseBoolean(raw);
    default: throw errors::UnsupportedFeature("partition columns of the type " + type.ToSql());
  }
}

// The wider of two of a column's types (Spark's TypeCoercion.findWiderTypeForTwo, for the types
// that inference gives, with its exceptions for numbers that a double would not hold).
DataType Wider(const DataType& left, const DataType& right) {
  if (left == right || right.Is(TypeKind::kNull)) return left;
  if (left.Is(TypeKind::kNull)) return right;
  if (left.IsDatetime() && right.IsDatetime()) {
    return left.Is(TypeKind::kDate) ? right : left;
  }
  if (!left.IsNumeric() || !right.IsNumeric()) return DataType::String();
  const auto digits = [](const DataType& type) {
    if (type.Is(TypeKind::kInteger)) return 10;
    return type.Is(TypeKind::kLong) ? 20 : type.precision();
  };
  if (left.Is(TypeKind::kDouble) || right.Is(TypeKind::kDouble)) {
    const DataType& other = left.Is(TypeKind::kDouble) ? right : left;
    return other.Is(TypeKind::kInteger) ? DataType::Double() : DataType::String();
  }
  if (left.Is(TypeKind::kDecimal) || right.Is(TypeKind::kDecimal)) {
    return DataType::Decimal(std::max(digits(left), digits(right)), 0);
  }
  return DataType::Long();
}

}  // namespace

DataType InferPartitionType(const std::string& raw, const PartitionTypeRules& rules) {
  if (raw == kNullPartition) return DataType::Null();
  if (!rules.infer) return DataType::String();
  if (ParseInteger<int32_t>(raw)) return DataType::Integer();
  if (ParseInteger<int64_t>(raw)) return DataType::Long();
  if (auto decimal = InferDecimal(raw)) return *decimal;
  if (ParseDouble(raw)) return DataType::Double();
  if (ParseLocalDateTime(UnescapePathName(raw), ' ', 1)) return rules.timestamp;
  if (ParseDate(raw, /*lenient=*/false)) return DataType::Date();
  return DataType::String();
}

DataType CommonPartitionType(const std::vector<DataType>& types) {
  DataType common;
  for (const DataType& type : types) common = Wider(common, type);
  return common;
}

Value ParsePartitionValue(const std::string& raw, const std::string& column, const DataType& type,
                          const std::string& time_zone) {
  if (raw == kNullPartition || type.Is(TypeKind::kNull)) return Value();
  auto value = Parse(raw, type, time_zone);
  if (!value) throw errors::InvalidPartitionValue(raw, column, type.ToSql());
  return *value;
}

}  // namespace pyrite::sources
