#include "functions/casts.h"

#include <algorithm>
#include <cctype>

#include "base/text/calendar.h"
#include "base/text/text_to_number.h"
#include "base/text/time_zone.h"

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

}  // namespace

CastPlan KernelCast(const DataType& from, const DataType& to, plan::EvalMode mode,
                    const std::string& time_zone) {
  return {CastKind::kKernel,
          {Literal::String(from.ToSql()), Literal::String(to.ToSql()),
           Literal::String(ModeName(mode)), Literal::String(time_zone)}};
}

CastPlan PlanCast(const DataType& from, const DataType& to, plan::EvalMode mode,
                  const std::string& time_zone) {
  if (IsNoop(from, to)) return {CastKind::kNoop, {}};
  if (EngineIsSame(from, to)) return {CastKind::kEngine, {}};
  return KernelCast(from, to, mode, time_zone);
}

}  // namespace pyrite::functions
