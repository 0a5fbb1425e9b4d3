#include "lower/kernels/cast.h"

#include "base/errors.h"

namespace pyrite::lower {
namespace {

void Same(const BoundCast&, duckdb::Vector& source, duckdb::Vector& result, duckdb::idx_t) {
  result.Reinterpret(source);
}

void NothingToNull(const BoundCast&, duckdb::Vector&, duckdb::Vector& result, duckdb::idx_t count) {
  result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
  duckdb::ConstantVector::SetNull(result, duckdb::count_t(count));
}

CastFunction FindScalar(const BoundCast& cast) {
  constexpr CastFunction (*kFamilies[])(const BoundCast&) = {
      FindStringToNumber, FindNumberToDecimal, FindDecimalToNumber,
      FindNumberToNumber, FindInterval,        FindTime,
      FindDatetime,       FindToString,        FindBinary};
  for (const auto find : kFamilies) {
    if (const CastFunction function = find(cast)) return function;
  }
  return nullptr;
}

}  // namespace

BoundCast BindCast(const DataType& from, const DataType& to, plan::EvalMode mode,
                   const TimeZone& zone) {
  BoundCast cast{.from = from, .to = to, .mode = mode, .zone = &zone};
  if (from.Is(TypeKind::kNull)) {
    cast.run = NothingToNull;
  } else if (from.SameStructure(to) || (from.IsString() && to.IsString())) {
    cast.run = Same;
  } else if (from.Is(TypeKind::kVariant) || to.Is(TypeKind::kVariant)) {
    cast.run = FindVariant(cast);
  } else {
    cast.run = FindScalar(cast);
  }
  if (cast.run == nullptr) cast.run = FindNested(&cast);
  if (cast.run == nullptr) cast.run = FindNestedToString(&cast);
  if (cast.run == nullptr) {
    throw errors::UnsupportedFeature("CAST from " + from.ToSql() + " to " + to.ToSql());
  }
  return cast;
}

namespace {

void MarkShown(BoundCast* cast) {
  cast->shown = true;
  for (BoundCast& part : cast->parts) MarkShown(&part);
}

}  // namespace

BoundCast BindShown(const DataType& from, const TimeZone& zone) {
  BoundCast cast = BindCast(from, DataType::String(), plan::EvalMode::kAnsi, zone);
  MarkShown(&cast);
  return cast;
}

}  // namespace pyrite::lower
