// Text to numbers and booleans.

#include <limits>

#include "base/text/decimal_text.h"
#include "base/text/text_to_number.h"
#include "lower/kernels/cast.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/error.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::optional;
using duckdb::string_t;
using duckdb::UnaryExecutor;
using duckdb::Vector;

// Runs `parse` (text to std::optional<T>) over the rows; what is malformed is NULL or ends in ANSI.
template <typename T, typename Parse>
void ParseRows(const BoundCast& cast, Vector& source, Vector& result, idx_t count, Parse parse) {
  UnaryExecutor::Execute<string_t, T>(source, result, count, [&](string_t text) -> optional<T> {
    if (const std::optional<T> value = parse(View(text))) return *value;
    if (cast.ansi()) ThrowInvalidText(View(text), cast.to);
    return duckdb::nullopt;
  });
}

template <typename T>
void StringToIntegral(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const bool allow_fraction = cast.mode == plan::EvalMode::kLegacy;
  ParseRows<T>(cast, source, result, count, [&](std::string_view text) -> std::optional<T> {
    const std::optional<int64_t> value = TextToLong(text, allow_fraction);
    if (!value || *value != static_cast<T>(*value)) return std::nullopt;
    return static_cast<T>(*value);
  });
}

void StringToDouble(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  ParseRows<double>(cast, source, result, count, TextToDouble);
}

void StringToFloat(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  ParseRows<float>(cast, source, result, count, TextToFloat);
}

void StringToBoolean(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  ParseRows<bool>(cast, source, result, count, TextToBoolean);
}

[[noreturn]] void ThrowNotDecimal(DecimalOutcome outcome, std::string_view text,
                                  const DataType& to) {
  if (outcome == DecimalOutcome::kMalformed) ThrowInvalidText(text, to);
  if (outcome == DecimalOutcome::kUnsupported) {
    ThrowSpark("NUMERIC_OUT_OF_SUPPORTED_RANGE", {{"value", std::string(text)}});
  }
  ThrowDecimalOverflow(PlainNumberText(text), to);
}

template <typename T>
void StringToDecimal(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int precision = cast.to.precision();
  const int scale = cast.to.scale();
  UnaryExecutor::Execute<string_t, T>(source, result, count, [&](string_t text) -> optional<T> {
    Int128 value = 0;
    const auto outcome = TextToDecimal(View(text), precision, scale, &value);
    if (outcome == DecimalOutcome::kOk) return NarrowTo<T>(value);
    if (cast.ansi()) ThrowNotDecimal(outcome, View(text), cast.to);
    return duckdb::nullopt;
  });
}

}  // namespace

CastFunction FindStringToNumber(const BoundCast& cast) {
  if (!cast.from.IsString()) return nullptr;
  switch (cast.to.kind()) {
    case TypeKind::kBoolean: return StringToBoolean;
    case TypeKind::kByte: return StringToIntegral<int8_t>;
    case TypeKind::kShort: return StringToIntegral<int16_t>;
    case TypeKind::kInteger: return StringToIntegral<int32_t>;
    case TypeKind::kLong: return StringToIntegral<int64_t>;
    case TypeKind::kFloat: return StringToFloat;
    case TypeKind::kDouble: return StringToDouble;
    case TypeKind::kDecimal:
      return WithDecimalType(cast.to.precision(), [](auto out) -> CastFunction {
        return StringToDecimal<decltype(out)>;
      });
    default: return nullptr;
  }
}

}  // namespace pyrite::lower
