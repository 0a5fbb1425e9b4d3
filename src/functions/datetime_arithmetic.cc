#include "functions/datetime_arithmetic.h"

#include "base/errors.h"
#include "functions/build.h"
#include "functions/calendar_interval.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

constexpr int64_t kMicrosPerDay = int64_t{86400} * 1000 * 1000;
constexpr int kDayField = 0;

bool IsMoved(const DataType& type) { return type.IsDatetime(); }

bool IsSmallInteger(const DataType& type) { return type.IsIntegral() && !type.Is(TypeKind::kLong); }

ExpressionPtr MovedDays(const ExpressionPtr& date, const ExpressionPtr& days, bool backwards,
                        const CallContext& context) {
  ExpressionPtr count = Coerce(days, DataType::Integer(), context);
  return Native(backwards ? "-" : "+", {date, count}, DataType::Date(),
                date->nullable || count->nullable, context);
}

// Months or microseconds as a plain number, constants at once.
ExpressionPtr IntervalNumber(const ExpressionPtr& interval, bool negate,
                             const CallContext& context) {
  bool months = interval->type.Is(TypeKind::kYearMonthInterval);
  DataType type = months ? DataType::Integer() : DataType::Long();
  if (const Value* value = ConstantValue(interval)) {
    return plan::MakeConstant({type, Value(negate ? -value->as_int() : value->as_int())});
  }
  // The engine stores intervals as these numbers.
  if (!negate) return interval;
  return Native("-", {interval}, type, interval->nullable, context);
}

ExpressionPtr AddMonths(const ExpressionPtr& moved, const ExpressionPtr& months,
                        const CallContext& context) {
  bool nullable = moved->nullable || months->nullable;
  if (moved->type.Is(TypeKind::kTimestamp)) {  // by the local calendar
    ExpressionPtr local = Coerce(moved, DataType::TimestampNtz(), context);
    return Coerce(AddMonths(local, months, context), DataType::Timestamp(), context);
  }
  return Native("spark_add_months", {moved, months}, moved->type, nullable, context);
}

ExpressionPtr AddMicros(ExpressionPtr moved, const ExpressionPtr& interval, bool backwards,
                        const CallContext& context) {
  const Value* value = ConstantValue(interval);
  bool whole_days =
      interval->type.start_field() == kDayField && interval->type.end_field() == kDayField;
  if (moved->type.Is(TypeKind::kDate) && whole_days && value != nullptr) {
    int64_t days = value->as_int() / kMicrosPerDay;
    return MovedDays(moved, IntConstant(days), backwards, context);
  }
  bool is_date = moved->type.Is(TypeKind::kDate);
  if (is_date && !whole_days) {
    moved = Coerce(moved, DataType::Timestamp(), context);
    is_date = false;
  }
  ExpressionPtr micros = IntervalNumber(interval, backwards, context);
  bool nullable = moved->nullable || micros->nullable;
  const char* target = is_date ? "spark_date_add_micros" : "spark_timestamp_add_micros";
  return Native(target, {moved, micros}, moved->type, nullable, context);
}

ExpressionPtr Move(const ExpressionPtr& moved, const ExpressionPtr& by, bool backwards,
                   const CallContext& context) {
  if (by->type.Is(TypeKind::kYearMonthInterval)) {
    return AddMonths(moved, IntervalNumber(by, backwards, context), context);
  }
  if (by->type.Is(TypeKind::kDayTimeInterval)) return AddMicros(moved, by, backwards, context);
  if (moved->type.Is(TypeKind::kDate) && IsSmallInteger(by->type)) {
    return MovedDays(moved, by, backwards, context);
  }
  if (moved->type.Is(TypeKind::kDate) && IsNullType(by)) {
    return MovedDays(moved, by, backwards, context);
  }
  if (by->type.Is(TypeKind::kCalendarInterval)) {
    return MoveByCalendar(moved, by, backwards, context);
  }
  if (!moved->type.Is(TypeKind::kDate) || by->type.IsDatetime()) return nullptr;
  throw errors::UnexpectedInputType(SqlOfCall(backwards ? "date_sub" : "date_add", {moved, by}),
                                    "second", "(\"INT\" or \"SMALLINT\" or \"TINYINT\")",
                                    SqlOf(*by), by->type.ToSql());
}

// A timestamp in a text: the sum is one, too (BinaryArithmeticWithDatetimeResolver).
bool IsMovedText(const DataType& text, const DataType& by) {
  return text.IsString() &&
         (by.Is(TypeKind::kDayTimeInterval) || by.Is(TypeKind::kCalendarInterval));
}

ExpressionPtr MovedText(const ExpressionPtr& text, const ExpressionPtr& by, bool backwards,
                        plan::EvalMode mode, const CallContext& context) {
  ExpressionPtr moment = plan::MakeCast(text, DataType::Timestamp(), mode);
  return Coerce(Move(moment, by, backwards, context), text->type, context);
}

ExpressionPtr Difference(const ExpressionPtr& left, const ExpressionPtr& right,
                         const CallContext& context) {
  if (!right->type.IsDatetime() && !right->type.IsString()) return nullptr;
  if (left->type.Is(TypeKind::kDate) && right->type.Is(TypeKind::kDate)) {
    return Native("spark_subtract_dates", {left, right},
                  DataType::DayTimeInterval(kDayField, kDayField),
                  left->nullable || right->nullable, context);
  }
  // Of the local times: an hour that a zone leaves out or repeats is not seen (SubtractTimestamps).
  bool ntz = left->type.Is(TypeKind::kTimestampNtz) && right->type.Is(TypeKind::kTimestampNtz);
  const auto local = [&](const ExpressionPtr& moment) {
    ExpressionPtr at = ntz ? moment : Coerce(moment, DataType::Timestamp(), context);
    return Coerce(at, DataType::TimestampNtz(), context);
  };
  ExpressionPtr from = local(right), to = local(left);
  return Native("spark_subtract_timestamps", {to, from}, DataType::DayTimeInterval(),
                to->nullable || from->nullable, context);
}

// ---- intervals alone

ExpressionPtr Numbered(const ExpressionPtr& interval, const CallContext& context) {
  return Native("spark_interval_number", {interval}, DataType::Long(), interval->nullable, context);
}

// The interval of a number of months or microseconds.
ExpressionPtr IntervalOf(const ExpressionPtr& number, const DataType& type,
                         const CallContext& context) {
  const char* target = type.Is(TypeKind::kYearMonthInterval) ? "spark_interval_of_months"
                                                             : "spark_interval_of_micros";
  return Native(target, {number}, type, number->nullable, context);
}

// interval * number, interval / number: rounded half up to whole months or microseconds.
ExpressionPtr Scaled(const char* target, const ExpressionPtr& interval, const ExpressionPtr& factor,
                     const CallContext& context) {
  constexpr int kExactPrecision = 18;
  const DataType& type = factor->type;
  ExpressionPtr number = Numbered(interval, context);
  bool nullable = interval->nullable || factor->nullable;
  DataType result = interval->type.Is(TypeKind::kYearMonthInterval) ? DataType::YearMonthInterval()
                                                                    : DataType::DayTimeInterval();
  Expressions operands{number, factor};
  if (type.IsIntegral()) {
    operands[1] = Coerce(factor, DataType::Long(), context);
  } else if (type.Is(TypeKind::kDecimal)) {
    if (type.precision() > kExactPrecision) {
      throw errors::UnsupportedFeature("intervals scaled by wide decimals");
    }
    operands[1] = Native("spark_unscaled", {factor}, DataType::Long(), factor->nullable, context);
    operands.push_back(IntConstant(type.scale()));
  } else {
    operands[1] = Coerce(factor, DataType::Double(), context);
  }
  return IntervalOf(Native(target, operands, DataType::Long(), nullable, context), result, context);
}

ExpressionPtr IntervalArithmetic(std::string_view symbol, const Expressions& arguments,
                                 const CallContext& context) {
  const ExpressionPtr& left = arguments[0];
  const ExpressionPtr& right = arguments[1];
  bool both = left->type.IsAnsiInterval() && left->type.kind() == right->type.kind();
  if (both && (symbol == "+" || symbol == "-")) {
    auto type = WiderType(left->type, right->type, context.ansi);
    bool months = left->type.Is(TypeKind::kYearMonthInterval);
    ExpressionPtr sum =
        Native(symbol == "+" ? "spark_add_intervals" : "spark_subtract_intervals",
               {Numbered(left, context), Numbered(right, context), BoolConstant(months)},
               DataType::Long(), left->nullable || right->nullable, context);
    return IntervalOf(sum, *type, context);
  }
  if (symbol == "*" && left->type.IsAnsiInterval() && right->type.IsNumeric()) {
    return Scaled("spark_interval_times", left, right, context);
  }
  if (symbol == "*" && right->type.IsAnsiInterval() && left->type.IsNumeric()) {
    return Scaled("spark_interval_times", right, left, context);
  }
  if (symbol == "/" && left->type.IsAnsiInterval() && right->type.IsNumeric()) {
    return Scaled("spark_interval_divide", left, right, context);
  }
  bool scales = symbol == "*" || symbol == "/";
  if (left->type.IsAnsiInterval() && right->type.IsAnsiInterval()) {
    const ExpressionPtr& wrong = scales ? right : left;
    throw errors::UnexpectedInputType(
        SqlOfCall(std::string(symbol), arguments), scales ? "second" : "first",
        scales ? "\"NUMERIC\"" : "(\"TIMESTAMP\" or \"TIMESTAMP_NTZ\")", SqlOf(*wrong),
        wrong->type.ToSql());
  }
  return nullptr;
}

// The operands, with the types that NULL and texts have beside moments and intervals.
Expressions Typed(std::string_view symbol, Expressions operands, const CallContext& context) {
  bool sums = symbol == "+" || symbol == "-";
  for (size_t i : {0, 1}) {
    ExpressionPtr& one = operands[i];
    const DataType& other = operands[1 - i]->type;
    bool is_null = IsNullType(one);
    if (!is_null && !one->type.IsString()) continue;
    if (other.IsAnsiInterval() && !sums) {
      if (symbol == "*" || (symbol == "/" && i == 1)) {
        one = Coerce(one, DataType::Double(), context);
      }
    } else if (is_null && sums && other.IsAnsiInterval()) {
      one = Coerce(one, other, context);
    } else if (is_null && sums && other.IsDatetime()) {
      one = Coerce(one, symbol == "+" ? DataType::DayTimeInterval() : other, context);
    } else if (!is_null && symbol == "-" && other.IsDatetime()) {
      bool stands_before_date = i == 0 && other.Is(TypeKind::kDate);
      if (context.ansi || stands_before_date) one = Coerce(one, other, context);
    }
  }
  return operands;
}

}  // namespace

ExpressionPtr DatetimeArithmetic(std::string_view symbol, plan::EvalMode mode,
                                 const Expressions& given, const CallContext& context) {
  Expressions arguments = Typed(symbol, given, context);
  const ExpressionPtr& left = arguments[0];
  const ExpressionPtr& right = arguments[1];
  bool intervals = left->type.IsAnsiInterval() || right->type.IsAnsiInterval();
  if (IsMovedText(left->type, right->type) && (symbol == "+" || symbol == "-")) {
    return MovedText(left, right, symbol == "-", mode, context);
  }
  if (IsMovedText(right->type, left->type) && symbol == "+") {
    return MovedText(right, left, false, mode, context);
  }
  if (symbol == "+" && IsMoved(left->type)) return Move(left, right, false, context);
  if (symbol == "+" && IsMoved(right->type)) return Move(right, left, false, context);
  if (symbol == "-" && IsMoved(left->type)) {
    if (IsMoved(right->type)) return Difference(left, right, context);
    return Move(left, right, true, context);
  }
  if (left->type.Is(TypeKind::kCalendarInterval) || right->type.Is(TypeKind::kCalendarInterval)) {
    return CalendarArithmetic(symbol, mode, arguments, context);
  }
  if (intervals && !left->type.IsDatetime() && !right->type.IsDatetime()) {
    return IntervalArithmetic(symbol, arguments, context);
  }
  return nullptr;
}

}  // namespace pyrite::functions
