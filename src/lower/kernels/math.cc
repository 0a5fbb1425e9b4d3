// Kernels of mathematics: Java's Math over doubles, rounding half up and half even, bits.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <numbers>

#include "duckdb/common/vector_operations/unary_executor.hpp"
#include "lower/kernels/decimal.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/java_math.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::DataChunk;
using duckdb::ExpressionState;
using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::Vector;

constexpr double kDegrees = 180.0 / std::numbers::pi;

struct RealFunction {
  const char* name;
  double (*function)(double);
};

constexpr RealFunction kRealFunctions[] = {
    {"spark_sqrt", [](double x) { return std::sqrt(x); }},
    {"spark_cbrt", [](double x) { return std::cbrt(x); }},
    {"spark_exp", JavaExp},
    {"spark_expm1", [](double x) { return std::expm1(x); }},
    {"spark_sin", [](double x) { return std::sin(x); }},
    {"spark_cos", [](double x) { return std::cos(x); }},
    {"spark_tan", [](double x) { return std::tan(x); }},
    {"spark_cot", [](double x) { return 1 / std::tan(x); }},
    {"spark_sec", [](double x) { return 1 / std::cos(x); }},
    {"spark_csc", [](double x) { return 1 / std::sin(x); }},
    {"spark_asin", [](double x) { return std::asin(x); }},
    {"spark_acos", [](double x) { return std::acos(x); }},
    {"spark_atan", [](double x) { return std::atan(x); }},
    {"spark_sinh", JavaSinh},
    {"spark_cosh", JavaCosh},
    {"spark_tanh", [](double x) { return std::tanh(x); }},
    {"spark_asinh", [](double x) { return std::asinh(x); }},
    {"spark_acosh", [](double x) { return std::acosh(x); }},
    {"spark_atanh", [](double x) { return std::atanh(x); }},
    {"spark_degrees", [](double x) { return x * kDegrees; }},
    {"spark_radians", [](double x) { return x / 180.0 * std::numbers::pi; }},
    {"spark_rint", [](double x) { return std::nearbyint(x); }},
    {"spark_signum", [](double x) { return x > 0   ? 1.0
                                           : x < 0 ? -1.0
                                                   : x; }},
};

// Logarithms give NULL where they are not defined.
struct Logarithm {
  const char* name;
  double (*function)(double);
  double above;
};

constexpr Logarithm kLogarithms[] = {
    {"spark_ln", JavaLog, 0},
    {"spark_log10", [](double x) { return std::log10(x); }, 0},
    {"spark_log2", [](double x) { return JavaLog(x) / JavaLog(2); }, 0},
    {"spark_log1p", [](double x) { return std::log1p(x); }, -1},
};

std::optional<double> LogarithmToBase(double base, double value) {
  if (base <= 0 || value <= 0) return std::nullopt;
  return JavaLog(value) / JavaLog(base);
}

// Rounds the shortest decimal form of the value, as Java's BigDecimal.valueOf does.
template <class T>
double RoundReal(T value, int32_t places, bool half_even) {
  if (!std::isfinite(value) || value == 0) return value;
  char digits[64];
  auto end =
      std::to_chars(digits, digits + sizeof(digits), std::abs(value), std::chars_format::scientific)
          .ptr;
  // d.ddddde[+-]xx: the digits without the point, and the exponent of the last.
  const char* mark = std::find(digits, end, 'e');
  int exponent = std::atoi(std::string(mark + 1, static_cast<const char*>(end)).c_str());
  Int128 unscaled = 0;
  int fraction = 0;
  for (const char* at = digits; at != mark; ++at) {
    if (*at == '.') continue;
    unscaled = unscaled * 10 + (*at - '0');
    if (at > digits + 1) ++fraction;
  }
  int drop = fraction - exponent - places;  // digits beyond the wanted place
  if (drop <= 0) return value;
  if (drop > 36) return 0 * value;
  Int128 divisor = PowerOfTen(drop);
  Int128 quotient = unscaled / divisor, rest = (unscaled % divisor) * 2;
  bool up = rest > divisor || (rest == divisor && (!half_even || quotient % 2 != 0));
  std::string text = Int128ToString(quotient + up) + "e" + std::to_string(-places);
  double rounded = std::strtod(text.c_str(), nullptr);
  return value < 0 ? -rounded : rounded;
}

Int128 RoundInteger(Int128 value, int places, bool half_even) {
  if (places >= 0) return value;
  if (-places > 37) return 0;
  Int128 unit = PowerOfTen(-places);
  Int128 quotient = value / unit, rest = value % unit;
  Int128 twice = rest < 0 ? -rest * 2 : rest * 2;
  if (twice > unit || (twice == unit && (!half_even || quotient % 2 != 0))) {
    quotient += value < 0 ? -1 : 1;
  }
  return quotient * unit;
}

template <class T>
T RoundIntegral(T value, int32_t places, bool half_even) {
  Int128 rounded = RoundInteger(value, places, half_even);
  if (rounded != static_cast<T>(rounded)) {
    ThrowSpark(
        "ARITHMETIC_OVERFLOW",
        {{"message", "Overflow"}, {"alternative", ""}, {"config", "\"spark.sql.ansi.enabled\""}});
  }
  return static_cast<T>(rounded);
}

enum class Rounding { kHalfUp, kHalfEven, kCeiling, kFloor };

Int128 RoundDecimal(Int128 value, int drop, Rounding rounding) {
  if (drop > 38) return rounding == Rounding::kCeiling && value > 0 ? 1 : 0;
  Int128 unit = PowerOfTen(drop);
  Int128 quotient = value / unit, rest = value % unit;
  if (rest == 0) return quotient;
  bool negative = value < 0;
  switch (rounding) {
    case Rounding::kCeiling: return negative ? quotient : quotient + 1;
    case Rounding::kFloor: return negative ? quotient - 1 : quotient;
    case Rounding::kHalfUp:
    case Rounding::kHalfEven: break;
  }
  UInt128 part = Magnitude(rest), other = static_cast<UInt128>(unit) - part;
  bool odd = quotient % 2 != 0;
  bool away = part > other || (part == other && (rounding == Rounding::kHalfUp || odd));
  return away ? quotient + (negative ? -1 : 1) : quotient;
}

// (value, places, precision, scale): the last three constant.
template <Rounding rounding>
void RunRoundDecimal(DataChunk& arguments, ExpressionState&, Vector& result) {
  int from_scale = ScaleOf(arguments.data[0].GetType());
  int scale = ScaleOf(result.GetType()), precision = PrecisionOf(result.GetType());
  duckdb::idx_t count = arguments.size();
  DecimalReader values(arguments.data[0], count), places(arguments.data[1], count);
  DecimalWriter out(result, count);
  for (duckdb::idx_t row = 0; row < count; ++row) {
    if (!values.valid(row) || !places.valid(row)) {
      out.SetNull(row);
      continue;
    }
    int kept = std::min<int>(static_cast<int>(places[row]), from_scale);
    Int128 rounded = RoundDecimal(values[row], from_scale - kept, rounding);
    int shift = std::min(scale - kept, 38);  // up to the result's scale
    Int128 value;
    if (__builtin_mul_overflow(rounded, PowerOfTen(shift), &value) ||
        !FitsPrecision(value, precision)) {
      ThrowDecimalOverflow(values[row], from_scale, precision, scale);
    }
    out.Set(row, value);
  }
}

duckdb::unique_ptr<duckdb::FunctionData> BindRoundDecimal(duckdb::BindScalarFunctionInput& input) {
  auto& function = input.GetBoundFunction();
  auto precision = input.GetNonNullConstant(2).GetValue<int32_t>();
  auto scale = input.GetNonNullConstant(3).GetValue<int32_t>();
  function.GetArguments()[0] = input.GetArguments()[0]->GetReturnType();
  function.SetReturnType(
      LogicalType::DECIMAL(static_cast<uint8_t>(precision), static_cast<uint8_t>(scale)));
  return nullptr;
}

template <Rounding rounding>
void RegisterRoundDecimal(duckdb::ExtensionLoader& loader, const char* name) {
  LogicalType decimal(LogicalTypeId::DECIMAL), integer = LogicalType::INTEGER;
  auto kernel = MakeKernel(name, {decimal, integer, integer, integer}, decimal,
                           RunRoundDecimal<rounding>, true);
  kernel.SetBindCallback(BindRoundDecimal);
  loader.RegisterFunction(std::move(kernel));
}

template <class T>
void RegisterRoundNumber(duckdb::ExtensionLoader& loader, const LogicalType& type) {
  auto make = [](bool half_even) {
    return Rowwise<T, T, int32_t>([half_even](T value, int32_t places) {
      if constexpr (std::is_floating_point_v<T>) {
        return static_cast<T>(RoundReal(value, places, half_even));
      } else {
        return RoundIntegral(value, places, half_even);
      }
    });
  };
  loader.RegisterFunction(
      MakeKernel("spark_round", {type, LogicalType::INTEGER}, type, make(false), true));
  loader.RegisterFunction(
      MakeKernel("spark_bround", {type, LogicalType::INTEGER}, type, make(true), true));
}

template <class T>
T PositiveModulo(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    T rest = std::fmod(a, b);
    return rest < 0 ? std::fmod(rest + b, b) : rest;
  } else {
    if (b == -1) return 0;
    auto rest = static_cast<T>(a % b);
    return rest < 0 ? static_cast<T>((static_cast<Int128>(rest) + b) % b) : rest;
  }
}

template <class T>
void RegisterModulo(duckdb::ExtensionLoader& loader, const LogicalType& type) {
  loader.RegisterFunction(MakeKernel("spark_pmod", {type, type}, type,
                                     Rowwise<T, T, T>([](T a, T b) {
                                       if (b == 0) ThrowRemainderByZero();
                                       return PositiveModulo(a, b);
                                     }),
                                     true));
  loader.RegisterFunction(MakeKernel("spark_try_pmod", {type, type}, type,
                                     Rowwise<T, T, T>([](T a, T b) -> std::optional<T> {
                                       if (b == 0) return std::nullopt;
                                       return PositiveModulo(a, b);
                                     })));
}

std::optional<int64_t> Factorial(int32_t n) {
  if (n < 0 || n > 20) return std::nullopt;
  int64_t product = 1;
  for (int32_t i = 2; i <= n; ++i) product *= i;
  return product;
}

// The bucket of 1 to n between two bounds, 0 below, n + 1 above.
std::optional<int64_t> WidthBucket(double value, double low, double high, int64_t count) {
  if (count <= 0 || low == high || !std::isfinite(low) || !std::isfinite(high) ||
      std::isnan(value)) {
    return std::nullopt;
  }
  double lower = std::min(low, high), upper = std::max(low, high);
  if (low < high) {
    if (value < lower) return 0;
    if (value >= upper) return count + 1;
    return static_cast<int64_t>(static_cast<double>(count) * (value - lower) / (upper - lower)) + 1;
  }
  if (value > upper) return 0;
  if (value <= lower) return count + 1;
  return static_cast<int64_t>(static_cast<double>(count) * (upper - value) / (upper - lower)) + 1;
}

template <class T>
void RegisterShifts(duckdb::ExtensionLoader& loader, const LogicalType& type) {
  using U = std::make_unsigned_t<T>;
  constexpr int kMask = sizeof(T) * 8 - 1;  // Java takes the low bits of the distance
  duckdb::vector<LogicalType> arguments{type, LogicalType::INTEGER};
  loader.RegisterFunction(
      MakeKernel("spark_shiftleft", arguments, type, Rowwise<T, T, int32_t>([](T v, int32_t n) {
                   return static_cast<T>(static_cast<U>(v) << (n & kMask));
                 })));
  loader.RegisterFunction(MakeKernel(
      "spark_shiftright", arguments, type,
      Rowwise<T, T, int32_t>([](T v, int32_t n) { return static_cast<T>(v >> (n & kMask)); })));
  loader.RegisterFunction(MakeKernel("spark_shiftrightunsigned", arguments, type,
                                     Rowwise<T, T, int32_t>([](T v, int32_t n) {
                                       return static_cast<T>(static_cast<U>(v) >> (n & kMask));
                                     })));
}

}  // namespace

void RegisterMathKernels(duckdb::ExtensionLoader& loader) {
  LogicalType real = LogicalType::DOUBLE, bigint = LogicalType::BIGINT;
  for (const RealFunction& row : kRealFunctions) {
    auto function = row.function;
    loader.RegisterFunction(MakeKernel(
        row.name, {real}, real, [function](DataChunk& input, ExpressionState&, Vector& out) {
          duckdb::UnaryExecutor::Execute<double, double>(input.data[0], out, function);
        }));
  }
  for (const Logarithm& row : kLogarithms) {
    loader.RegisterFunction(MakeKernel(
        row.name, {real}, real, Rowwise<double, double>([row](double x) -> std::optional<double> {
          if (x <= row.above) return std::nullopt;
          return row.function(x);
        })));
  }
  duckdb::vector<LogicalType> two{real, real};
  loader.RegisterFunction(
      MakeKernel("spark_log", two, real, Rowwise<double, double, double>(LogarithmToBase)));
  loader.RegisterFunction(MakeKernel(
      "spark_pow", two, real, Rowwise<double, double, double>([](double a, double b) {
        return std::isnan(b) || (std::abs(a) == 1 && std::isinf(b)) ? std::nan("") : std::pow(a, b);
      })));
  loader.RegisterFunction(
      MakeKernel("spark_atan2", two, real, Rowwise<double, double, double>([](double a, double b) {
                   return std::atan2(a + 0.0, b + 0.0);  // -0 is 0
                 })));
  loader.RegisterFunction(MakeKernel(
      "spark_hypot", two, real,
      Rowwise<double, double, double>([](double a, double b) { return std::hypot(a, b); })));
  loader.RegisterFunction(
      MakeKernel("spark_width_bucket", {real, real, real, bigint}, bigint,
                 Rowwise<int64_t, double, double, double, int64_t>(WidthBucket)));
  loader.RegisterFunction(MakeKernel("spark_factorial", {LogicalType::INTEGER}, bigint,
                                     Rowwise<int64_t, int32_t>(Factorial)));
  RegisterRoundNumber<int8_t>(loader, LogicalType::TINYINT);
  RegisterRoundNumber<int16_t>(loader, LogicalType::SMALLINT);
  RegisterRoundNumber<int32_t>(loader, LogicalType::INTEGER);
  RegisterRoundNumber<int64_t>(loader, bigint);
  RegisterRoundNumber<float>(loader, LogicalType::FLOAT);
  RegisterRoundNumber<double>(loader, real);
  RegisterRoundDecimal<Rounding::kHalfUp>(loader, "spark_decimal_round");
  RegisterRoundDecimal<Rounding::kHalfEven>(loader, "spark_decimal_bround");
  RegisterRoundDecimal<Rounding::kCeiling>(loader, "spark_decimal_ceil");
  RegisterRoundDecimal<Rounding::kFloor>(loader, "spark_decimal_floor");
  RegisterModulo<int8_t>(loader, LogicalType::TINYINT);
  RegisterModulo<int16_t>(loader, LogicalType::SMALLINT);
  RegisterModulo<int32_t>(loader, LogicalType::INTEGER);
  RegisterModulo<int64_t>(loader, bigint);
  RegisterModulo<float>(loader, LogicalType::FLOAT);
  RegisterModulo<double>(loader, real);
  RegisterShifts<int32_t>(loader, LogicalType::INTEGER);
  RegisterShifts<int64_t>(loader, bigint);
}

}  // namespace pyrite::lower
