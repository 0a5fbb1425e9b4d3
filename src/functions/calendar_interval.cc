#include "functions/calendar_interval.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

bool IsCalendar(const ExpressionPtr& e) { return e->type.Is(TypeKind::kCalendarInterval); }

ExpressionPtr PartOf(const char* target, const ExpressionPtr& interval, const DataType& type,
                     const CallContext& context) {
  return Native(target, {interval}, type, interval->nullable, context);
}

ExpressionPtr AddMicros(const ExpressionPtr& moment, const ExpressionPtr& micros,
                        const CallContext& context) {
  return Native("spark_timestamp_add_micros", {moment, micros}, moment->type,
                moment->nullable || micros->nullable, context);
}

// Of a TIMESTAMP_NTZ.
ExpressionPtr AddDates(const ExpressionPtr& local, const ExpressionPtr& interval,
                       const CallContext& context) {
  constexpr int64_t kMicrosPerDay = int64_t{86400} * 1000 * 1000;
  bool nullable = local->nullable || interval->nullable;
  ExpressionPtr months = PartOf("spark_calendar_months", interval, DataType::Integer(), context);
  ExpressionPtr moved = Native("spark_add_months", {local, months}, local->type, nullable, context);
  ExpressionPtr days = Coerce(PartOf("spark_calendar_days", interval, DataType::Integer(), context),
                              DataType::Long(), context);
  ExpressionPtr micros =
      CallFunction("*", {days, plan::MakeConstant(Literal::Long(kMicrosPerDay))}, context);
  return AddMicros(moved, micros, context);
}

ExpressionPtr MoveDate(const ExpressionPtr& date, const ExpressionPtr& interval,
                       const CallContext& context) {
  bool nullable = date->nullable || interval->nullable;
  if (!context.ansi) {
    ExpressionPtr local =
        AddDates(Coerce(date, DataType::TimestampNtz(), context), interval, context);
    ExpressionPtr micros = PartOf("spark_calendar_micros", interval, DataType::Long(), context);
    return plan::MakeCast(AddMicros(local, micros, context), DataType::Date(), ModeOf(context));
  }
  ExpressionPtr months = PartOf("spark_calendar_months", interval, DataType::Integer(), context);
  ExpressionPtr days = PartOf("spark_calendar_days_alone", interval, DataType::Integer(), context);
  ExpressionPtr moved = Native("spark_add_months", {date, months}, date->type, nullable, context);
  return Native("+", {moved, days}, DataType::Date(), nullable, context);
}

}  // namespace

ExpressionPtr NegativeCalendar(const ExpressionPtr& interval, const CallContext& context) {
  return Native("spark_calendar_negative", {interval}, interval->type, interval->nullable, context);
}

ExpressionPtr MoveByCalendar(const ExpressionPtr& moved, const ExpressionPtr& interval,
                             bool backwards, const CallContext& context) {
  ExpressionPtr by = backwards ? NegativeCalendar(interval, context) : interval;
  if (moved->type.Is(TypeKind::kDate)) return MoveDate(moved, by, context);
  ExpressionPtr micros = PartOf("spark_calendar_micros", by, DataType::Long(), context);
  ExpressionPtr local = Coerce(moved, DataType::TimestampNtz(), context);
  ExpressionPtr shifted = AddDates(local, by, context);  // by the calendar of the time zone
  return AddMicros(Coerce(shifted, moved->type, context), micros, context);
}

ExpressionPtr CalendarArithmetic(std::string_view symbol, plan::EvalMode mode,
                                 const Expressions& arguments, const CallContext& context) {
  const ExpressionPtr& left = arguments[0];
  const ExpressionPtr& right = arguments[1];
  // Without ANSI a division by zero is NULL.
  if (symbol == "/" && mode == plan::EvalMode::kLegacy) mode = plan::EvalMode::kTry;
  bool sums = symbol == "+" || symbol == "-";
  bool nullable = !sums || left->nullable || right->nullable || mode == plan::EvalMode::kTry;
  const auto native = [&](const char* target, ExpressionPtr first, ExpressionPtr second) {
    return Native(target, {std::move(first), std::move(second)}, DataType::CalendarInterval(),
                  nullable, context, mode);
  };
  if (IsCalendar(left) && IsCalendar(right)) {
    if (symbol == "+") return native("spark_calendar_sum", left, right);
    if (symbol == "-") return native("spark_calendar_sum", left, NegativeCalendar(right, context));
    return nullptr;
  }
  const ExpressionPtr& number = IsCalendar(left) ? right : left;
  const ExpressionPtr& interval = IsCalendar(left) ? left : right;
  bool scales = symbol == "*" || (symbol == "/" && IsCalendar(left));
  if (!scales || !(number->type.IsNumeric() || number->type.IsString())) return nullptr;
  ExpressionPtr factor = Coerce(number, DataType::Double(), context);
  return native(symbol == "*" ? "spark_calendar_times" : "spark_calendar_divide", interval, factor);
}

}  // namespace pyrite::functions
