#include "functions/casts.h"

#include <algorithm>
#include <cctype>

#include "functions/kernels/calendar.h"
#include "functions/kernels/text_to_number.h"
#include "functions/kernels/time_zone.h"

namespace pyrite::functions {
namespace {

using Kind = TypeKind;

// Digits before the point that an integral type may need.
int IntegralDigits(Kind kind) {
  switch (kind) {
    case Kind::kByte: return 3;
    case Kind::kShort: return 5;
    case Kind::kInteger: return 10;
    default: return 19;
  }
}

bool DecimalIsSame(const DataType& from, const DataType& to) {
  switch (to.kind()) {
    // The engine divides floating point numbers, which is exact only while both sides are.
    case Kind::kDouble: return from.precision() <= 15;
    case Kind::kFloat: return from.precision() <= 7;
    case Kind::kDecimal:
      return to.scale() >= from.scale() &&
             to.precision() - to.scale() >= from.precision() - from.scale();
    default: return false;
  }
}

bool IntegralIsSame(const DataType& from, const DataType& to) {
  switch (to.kind()) {
    case Kind::kDecimal: return to.precision() - to.scale() >= IntegralDigits(from.kind());
    case Kind::kFloat:
    case Kind::kDouble:
    case Kind::kString:
    case Kind::kBoolean: return true;
    default: return to.IsIntegral() && to.kind() > from.kind();
  }
}

// Whether the engine's cast gives what Spark's does for every value.
bool EngineIsSame(const DataType& from, const DataType& to) {
  if (from.IsIntegral()) return IntegralIsSame(from, to);
  if (from.Is(Kind::kDecimal)) return DecimalIsSame(from, to);
  if (from.Is(Kind::kFloat)) return to.Is(Kind::kDouble);
  if (from.Is(Kind::kBoolean)) return to.IsIntegral() || to.Is(Kind::kString);
  return false;
}

bool IsNoop(const DataType& from, const DataType& to) {
  return from.SameStructure(to) || (from.IsString() && to.IsString());
}

const char* ModeName(plan::EvalMode mode) {
  switch (mode) {
    case plan::EvalMode::kAnsi: return "ansi";
    case plan::EvalMode::kTry: return "try";
    case plan::EvalMode::kLegacy: return "legacy";
  }
  return "ansi";
}

Value DatetimeValue(int64_t utc_micros, int64_t local_day, bool at_midnight, const DataType& to,
                    const TimeZone& zone) {
  if (to.Is(Kind::kDate)) return Value(local_day);
  const int64_t midnight = local_day * kSecondsPerDay;
  if (to.Is(Kind::kTimestamp)) {
    return Value(at_midnight ? zone.LocalToUtc(midnight) * kMicrosPerSecond : utc_micros);
  }
  return Value(at_midnight ? midnight * kMicrosPerSecond : zone.MicrosToLocal(utc_micros));
}

}  // namespace

CastPlan PlanCast(const DataType& from, const DataType& to, plan::EvalMode mode,
                  const std::string& time_zone) {
  if (IsNoop(from, to)) return {CastKind::kNoop, {}};
  if (EngineIsSame(from, to)) return {CastKind::kEngine, {}};
  return {CastKind::kKernel,
          {Literal::String(from.ToSql()), Literal::String(to.ToSql()),
           Literal::String(ModeName(mode)), Literal::String(time_zone)}};
}

std::optional<Value> SpecialDatetime(std::string_view text, const DataType& to,
                                     int64_t query_start_micros, const std::string& time_zone) {
  const TimeZone* zone = TimeZone::Find(time_zone);
  if (!to.IsDatetime() || zone == nullptr) return std::nullopt;
  std::string name(TrimAll(text));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name == "epoch") return Value(int64_t{0});
  const int64_t now = query_start_micros;
  const int64_t today = FloorDivide(zone->MicrosToLocal(now), kMicrosPerDay);
  if (name == "now") return DatetimeValue(now, today, false, to, *zone);
  if (name == "today") return DatetimeValue(now, today, true, to, *zone);
  if (name == "tomorrow") return DatetimeValue(now, today + 1, true, to, *zone);
  if (name == "yesterday") return DatetimeValue(now, today - 1, true, to, *zone);
  return std::nullopt;
}

}  // namespace pyrite::functions
