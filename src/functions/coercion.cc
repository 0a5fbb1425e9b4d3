#include "functions/coercion.h"

#include <algorithm>
#include <limits>

#include "base/text/decimal_text.h"
#include "functions/decimal_types.h"

namespace pyrite::functions {
namespace {

using Kind = TypeKind;
using Widen = std::optional<DataType> (*)(const DataType&, const DataType&, bool);

DataType WiderDatetime(const DataType& left, const DataType& right) {
  if (left.Is(Kind::kTimestamp) || right.Is(Kind::kTimestamp)) return DataType::Timestamp();
  return DataType::TimestampNtz();
}

std::optional<DataType> WiderNumeric(const DataType& left, const DataType& right, bool ansi) {
  bool left_decimal = left.Is(Kind::kDecimal), right_decimal = right.Is(Kind::kDecimal);
  if (left_decimal || right_decimal) {
    if ((left.IsFractional() && !left_decimal) || (right.IsFractional() && !right_decimal)) {
      return DataType::Double();
    }
    return WiderDecimal(DecimalForType(left), DecimalForType(right));
  }
  DataType wider = left.kind() > right.kind() ? left : right;
  if (ansi && wider.Is(Kind::kFloat) && !(left == right)) return DataType::Double();
  return wider;
}

std::optional<DataType> WiderInterval(const DataType& left, const DataType& right) {
  if (left.kind() != right.kind()) return std::nullopt;
  int start = std::min(left.start_field(), right.start_field());
  int end = std::max(left.end_field(), right.end_field());
  return left.Is(Kind::kYearMonthInterval) ? DataType::YearMonthInterval(start, end)
                                           : DataType::DayTimeInterval(start, end);
}

bool SameName(const std::string& left, const std::string& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  });
}

std::optional<DataType> WiderNested(const DataType& left, const DataType& right, bool ansi,
                                    Widen widen) {
  if (left.kind() != right.kind()) return std::nullopt;
  if (left.Is(Kind::kArray)) {
    auto element = widen(left.element(), right.element(), ansi);
    if (!element) return std::nullopt;
    return DataType::Array(*element, left.contains_null() || right.contains_null());
  }
  if (left.Is(Kind::kMap)) {
    auto key = widen(left.key(), right.key(), ansi);
    auto value = widen(left.value(), right.value(), ansi);
    if (!key || !value) return std::nullopt;
    return DataType::Map(*key, *value, left.contains_null() || right.contains_null());
  }
  if (!left.Is(Kind::kStruct) || left.fields().size() != right.fields().size()) return std::nullopt;
  std::vector<StructField> fields;
  for (size_t i = 0; i < left.fields().size(); ++i) {
    const StructField& a = left.fields()[i];
    const StructField& b = right.fields()[i];
    if (!SameName(a.name, b.name)) return std::nullopt;
    auto type = widen(a.type, b.type, ansi);
    if (!type) return std::nullopt;
    fields.push_back({a.name, *type, a.nullable || b.nullable, ""});
  }
  return DataType::Struct(std::move(fields));
}

// The types of two that no string gives way to, nor gives way.
std::optional<DataType> WidenUnpromoted(const DataType& left, const DataType& right, bool ansi) {
  if (left == right) return left;
  if (left.Is(Kind::kNull)) return right;
  if (right.Is(Kind::kNull)) return left;
  if (left.IsNumeric() && right.IsNumeric()) return WiderNumeric(left, right, ansi);
  if (left.IsString() && right.IsString()) return DataType::String();
  if (left.IsDatetime() && right.IsDatetime()) return WiderDatetime(left, right);
  return WiderNested(left, right, ansi, WidenUnpromoted);
}

// As WidenUnpromoted, but no decimal changes.
std::optional<DataType> WidenTightly(const DataType& left, const DataType& right, bool ansi) {
  if (left.IsNumeric() && right.IsNumeric() && !(left == right)) {
    bool left_decimal = left.Is(Kind::kDecimal), right_decimal = right.Is(Kind::kDecimal);
    if (left_decimal && right_decimal) return std::nullopt;
    if (left_decimal || right_decimal) {
      const DataType& decimal = left_decimal ? left : right;
      const DataType& other = left_decimal ? right : left;
      bool holds = other.IsIntegral() && WiderDecimal(decimal, DecimalForType(other)) == decimal;
      return holds ? std::optional(decimal) : std::nullopt;
    }
  }
  if (left.kind() == right.kind() && left.IsNested()) {
    return WiderNested(left, right, ansi, WidenTightly);
  }
  return WidenUnpromoted(left, right, ansi);
}

// A string beside something else.
std::optional<DataType> PromoteString(const DataType& other, bool ansi) {
  if (!ansi) {
    bool promotes = other.IsAtomic() && !other.Is(Kind::kBinary) && !other.Is(Kind::kBoolean);
    return promotes ? std::optional(DataType::String()) : std::nullopt;
  }
  if (other.IsIntegral()) return DataType::Long();
  if (other.IsFractional()) return DataType::Double();
  if (other.IsAnsiInterval() || !other.IsAtomic()) return std::nullopt;
  return other;
}

std::optional<DataType> WidenTwo(const DataType& left, const DataType& right, bool ansi) {
  if (left == right) return left;
  if (left.Is(Kind::kNull)) return right;
  if (right.Is(Kind::kNull)) return left;
  if (left.IsNumeric() && right.IsNumeric()) return WiderNumeric(left, right, ansi);
  if (left.IsString() && right.IsString()) return DataType::String();
  if (left.IsDatetime() && right.IsDatetime()) return WiderDatetime(left, right);
  if (left.IsAnsiInterval() && right.IsAnsiInterval()) return WiderInterval(left, right);
  if (left.IsString()) return PromoteString(right, ansi);
  if (right.IsString()) return PromoteString(left, ansi);
  return WiderNested(left, right, ansi, WidenTwo);
}

// Value * 10^digits, or nullopt when it does not fit.
std::optional<Int128> Scaled(Int128 value, int digits) {
  for (; digits > 0; --digits) {
    if (__builtin_mul_overflow(value, Int128{10}, &value)) return std::nullopt;
  }
  return value;
}

// The constant after the cast; nullopt: leave it to the engine.
std::optional<Value> FoldNumeric(const Literal& from, const DataType& to) {
  if (from.value.is_null()) return Value();
  bool is_integral = from.type.IsIntegral(), is_decimal = from.type.Is(Kind::kDecimal);
  if (!is_integral && !is_decimal) return std::nullopt;
  if (to.Is(Kind::kDecimal)) {
    Int128 unscaled = is_decimal ? from.value.as_decimal() : Int128{from.value.as_int()};
    int digits = to.scale() - (is_decimal ? from.type.scale() : 0);
    if (digits < 0) return std::nullopt;
    auto scaled = Scaled(unscaled, digits);
    if (!scaled || !FitsPrecision(*scaled, to.precision())) return std::nullopt;
    return Value(*scaled);
  }
  if (!is_integral) return std::nullopt;
  if (to.IsIntegral() && to.kind() >= from.type.kind()) return from.value;
  if (to.Is(Kind::kDouble)) return Value(static_cast<double>(from.value.as_int()));
  return std::nullopt;
}

}  // namespace

std::optional<DataType> WiderType(const DataType& left, const DataType& right, bool ansi) {
  return WidenTwo(left, right, ansi);
}

std::optional<DataType> WiderType(const std::vector<DataType>& types, bool ansi) {
  // Strings first: their promotion is not associative.
  std::optional<DataType> common = DataType::Null();
  for (bool strings : {true, false}) {
    for (const DataType& type : types) {
      if (type.IsString() != strings) continue;
      common = WidenTwo(*common, type, ansi);
      if (!common) return std::nullopt;
    }
  }
  return common;
}

std::optional<DataType> WiderElement(const DataType& left, const DataType& right, bool ansi) {
  return WidenUnpromoted(left, right, ansi);
}

std::optional<DataType> TightestType(const DataType& left, const DataType& right, bool ansi) {
  return WidenTightly(left, right, ansi);
}

std::optional<DataType> ComparisonType(const DataType& left, const DataType& right, bool ansi) {
  if (left.SameStructure(right)) return left.AsNullable();  // whatever the names of fields
  if (ansi || left.IsString() == right.IsString()) return WidenTwo(left, right, ansi);
  const DataType& other = left.IsString() ? right : left;
  if (other.Is(Kind::kNull)) return DataType::String();
  if (other.Is(Kind::kDecimal)) return DataType::Double();
  if (!other.IsAtomic() || other.IsAnsiInterval()) return std::nullopt;
  return other;
}

std::optional<DataType> ImplicitCast(const DataType& from, const DataType& to, bool ansi) {
  if (from == to || (from.IsString() && to.IsString())) return from;
  if (from.Is(Kind::kNull)) return to;
  if (to.Is(Kind::kVariant)) return std::nullopt;
  if (from.IsNumeric() && to.IsNumeric()) return to;
  if (from.IsString()) {
    if (to.IsAnsiInterval() || !to.IsAtomic()) return std::nullopt;
    if (!ansi && to.Is(Kind::kBoolean)) return std::nullopt;
    return to;
  }
  if (to.IsString()) {
    return from.IsAtomic() && !from.Is(Kind::kVariant) ? std::optional(to) : std::nullopt;
  }
  if (from.IsDatetime() && to.IsDatetime()) return to;
  if (from.IsAnsiInterval() && from.kind() == to.kind()) return to;
  if (from.Is(Kind::kArray) && to.Is(Kind::kArray)) {
    auto element = ImplicitCast(from.element(), to.element(), ansi);
    if (!element) return std::nullopt;
    return DataType::Array(*element, from.contains_null());
  }
  if (from.Is(Kind::kMap) && to.Is(Kind::kMap)) {
    auto key = ImplicitCast(from.key(), to.key(), ansi);
    auto value = ImplicitCast(from.value(), to.value(), ansi);
    if (!key || !value) return std::nullopt;
    return DataType::Map(*key, *value, from.contains_null());
  }
  if (from.SameStructure(to)) return from;
  return std::nullopt;
}

bool IsOrderable(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kMap:
    case TypeKind::kCalendarInterval:
    case TypeKind::kVariant: return false;
    case TypeKind::kArray: return IsOrderable(type.element());
    case TypeKind::kStruct:
      for (const StructField& field : type.fields()) {
        if (!IsOrderable(field.type)) return false;
      }
      return true;
    default: return true;
  }
}

plan::EvalMode ModeOf(const CallContext& context) {
  return context.ansi ? plan::EvalMode::kAnsi : plan::EvalMode::kLegacy;
}

plan::ExpressionPtr CastTo(plan::ExpressionPtr expression, const DataType& type,
                           plan::EvalMode mode) {
  if (expression->type == type) return expression;
  if (const auto* constant = expression->TryAs<plan::Constant>()) {
    if (auto value = FoldNumeric({expression->type, constant->value}, type)) {
      bool nullable = plan::MakeCast(expression, type, mode)->nullable;  // as of the cast
      return plan::Make(plan::Constant{std::move(*value)}, type, nullable);
    }
  }
  return plan::MakeCast(std::move(expression), type, mode);
}

plan::ExpressionPtr Coerce(plan::ExpressionPtr expression, const DataType& type,
                           const CallContext& context) {
  plan::ExpressionPtr cast = CastTo(expression, type, ModeOf(context));
  if (cast == expression || !cast->TryAs<plan::Cast>()) return cast;
  auto placed = std::make_shared<plan::Expression>(*cast);
  placed->context = context.query_context;  // it fails as the call that it was made for
  return placed;
}

}  // namespace pyrite::functions
