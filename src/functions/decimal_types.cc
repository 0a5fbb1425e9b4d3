#include "functions/decimal_types.h"

#include <algorithm>

namespace pyrite::functions {
namespace {
constexpr int kMinimumAdjustedScale = 6;
}

DataType AdjustedDecimal(int precision, int scale) {
  if (precision <= kMaxDecimalPrecision) return DataType::Decimal(precision, scale);
  int integral = precision - scale;
  int least_scale = std::min(scale, kMinimumAdjustedScale);
  return DataType::Decimal(kMaxDecimalPrecision,
                           std::max(kMaxDecimalPrecision - integral, least_scale));
}

DataType BoundedDecimal(int precision, int scale) {
  return DataType::Decimal(std::min(precision, kMaxDecimalPrecision),
                           std::min(scale, kMaxDecimalPrecision));
}

DataType DecimalAddType(const DataType& left, const DataType& right) {
  int scale = std::max(left.scale(), right.scale());
  int integral = std::max(left.precision() - left.scale(), right.precision() - right.scale());
  return AdjustedDecimal(integral + scale + 1, scale);
}

DataType DecimalMultiplyType(const DataType& left, const DataType& right) {
  return AdjustedDecimal(left.precision() + right.precision() + 1, left.scale() + right.scale());
}

DataType DecimalDivideType(const DataType& left, const DataType& right) {
  int scale = std::max(kMinimumAdjustedScale, left.scale() + right.precision() + 1);
  return AdjustedDecimal(left.precision() - left.scale() + right.scale() + scale, scale);
}

DataType DecimalRemainderType(const DataType& left, const DataType& right) {
  int scale = std::max(left.scale(), right.scale());
  int integral = std::min(left.precision() - left.scale(), right.precision() - right.scale());
  return AdjustedDecimal(integral + scale, scale);
}

DataType WiderDecimal(const DataType& left, const DataType& right) {
  int scale = std::max(left.scale(), right.scale());
  int integral = std::max(left.precision() - left.scale(), right.precision() - right.scale());
  int excess = integral + scale - kMaxDecimalPrecision;
  if (excess <= 0) return DataType::Decimal(integral + scale, scale);
  return DataType::Decimal(kMaxDecimalPrecision, std::max(scale - excess, 0));
}

DataType DecimalForType(const DataType& numeric) {
  switch (numeric.kind()) {
    case TypeKind::kByte: return DataType::Decimal(3, 0);
    case TypeKind::kShort: return DataType::Decimal(5, 0);
    case TypeKind::kInteger: return DataType::Decimal(10, 0);
    case TypeKind::kLong: return DataType::Decimal(20, 0);
    case TypeKind::kFloat: return DataType::Decimal(14, 7);
    case TypeKind::kDouble: return DataType::Decimal(30, 15);
    case TypeKind::kDecimal: return numeric;
    default: return DataType::Decimal(38, 18);
  }
}

}  // namespace pyrite::functions
