// Numbers to decimals, and decimals to numbers.

#include <charconv>
#include <cmath>
#include <limits>

#include "base/text/decimal_text.h"
#include "lower/kernels/cast.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/number_literal.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::hugeint_t;
using duckdb::idx_t;
using duckdb::optional;
using duckdb::UnaryExecutor;
using duckdb::Vector;

int ScaleOf(const DataType& type) { return type.Is(TypeKind::kDecimal) ? type.scale() : 0; }

// Whether all of the way fits 64 bits: `From` and `To` do, and so does the value scaled up.
bool IsNarrow(const DataType& from, const DataType& to) {
  if (!from.Is(TypeKind::kDecimal) || from.precision() > 18 || to.precision() > 18) return false;
  return from.precision() + std::max(0, to.scale() - from.scale()) <= 18;
}

// Integers, booleans and decimals: unscaled values of `From`.
template <typename From, typename To>
void ExactToDecimal(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int from_scale = ScaleOf(cast.from);
  const int precision = cast.to.precision();
  const int scale = cast.to.scale();
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    Int128 scaled = 0;
    if (RescaleDecimal(Widen(value), from_scale, precision, scale, &scaled)) {
      return NarrowTo<To>(scaled);
    }
    if (cast.ansi()) ThrowDecimalOverflow(DecimalToString(Widen(value), from_scale), cast.to);
    return duckdb::nullopt;
  });
}

// The same with 64-bit arithmetic only.
template <typename From, typename To>
void NarrowToDecimal(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int shift = cast.to.scale() - cast.from.scale();
  const auto power = static_cast<int64_t>(PowerOfTen(std::abs(shift)));
  const auto limit = static_cast<int64_t>(PowerOfTen(cast.to.precision()));
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    const int64_t scaled = shift >= 0 ? value * power : DivideHalfUp<int64_t>(value, power);
    if (scaled < limit && scaled > -limit) return static_cast<To>(scaled);
    if (cast.ansi()) ThrowDecimalOverflow(DecimalToString(value, cast.from.scale()), cast.to);
    return duckdb::nullopt;
  });
}

template <typename From, typename To>
void FloatingToDecimal(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int precision = cast.to.precision();
  const int scale = cast.to.scale();
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    Int128 unscaled = 0;
    const auto outcome = DoubleToDecimal(value, precision, scale, &unscaled);
    if (outcome == DecimalOutcome::kOk) return NarrowTo<To>(unscaled);
    // NaN and infinity are NULL in every mode.
    if (cast.ansi() && outcome != DecimalOutcome::kMalformed) {
      ThrowDecimalOverflow(PlainNumberText(value), cast.to);
    }
    return duckdb::nullopt;
  });
}

template <typename From>
CastFunction ExactFrom(const DataType& from, const DataType& to) {
  const bool narrow = IsNarrow(from, to);
  return WithDecimalType(to.precision(), [&](auto out) -> CastFunction {
    using To = decltype(out);
    if constexpr (!std::is_same_v<From, hugeint_t> && !std::is_same_v<To, hugeint_t>) {
      if (narrow) return NarrowToDecimal<From, To>;
    }
    return ExactToDecimal<From, To>;
  });
}

template <typename From>
CastFunction FloatingFrom(const DataType& to) {
  return WithDecimalType(to.precision(), [](auto out) -> CastFunction {
    return FloatingToDecimal<From, decltype(out)>;
  });
}

// Rounded as Java's BigDecimal.doubleValue: correctly, also where a division in floating point
// would not be.
template <typename To>
To DecimalToFloating(Int128 value, int scale) {
  constexpr Int128 kExact = Int128{1} << std::numeric_limits<To>::digits;
  constexpr int kExactPower = std::numeric_limits<To>::digits > 24 ? 22 : 10;
  if (value < kExact && value > -kExact && scale <= kExactPower) {
    return static_cast<To>(value) / static_cast<To>(PowerOfTen(scale));
  }
  const std::string text = DecimalToString(value, scale);
  To result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

template <typename From, typename To>
void ToFloating(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int scale = cast.from.scale();
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) {
    return DecimalToFloating<To>(Widen(value), scale);
  });
}

template <typename From, typename To>
void ToIntegral(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const Int128 power = PowerOfTen(cast.from.scale());
  const bool legacy = cast.mode == plan::EvalMode::kLegacy;
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    const Int128 whole = Widen(value) / power;
    const To narrowed = static_cast<To>(whole);
    if (legacy || narrowed == whole) return narrowed;
    if (cast.ansi()) {
      ThrowCastOverflow(DecimalLiteral(Widen(value), cast.from.scale()), cast.from, cast.to);
    }
    return duckdb::nullopt;
  });
}

template <typename From>
void ToBoolean(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<From, bool>(source, result, count,
                                     [](From value) { return value != From(0); });
}

template <typename From>
CastFunction DecimalFrom(const DataType& from, const DataType& to) {
  if (to.Is(TypeKind::kDecimal)) return ExactFrom<From>(from, to);
  if (to.Is(TypeKind::kFloat)) return ToFloating<From, float>;
  if (to.Is(TypeKind::kDouble)) return ToFloating<From, double>;
  if (to.Is(TypeKind::kBoolean)) return ToBoolean<From>;
  if (!to.IsIntegral()) return nullptr;
  return WithIntegralType(to,
                          [](auto out) -> CastFunction { return ToIntegral<From, decltype(out)>; });
}

}  // namespace

CastFunction FindNumberToDecimal(const BoundCast& cast) {
  if (!cast.to.Is(TypeKind::kDecimal)) return nullptr;
  if (cast.from.Is(TypeKind::kBoolean)) return ExactFrom<bool>(cast.from, cast.to);
  if (cast.from.Is(TypeKind::kFloat)) return FloatingFrom<float>(cast.to);
  if (cast.from.Is(TypeKind::kDouble)) return FloatingFrom<double>(cast.to);
  if (!cast.from.IsIntegral()) return nullptr;
  return WithIntegralType(cast.from,
                          [&](auto in) { return ExactFrom<decltype(in)>(cast.from, cast.to); });
}

CastFunction FindDecimalToNumber(const BoundCast& cast) {
  if (!cast.from.Is(TypeKind::kDecimal)) return nullptr;
  return WithDecimalType(cast.from.precision(),
                         [&](auto in) { return DecimalFrom<decltype(in)>(cast.from, cast.to); });
}

}  // namespace pyrite::lower
