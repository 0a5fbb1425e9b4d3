// Numbers, strings, and typed literals: DATE '2020-01-01'.

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <limits>

#include "base/errors.h"
#include "base/text/datetime_word.h"
#include "base/text/decimal_literal.h"
#include "base/text/interval_text.h"
#include "base/text/text_to_datetime.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"
#include "sql/quoted_text.h"

namespace pyrite::sql {

using spec::ExpressionPtr;

bool Grammar::AtNumber(int ahead) const {
  TokenKind kind = Peek(ahead).kind;
  return kind >= TokenKind::kInteger && kind <= TokenKind::kBigDecimal;
}

std::string Grammar::OneString() {
  if (!At(TokenKind::kString)) SyntaxError();
  return UnquoteString(TextOf(Advance()), !options().escaped_string_literals);
}

std::string Grammar::StringText() {
  std::string text = OneString();
  while (At(TokenKind::kString)) text += OneString();
  return text;
}

std::string Grammar::IntegerText() {
  if (!At(TokenKind::kInteger)) SyntaxError();
  return std::string(TextOf(Advance()));
}

ExpressionPtr Grammar::StringLiteralExpression() {
  int32_t first = position();
  std::string text = StringText();
  return spec::Constant(Literal::String(std::move(text)), From(first));
}

namespace {

struct IntegralKind {
  DataType type;
  int64_t minimum;
  int64_t maximum;
};

template <typename T>
IntegralKind Integral(DataType type) {
  return {type, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
}

std::optional<int64_t> ToInt64(const std::string& text) {
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

SparkError OutOfRange(const std::string& literal, const IntegralKind& kind) {
  return errors::NumericLiteralOutOfRange(literal, std::to_string(kind.minimum),
                                          std::to_string(kind.maximum), kind.type.ToDdl());
}

// 1L, 1S, 1Y; `text` without the suffix.
Literal SuffixedInteger(const std::string& text, const IntegralKind& kind) {
  std::optional<int64_t> value = ToInt64(text);
  if (!value || *value < kind.minimum || *value > kind.maximum) throw OutOfRange(text, kind);
  return {kind.type, Value(*value)};
}

Literal DecimalLiteral(const std::string& text) {
  std::optional<DecimalText> decimal = ReadDecimal(text);
  if (!decimal) throw errors::DecimalPrecisionTooLarge(DecimalDigits(text));
  return {DataType::Decimal(decimal->precision, decimal->scale), Value(decimal->unscaled)};
}

// The narrowest of INT, BIGINT and DECIMAL that holds it.
Literal PlainInteger(const std::string& text) {
  std::optional<int64_t> value = ToInt64(text);
  if (!value) return DecimalLiteral(text);
  bool fits = *value >= std::numeric_limits<int32_t>::min() &&
              *value <= std::numeric_limits<int32_t>::max();
  return fits ? Literal::Int(static_cast<int32_t>(*value)) : Literal::Long(*value);
}

Literal FloatLiteral(const std::string& text) {
  float value = std::strtof(text.c_str(), nullptr);
  if (value > std::numeric_limits<float>::max() || value < -std::numeric_limits<float>::max()) {
    throw errors::NumericLiteralOutOfRange(text, "-3.4028234663852886E+38",
                                           "3.4028234663852886E+38", "float");
  }
  return {DataType::Float(), Value(static_cast<double>(value))};
}

Literal DoubleLiteral(const std::string& text) {
  double value = std::strtod(text.c_str(), nullptr);
  if (value > std::numeric_limits<double>::max() || value < -std::numeric_limits<double>::max()) {
    throw errors::NumericLiteralOutOfRange(text, "-1.7976931348623157E+308",
                                           "1.7976931348623157E+308", "double");
  }
  return Literal::Double(value);
}

Literal NumberOf(TokenKind kind, const std::string& text) {
  switch (kind) {
    case TokenKind::kInteger: return PlainInteger(text);
    case TokenKind::kBigint: return SuffixedInteger(text, Integral<int64_t>(DataType::Long()));
    case TokenKind::kSmallint: return SuffixedInteger(text, Integral<int16_t>(DataType::Short()));
    case TokenKind::kTinyint: return SuffixedInteger(text, Integral<int8_t>(DataType::Byte()));
    case TokenKind::kFloat: return FloatLiteral(text);
    case TokenKind::kExponent:
    case TokenKind::kDouble: return DoubleLiteral(text);
    default: return DecimalLiteral(text);
  }
}

size_t SuffixLength(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBigint:
    case TokenKind::kSmallint:
    case TokenKind::kTinyint:
    case TokenKind::kFloat:
    case TokenKind::kDouble: return 1;
    case TokenKind::kBigDecimal: return 2;
    default: return 0;
  }
}

}  // namespace

ExpressionPtr Grammar::NumberLiteral() {
  int32_t first = position();
  std::string text = Accept(TokenKind::kMinus) ? "-" : "";
  const Token& token = Advance();
  text += TextOf(token);
  text.resize(text.size() - SuffixLength(token.kind));
  try {
    return spec::Constant(NumberOf(token.kind, text), From(first));
  } catch (const SparkError& error) {
    Fail(error, From(first));
  }
}

namespace {

std::optional<Literal> Hexadecimal(std::string digits) {
  if (digits.size() % 2 == 1) digits.insert(0, "0");
  std::string bytes;
  for (size_t i = 0; i < digits.size(); i += 2) {
    unsigned byte = 0;
    auto [end, error] = std::from_chars(&digits[i], &digits[i] + 2, byte, 16);
    if (error != std::errc() || end != &digits[i] + 2) return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  return Literal{DataType::Binary(), Value(std::move(bytes))};
}

std::optional<Literal> Wrap(DataType type, std::optional<int64_t> value) {
  if (!value) return std::nullopt;
  return Literal{std::move(type), Value(*value)};
}

// DATE, TIMESTAMP and TIMESTAMP_NTZ literals.
std::optional<Literal> DatetimeLiteral(const DataType& type, const std::string& text,
                                       const std::string& zone_id) {
  using std::chrono::duration_cast, std::chrono::microseconds, std::chrono::system_clock;
  const TimeZone* zone = TimeZone::Find(zone_id);
  if (zone == nullptr) throw errors::InvalidTimeZone(zone_id);
  const int64_t now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
  if (auto word = DatetimeWord(text, type, now, *zone)) return Wrap(type, word);
  if (type.Is(TypeKind::kDate)) return Wrap(type, TextToDate(text));
  if (type.Is(TypeKind::kTimestamp)) return Wrap(type, TextToTimestamp(text, *zone));
  return Wrap(type, TextToTimestampNtz(text));
}

// TIMESTAMP 'x' follows the session's setting, but a time zone in the text makes it a TIMESTAMP.
DataType TimestampLiteralType(const std::string& text, const ParserOptions& options) {
  return options.timestamp_ntz && !TimestampNamesZone(text) ? DataType::TimestampNtz()
                                                            : DataType::Timestamp();
}

}  // namespace

ExpressionPtr Grammar::TypedLiteral() {
  int32_t first = position();
  std::string type = Upper(TextOf(Advance()));
  std::string text = OneString();
  std::optional<Literal> literal;
  const std::string& zone = options().time_zone;
  if (type == "DATE") {
    literal = DatetimeLiteral(DataType::Date(), text, zone);
  } else if (type == "TIMESTAMP") {
    literal = DatetimeLiteral(TimestampLiteralType(text, options()), text, zone);
  } else if (type == "TIMESTAMP_LTZ") {
    literal = DatetimeLiteral(DataType::Timestamp(), text, zone);
  } else if (type == "TIMESTAMP_NTZ") {
    literal = DatetimeLiteral(DataType::TimestampNtz(), text, zone);
  } else if (type == "TIME") {
    literal = Wrap(DataType::Time(6), TextToTime(text));
  } else if (type == "X") {
    literal = Hexadecimal(text);
  } else {
    Fail(errors::UnsupportedTypedLiteral(type), From(first));
  }
  if (!literal) Fail(errors::InvalidTypedLiteral(type, text), From(first));
  return spec::Constant(std::move(*literal), From(first));
}

}  // namespace pyrite::sql
