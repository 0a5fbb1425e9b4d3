// Type names: decimal(10,2), array<map<string, int>>, struct<a: int, b: string COMMENT 'x'>,
// INTERVAL DAY TO SECOND; and column lists, "a INT NOT NULL, b STRING".

#include "base/errors.h"
#include "base/text/hex.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

DataType Grammar::Type() {
  CheckDepth();
  if (!AtName()) SyntaxError();
  std::string word = Upper(TextOf(Peek()));
  if (word == "ARRAY") return ArrayType();
  if (word == "MAP") return MapType();
  if (word == "STRUCT") return StructType();
  return PrimitiveType();
}

DataType Grammar::ArrayType() {
  int32_t first = position();
  Advance();
  if (!Accept(TokenKind::kLess)) Fail(errors::IncompleteComplexType("ARRAY"), From(first));
  DataType element = Type();
  Expect(TokenKind::kGreater);
  return DataType::Array(std::move(element));
}

DataType Grammar::MapType() {
  int32_t first = position();
  Advance();
  if (!Accept(TokenKind::kLess)) Fail(errors::IncompleteComplexType("MAP"), From(first));
  DataType key = Type();
  Expect(TokenKind::kComma);
  DataType value = Type();
  Expect(TokenKind::kGreater);
  return DataType::Map(std::move(key), std::move(value));
}

DataType Grammar::StructType() {
  int32_t first = position();
  Advance();
  if (Accept(TokenKind::kNotEqual)) return DataType::Struct({});  // STRUCT<>
  if (!Accept(TokenKind::kLess)) Fail(errors::IncompleteComplexType("STRUCT"), From(first));
  std::vector<StructField> fields;
  if (!At(TokenKind::kGreater)) {
    do {
      fields.push_back(Field(/*colon=*/true));
    } while (Accept(TokenKind::kComma));
  }
  Expect(TokenKind::kGreater);
  return DataType::Struct(std::move(fields));
}

namespace {

std::string JsonString(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      AppendHex(static_cast<unsigned char>(c), out, kLowerHex);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace

StructField Grammar::Field(bool colon) {
  StructField field;
  int32_t name = position();
  field.name = Identifier();
  RejectHyphen(name);
  if (colon) Accept(TokenKind::kColon);
  field.type = Type();
  if (Accept(Keyword::kNot) || Accept(TokenKind::kBang)) {
    Expect(Keyword::kNull);
    field.nullable = false;
  }
  if (Accept(Keyword::kComment)) {
    field.metadata = "{\"comment\":" + JsonString(StringText()) + "}";
  }
  return field;
}

int Grammar::TypeArgument() {
  std::string digits = IntegerText();
  return digits.size() > 9 ? 999999999 : std::stoi(digits);
}

namespace {

// Types that are one word without arguments.
std::optional<DataType> PlainType(const std::string& word) {
  struct Row {
    const char* word;
    TypeKind kind;
  };
  static constexpr Row kRows[] = {
      {"BOOLEAN", TypeKind::kBoolean}, {"TINYINT", TypeKind::kByte},
      {"BYTE", TypeKind::kByte},       {"SMALLINT", TypeKind::kShort},
      {"SHORT", TypeKind::kShort},     {"INT", TypeKind::kInteger},
      {"INTEGER", TypeKind::kInteger}, {"BIGINT", TypeKind::kLong},
      {"LONG", TypeKind::kLong},       {"FLOAT", TypeKind::kFloat},
      {"REAL", TypeKind::kFloat},      {"DOUBLE", TypeKind::kDouble},
      {"DATE", TypeKind::kDate},       {"TIMESTAMP_NTZ", TypeKind::kTimestampNtz},
      {"BINARY", TypeKind::kBinary},   {"TIMESTAMP_LTZ", TypeKind::kTimestamp},
      {"VOID", TypeKind::kNull},       {"VARIANT", TypeKind::kVariant},
  };
  for (const Row& row : kRows) {
    if (word == row.word) return DataType(row.kind);
  }
  return std::nullopt;
}

}  // namespace

DataType Grammar::PrimitiveType() {
  int32_t first = position();
  bool quoted = At(TokenKind::kQuotedName);
  std::string word = Upper(TextOf(Advance()));
  if (quoted) Fail(errors::UnsupportedDataType(word), From(first));
  if (word == "STRING") {
    if (At(Keyword::kCollate)) Fail(errors::UnsupportedFeature("collations"), From(first));
    return DataType::String();
  }
  if (word == "DECIMAL" || word == "DEC" || word == "NUMERIC") return DecimalType();
  if (word == "INTERVAL") return IntervalType();
  if (word == "CHAR" || word == "CHARACTER" || word == "VARCHAR") {
    if (!Accept(TokenKind::kLeftParen)) {
      Fail(errors::CharOrVarcharWithoutLength(word), From(first));
    }
    int length = TypeArgument();
    Expect(TokenKind::kRightParen);
    return word == "VARCHAR" ? DataType::Varchar(length) : DataType::Char(length);
  }
  if (word == "TIME") {
    if (!Accept(TokenKind::kLeftParen)) return DataType::Time(6);
    int precision = TypeArgument();
    Expect(TokenKind::kRightParen);
    if (precision > 6) Fail(errors::UnsupportedTimePrecision(precision), From(first));
    return DataType::Time(precision);
  }
  if (word == "TIMESTAMP") return TimestampType();
  if (word == "GEOGRAPHY" || word == "GEOMETRY") {
    Fail(errors::UnsupportedFeature("the type " + word), From(first));
  }
  std::optional<DataType> type = PlainType(word);
  if (type && !At(TokenKind::kLeftParen)) return *type;
  if (Accept(TokenKind::kLeftParen)) {
    do {
      TypeArgument();
    } while (Accept(TokenKind::kComma));
    Expect(TokenKind::kRightParen);
  }
  Fail(errors::UnsupportedDataType(Upper(Text(first, position()))), From(first));
}

DataType Grammar::TimestampType() {
  if (At(Keyword::kWith) && At(Keyword::kLocal, 1)) {
    SetPosition(position() + 2);
    Expect(Keyword::kTime);
    Expect(Keyword::kZone);
    return DataType::Timestamp();
  }
  if (At(Keyword::kWithout) && At(Keyword::kTime, 1)) {
    SetPosition(position() + 2);
    Expect(Keyword::kZone);
    return DataType::TimestampNtz();
  }
  return options().timestamp_ntz ? DataType::TimestampNtz() : DataType::Timestamp();
}

DataType Grammar::DecimalType() {
  int32_t first = position() - 1;
  if (!Accept(TokenKind::kLeftParen)) return DataType::Decimal(10, 0);
  int precision = TypeArgument();
  int scale = Accept(TokenKind::kComma) ? TypeArgument() : 0;
  Expect(TokenKind::kRightParen);
  if (scale > precision) {
    Fail(errors::DecimalScaleTooLarge(scale, precision), From(first));
  }
  if (precision > 38) throw errors::DecimalPrecisionTooLarge(precision);
  return DataType::Decimal(precision, scale);
}

DataType Grammar::IntervalType() {
  int32_t first = position() - 1;
  static constexpr std::string_view kDayTime[] = {"DAY", "HOUR", "MINUTE", "SECOND"};
  auto day_time_field = [&]() -> int {
    std::string word = At(TokenKind::kWord) ? Upper(TextOf(Peek())) : "";
    for (int i = 0; i < 4; ++i) {
      if (word == kDayTime[i]) return i;
    }
    return -1;
  };
  if (At(Keyword::kYear) || At(Keyword::kMonth)) {
    int start = Advance().keyword == Keyword::kYear ? 0 : 1;
    if (!Accept(Keyword::kTo)) return DataType::YearMonthInterval(start, start);
    Expect(Keyword::kMonth);
    if (start == 1) Fail(errors::UnsupportedIntervalType("MONTH", "MONTH"), From(first));
    return DataType::YearMonthInterval(0, 1);
  }
  int start = day_time_field();
  if (start < 0) return DataType::CalendarInterval();
  Advance();
  if (!Accept(Keyword::kTo)) return DataType::DayTimeInterval(start, start);
  int end = day_time_field();
  if (end < 1) SyntaxError();
  Advance();
  if (end <= start) {
    Fail(errors::UnsupportedIntervalType(std::string(kDayTime[start]), std::string(kDayTime[end])),
         From(first));
  }
  return DataType::DayTimeInterval(start, end);
}

}  // namespace pyrite::sql
