#include "sources/csv/csv_infer.h"

#include <algorithm>
#include <limits>

#include "base/text/decimal_text.h"
#include "base/text/text_to_datetime.h"
#include "sources/text/java_number.h"
#include "sources/text/short_text.h"

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
template <CsvInference::Kind kind>
bool CsvInference::Holds(std::string_view field) const {
  if constexpr (kind == Kind::kInteger) {
    if (IsShortInteger(field)) return true;
    auto value = JavaLong(field);
    return value && *value == static_cast<int32_t>(*value);
  }
  if constexpr (kind == Kind::kLong) return JavaLong(field).has_value();
  if constexpr (kind == Kind::kDouble) {
    return IsShortFraction(field) || JavaDouble(field).has_value();
  }
  if constexpr (kind == Kind::kBoolean) return JavaBoolean(field).has_value();
  if constexpr (kind == Kind::kDate) return rules_.datetimes.IsStrictDate(field);
  if constexpr (kind == Kind::kTimestamp)
    return rules_.datetimes.StrictTimestamp(field).has_value();
  return kind == Kind::kString;
}

// The first kind that holds the field, from `from` on.
CsvInference::Guess CsvInference::Try(Kind from, std::string_view field) const {
  switch (from) {
    case Kind::kNull:
    case Kind::kInteger:
      if (Holds<Kind::kInteger>(field)) return {Kind::kInteger};
      [[fallthrough]];
    case Kind::kLong:
      if (Holds<Kind::kLong>(field)) return {Kind::kLong};
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
      if ((rules_.prefer_date || from == Kind::kDate) && Holds<Kind::kDate>(field)) {
        return {Kind::kDate};
      }
      [[fallthrough]];
    case Kind::kNtz:
      if (rules_.infers_ntz && rules_.datetimes.TimestampNtz(field)) return {Kind::kNtz};
      [[fallthrough]];
    case Kind::kTimestamp:
      if (Holds<Kind::kTimestamp>(field)) return {Kind::kTimestamp};
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

// How many records from `from` on leave a column of the kind as it is.
template <CsvInference::Kind kind>
size_t CsvInference::CountHeld(size_t column, const std::string_view* fields,
                               const std::vector<CsvRecord>& records, size_t from) const {
  size_t i = from;
  for (; i < records.size(); ++i) {
    if (column >= records[i].count) continue;
    std::string_view field = fields[records[i].first + column];
    if (!field.empty() && !Holds<kind>(field) && field != rules_.null_value) break;
  }
  return i - from;
}

void CsvInference::AddColumn(size_t column, const std::string_view* fields,
                             const std::vector<CsvRecord>& records) {
  Guess& guess = types_[column];
  for (size_t i = 0; i < records.size() && guess.kind != Kind::kString; ++i) {
    const auto held = [&]<Kind kind> { return CountHeld<kind>(column, fields, records, i); };
    switch (guess.kind) {
      case Kind::kInteger: i += held.template operator()<Kind::kInteger>(); break;
      case Kind::kLong: i += held.template operator()<Kind::kLong>(); break;
      case Kind::kDouble: i += held.template operator()<Kind::kDouble>(); break;
      case Kind::kDate: i += held.template operator()<Kind::kDate>(); break;
      case Kind::kTimestamp: i += held.template operator()<Kind::kTimestamp>(); break;
      case Kind::kBoolean: i += held.template operator()<Kind::kBoolean>(); break;
      default: i += held.template operator()<Kind::kNull>(); break;
    }
    if (i == records.size()) return;
    guess = Common(guess, Try(guess.kind, fields[records[i].first + column]));
  }
}

void CsvInference::Add(const std::string_view* fields, const std::vector<CsvRecord>& records) {
  for (size_t column = 0; column < columns_left_; ++column) AddColumn(column, fields, records);
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
