// INTERVAL '1' DAY, INTERVAL 2 WEEKS 3 DAYS, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 day 2
// hours'.

#include "base/text/interval_text.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::ExpressionPtr;

// Without a value behind it, INTERVAL is a name.
bool Grammar::AtIntervalLiteral() const {
  int ahead = At(TokenKind::kPlus, 1) || At(TokenKind::kMinus, 1) ? 2 : 1;
  if (At(TokenKind::kString, ahead)) return true;
  bool number = At(TokenKind::kInteger, ahead) || At(TokenKind::kDecimal, ahead);
  return number && At(TokenKind::kWord, ahead + 1);
}

std::string Grammar::IntervalValue() {
  std::string sign;
  if (Accept(TokenKind::kMinus)) {
    sign = "-";
  } else {
    Accept(TokenKind::kPlus);
  }
  std::string value;
  if (At(TokenKind::kString)) {
    value = StringText();
  } else if (At(TokenKind::kInteger) || At(TokenKind::kDecimal)) {
    value = std::string(TextOf(Advance()));
  } else {
    SyntaxError();
  }
  if (sign.empty()) return value;
  return value.starts_with('-') ? value.substr(1) : sign + value;
}

ExpressionPtr Grammar::IntervalLiteral() {
  int32_t first = position();
  Advance();
  bool text_alone = At(TokenKind::kString) &&
                    !(At(TokenKind::kWord, 1) && IsIntervalUnit(Lower(TextOf(Peek(1)))));
  try {
    if (text_alone && !At(TokenKind::kString, 1)) {
      std::string text = OneString();
      return IntervalOfText(text, first);
    }
    return UnitToUnit(first);
  } catch (const SparkError& error) {
    if (error.condition() == "_LEGACY_ERROR_TEMP_0029") {
      Fail(errors::MixedIntervalUnits(Lower(Text(first, position()))), From(first));
    }
    Fail(error, From(first));
  }
}

// INTERVAL '1 day 2 hours'
ExpressionPtr Grammar::IntervalOfText(const std::string& text, int32_t first) {
  try {
    return spec::Constant(ReadIntervalLiteral(text), From(first));
  } catch (const SparkError& error) {
    if (error.condition() == "_LEGACY_ERROR_TEMP_0029") throw;
    Fail(errors::InvalidTypedLiteral("INTERVAL", text), From(first));
  }
}

// Reads a first value and unit; goes on as "unit TO unit" or as more values with units.
ExpressionPtr Grammar::UnitToUnit(int32_t first) {
  int32_t start = position();
  std::string value = IntervalValue();
  if (!At(TokenKind::kWord) || !IsIntervalUnit(Lower(TextOf(Peek())))) SyntaxError();
  if (!At(Keyword::kTo, 1)) {
    SetPosition(start);
    return MultipleUnits(first);
  }
  std::string from = Lower(TextOf(Advance()));
  Advance();
  if (!At(TokenKind::kWord)) SyntaxError();
  std::string to = Lower(TextOf(Advance()));
  return spec::Constant(ReadUnitToUnit(value, from, to), From(first));
}

ExpressionPtr Grammar::MultipleUnits(int32_t first) {
  std::vector<IntervalPart> parts;
  do {
    IntervalPart part;
    part.value = IntervalValue();
    if (!At(TokenKind::kWord) || !IsIntervalUnit(Lower(TextOf(Peek())))) SyntaxError();
    part.unit = Lower(TextOf(Advance()));
    parts.push_back(std::move(part));
  } while (AtIntervalPart());
  return spec::Constant(ReadIntervalParts(parts), From(first));
}

// Another value with its unit: what distinguishes 1 DAY 2 HOURS from 1 DAY - 2.
bool Grammar::AtIntervalPart() const {
  int ahead = At(TokenKind::kPlus) || At(TokenKind::kMinus) ? 1 : 0;
  bool value = At(TokenKind::kString, ahead) || At(TokenKind::kInteger, ahead) ||
               At(TokenKind::kDecimal, ahead);
  return value && At(TokenKind::kWord, ahead + 1) && IsIntervalUnit(Lower(TextOf(Peek(ahead + 1))));
}

}  // namespace pyrite::sql
