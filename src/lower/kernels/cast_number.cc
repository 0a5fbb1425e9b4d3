// Between integral numbers, floating point numbers and booleans.

#include <cmath>
#include <limits>
#include <type_traits>

#include "lower/kernels/cast.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/number_literal.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::optional;
using duckdb::UnaryExecutor;
using duckdb::Vector;

// Java's narrowing of a floating point number: saturates at int or long, then wraps around.
template <typename To, typename From>
To JavaTruncate(From value) {
  using Whole = std::conditional_t<sizeof(To) == 8, int64_t, int32_t>;
  if (std::isnan(value)) return 0;
  if (value >= -static_cast<From>(std::numeric_limits<Whole>::min())) {
    return static_cast<To>(std::numeric_limits<Whole>::max());
  }
  if (value <= static_cast<From>(std::numeric_limits<Whole>::min())) {
    return static_cast<To>(std::numeric_limits<Whole>::min());
  }
  return static_cast<To>(static_cast<Whole>(value));
}

// Spark's exact conversion: floor and ceiling must lie within the type's limits.
template <typename To, typename From>
bool TruncatesInto(From value) {
  return std::floor(value) <= static_cast<From>(std::numeric_limits<To>::max()) &&
         std::ceil(value) >= static_cast<From>(std::numeric_limits<To>::min());
}

template <typename From, typename To>
bool Fits(From value) {
  if constexpr (std::is_floating_point_v<From>) return TruncatesInto<To>(value);
  return value == static_cast<From>(static_cast<To>(value));
}

template <typename From, typename To>
To Wrap(From value) {
  if constexpr (std::is_floating_point_v<From>) return JavaTruncate<To>(value);
  return static_cast<To>(value);
}

template <typename From, typename To>
void ToIntegral(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  if (cast.mode == plan::EvalMode::kLegacy) {
    UnaryExecutor::Execute<From, To>(source, result, count,
                                     [](From value) { return Wrap<From, To>(value); });
    return;
  }
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    if (Fits<From, To>(value)) return Wrap<From, To>(value);
    if (cast.ansi()) ThrowCastOverflow(NumberLiteral(value, cast.from), cast.from, cast.to);
    return duckdb::nullopt;
  });
}

template <typename From, typename To>
void Convert(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<From, To>(source, result, count,
                                   [](From value) { return static_cast<To>(value); });
}

template <typename From>
void ToBoolean(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<From, bool>(source, result, count,
                                     [](From value) { return value != From(0); });
}

template <typename From>
CastFunction FindFrom(const DataType& to) {
  if (to.IsIntegral()) {
    return WithIntegralType(
        to, [](auto out) -> CastFunction { return ToIntegral<From, decltype(out)>; });
  }
  if (to.Is(TypeKind::kFloat)) return Convert<From, float>;
  if (to.Is(TypeKind::kDouble)) return Convert<From, double>;
  if (to.Is(TypeKind::kBoolean)) return ToBoolean<From>;
  return nullptr;
}

CastFunction FindFromBoolean(const DataType& to) {
  if (to.IsIntegral()) {
    return WithIntegralType(to,
                            [](auto out) -> CastFunction { return Convert<bool, decltype(out)>; });
  }
  if (to.Is(TypeKind::kFloat)) return Convert<bool, float>;
  if (to.Is(TypeKind::kDouble)) return Convert<bool, double>;
  return nullptr;
}

}  // namespace

CastFunction FindNumberToNumber(const BoundCast& cast) {
  if (cast.from.Is(TypeKind::kBoolean)) return FindFromBoolean(cast.to);
  if (cast.from.Is(TypeKind::kFloat)) return FindFrom<float>(cast.to);
  if (cast.from.Is(TypeKind::kDouble)) return FindFrom<double>(cast.to);
  if (!cast.from.IsIntegral()) return nullptr;
  return WithIntegralType(cast.from, [&](auto in) { return FindFrom<decltype(in)>(cast.to); });
}

}  // namespace pyrite::lower
