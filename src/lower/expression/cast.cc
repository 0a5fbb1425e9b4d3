#include "base/errors.h"
#include "lower/constant.h"
#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

// Decimal digits before the point that an integral type may need.
int IntegralDigits(TypeKind kind) {
  switch (kind) {
    case TypeKind::kByte: return 3;
    case TypeKind::kShort: return 5;
    case TypeKind::kInteger: return 10;
    default: return 19;
  }
}

// Conversions that cannot fail and that DuckDB makes as Spark does, in every mode.
bool IsExact(const DataType& from, const DataType& to) {
  if (from.IsIntegral() && to.IsIntegral()) return from.kind() < to.kind();
  if (from.IsIntegral()) {
    if (to.Is(TypeKind::kDecimal)) {
      return to.precision() - to.scale() >= IntegralDigits(from.kind());
    }
    return to.Is(TypeKind::kFloat) || to.Is(TypeKind::kDouble) || to.Is(TypeKind::kString);
  }
  if (from.Is(TypeKind::kFloat)) return to.Is(TypeKind::kDouble);
  if (from.Is(TypeKind::kDecimal)) {
    if (to.Is(TypeKind::kDouble) || to.Is(TypeKind::kFloat)) return true;
    return to.Is(TypeKind::kDecimal) && to.scale() >= from.scale() &&
           to.precision() - to.scale() >= from.precision() - from.scale();
  }
  if (from.Is(TypeKind::kDate)) {
    return to.Is(TypeKind::kTimestamp) || to.Is(TypeKind::kTimestampNtz) || to.Is(TypeKind::kString);
  }
  if (from.Is(TypeKind::kTimestamp)) {
    return to.Is(TypeKind::kTimestampNtz) || to.Is(TypeKind::kDate);
  }
  if (from.Is(TypeKind::kTimestampNtz)) {
    return to.Is(TypeKind::kTimestamp) || to.Is(TypeKind::kDate);
  }
  if (from.Is(TypeKind::kBoolean)) return to.IsIntegral() || to.Is(TypeKind::kString);
  return false;
}

// Conversions that can overflow, and otherwise give what Spark gives.
bool IsChecked(const DataType& from, const DataType& to) {
  bool from_exact_number = from.IsIntegral() || from.Is(TypeKind::kDecimal);
  return (from.IsIntegral() && to.IsIntegral()) ||
         (from_exact_number && to.Is(TypeKind::kDecimal));
}

}  // namespace

AstExpression Lowering::LowerCast(const plan::Cast& node, const DataType& type) {
  const DataType& from = node.child->type;
  if (from.Is(TypeKind::kNull)) return LowerConstant(Value(), type);
  AstExpression child = Lower(node.child);
  duckdb::LogicalType physical = PhysicalType(type);
  if (from.SameStructure(type) || (from.IsString() && type.IsString())) {
    return PhysicalType(from) == physical ? std::move(child) : MakeAstCast(std::move(child), physical);
  }
  if (IsExact(from, type)) return MakeAstCast(std::move(child), physical);
  if (IsChecked(from, type)) {
    bool null_on_overflow =
        node.mode == plan::EvalMode::kTry ||
        (node.mode == plan::EvalMode::kLegacy && type.Is(TypeKind::kDecimal));
    if (null_on_overflow || node.mode == plan::EvalMode::kAnsi) {
      return duckdb::make_uniq<duckdb::CastExpression>(physical, std::move(child), null_on_overflow);
    }
  }
  throw errors::UnsupportedFeature("CAST from " + from.ToSql() + " to " + type.ToSql());
}

}  // namespace pyrite::lower
