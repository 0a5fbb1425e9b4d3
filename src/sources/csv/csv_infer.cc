#include "sources/csv/csv_infer.h"

#include <algorithm>
#include <limits>

#include "base/text/decimal_text.h"
#include "base/text/text_to_datetime.h"
#include "sources/text/java_number.h"

namespace pyrite::sources {
namespace {

// Patterns whose dates the lenient reading of timestamps reads as well.
bool IsLenientDatePattern(const std::optional<std::string>& pattern) {
  if (!pattern) return true;
  for (const char* lenient :
       {"yyyy-MM-dd", "yyyy-M-d", "yyyy-M-dd", "yyyy-MM-d", "yyyy-MM", "yyyy-M", "yyyy"}) {
    if (*pattern == lenient) return true;
  }
  return false;
}

// -12.5 and the like, which need no look at their value to be a double.
bool IsPlainFraction(std::string_view text) {
  size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  bool digits = false, point = false;
  for (; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') {
      digits = true;
    } else if (text[i] == '.' && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digits && point && text.back() != '.';
}

// One to nine digits: an INT whatever they are.
bool IsShortInteger(std::string_view text) {
  if (text.empty() || text.size() > 9) return false;
  unsigned others = 0;
  for (char c : text) others |= static_cast<unsigned char>(c - '0') > 9 ? 1u : 0u;
  return others == 0;
}

}  // namespace

CsvInferenceRules::CsvInferenceRules(const CsvOptions& csv, bool infers_ntz_)
    : null_value(csv.dialect.null_value),
      nan_value(csv.nan_value),
      positive_infinity(csv.positive_infinity),
      negative_infinity(csv.negative_infinity),
      prefer_date(csv.prefer_date),
      infers_ntz(infers_ntz_),
      dates_are_timestamps(
          IsLenientDatePattern(csv.text.date_format) &&
          !(infers_ntz_ ? csv.text.timestamp_ntz_format : csv.text.timestamp_format)),
      datetimes(csv.text) {}

// Whether a column found to be of this kind so far may hold the field, without anything else
// being looked at: most fields of a column are alike.
bool CsvInference::Holds(Kind kind, std::string_view field) const {
  switch (kind) {
    case Kind::kString: return true;
    case Kind::kInteger: {
      if (IsShortInteger(field)) return true;
      auto value = JavaLong(field);
      return value && *value == static_cast<int32_t>(*value);
    }
    case Kind::kLong: return JavaLong(field).has_value();
    case Kind::kDouble: return IsPlainFraction(field) || JavaDouble(field).has_value();
    case Kind::kBoolean: return JavaBoolean(field).has_value();
    case Kind::kDate: return rules_.datetimes.IsStrictDate(field);
    case Kind::kTimestamp: return rules_.datetimes.StrictTimestamp(field).has_value();
    default: return false;
  }
}

// The first kind that holds the field, from `from` on.
CsvInference::Guess CsvInference::Try(Kind from, std::string_view field) const {
  switch (from) {
    case Kind::kNull:
    case Kind::kInteger:
      if (Holds(Kind::kInteger, field)) return {Kind::kInteger};
      [[fallthrough]];
    case Kind::kLong:
      if (Holds(Kind::kLong, field)) return {Kind::kLong};
      [[fallthrough]];
    case Kind::kDecimal: {
      auto shape = JavaBigDecimal(field);
      if (shape && shape->scale == 0 && shape->precision <= kMaxDecimalPrecision) {
        return {Kind::kDecimal, static_cast<int>(shape->precision)};
      }
      [[fallthrough]];
    }
    case Kind::kDouble:
      if (JavaDouble(field) || field == rules_.nan_value || field == rules_.positive_infinity ||
          field == rules_.negative_infinity) {
        return {Kind::kDouble};
      }
      [[fallthrough]];
    case Kind::kDate:
      if ((rules_.prefer_date || from == Kind::kDate) && Holds(Kind::kDate, field)) {
        return {Kind::kDate};
      }
      [[fallthrough]];
    case Kind::kNtz:
      if (rules_.infers_ntz && rules_.datetimes.TimestampNtz(field)) return {Kind::kNtz};
      [[fallthrough]];
    case Kind::kTimestamp:
      if (Holds(Kind::kTimestamp, field)) return {Kind::kTimestamp};
      [[fallthrough]];
    case Kind::kBoolean:
      if (JavaBoolean(field)) return {Kind::kBoolean};
      [[fallthrough]];
    case Kind::kString: break;
  }
  return {Kind::kString};
}

CsvInference::Guess CsvInference::Common(Guess left, Guess right) const {
  constexpr int kIntegerDigits = 10, kLongDigits = 20;
  if (left.kind == right.kind) return {left.kind, std::max(left.precision, right.precision)};
  if (left.kind > right.kind) std::swap(left, right);
  if (left.kind == Kind::kNull) return right;
  if (right.kind == Kind::kDecimal) {
    int digits = left.kind == Kind::kInteger ? kIntegerDigits : kLongDigits;
    return {Kind::kDecimal, std::max(digits, right.precision)};
  }
  if (right.kind <= Kind::kDouble) return right;
  const auto is_timestamp = [](Kind kind) {
    return kind == Kind::kNtz || kind == Kind::kTimestamp;
  };
  if (left.kind == Kind::kDate && is_timestamp(right.kind) && rules_.dates_are_timestamps) {
    return right;
  }
  if (left.kind == Kind::kNtz && right.kind == Kind::kTimestamp) return right;
  return {Kind::kString};
}

void CsvInference::Add(const std::vector<std::string_view>& fields) {
  size_t count = std::min(fields.size(), columns_left_);
  for (size_t i = 0; i < count; ++i) {
    Guess& guess = types_[i];
    std::string_view field = fields[i];
    if (field.empty() || guess.kind == Kind::kString || field == rules_.null_value) continue;
    if (Holds(guess.kind, field)) continue;
    guess = Common(guess, Try(guess.kind, field));
  }
  while (columns_left_ > 0 && types_[columns_left_ - 1].kind == Kind::kString) --columns_left_;
}

void CsvInference::Merge(const CsvInference& other) {
  for (size_t i = 0; i < types_.size(); ++i) types_[i] = Common(types_[i], other.types_[i]);
}

std::vector<DataType> CsvInference::Types() const {
  std::vector<DataType> types;
  for (const Guess& guess : types_) {
    switch (guess.kind) {
      case Kind::kInteger: types.push_back(DataType::Integer()); break;
      case Kind::kLong: types.push_back(DataType::Long()); break;
      case Kind::kDecimal: types.push_back(DataType::Decimal(guess.precision, 0)); break;
      case Kind::kDouble: types.push_back(DataType::Double()); break;
      case Kind::kDate: types.push_back(DataType::Date()); break;
      case Kind::kNtz: types.push_back(DataType::TimestampNtz()); break;
      case Kind::kTimestamp: types.push_back(DataType::Timestamp()); break;
      case Kind::kBoolean: types.push_back(DataType::Boolean()); break;
      case Kind::kNull:
      case Kind::kString: types.push_back(DataType::String()); break;
    }
  }
  return types;
}

}  // namespace pyrite::sources
