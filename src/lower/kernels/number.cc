// Division and remainder of numbers, and Java's arithmetic that wraps around.

#include <cmath>
#include <limits>
#include <type_traits>

#include "duckdb/common/vector_operations/binary_executor.hpp"
#include "duckdb/common/vector_operations/unary_executor.hpp"
#include "lower/kernels/decimal.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::BinaryExecutor;
using duckdb::DataChunk;
using duckdb::ExpressionState;
using duckdb::LogicalType;
using duckdb::optional;
using duckdb::Vector;

template <bool is_try>
void Divide(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<double, double, double>(arguments.data[0], arguments.data[1], result,
                                                  [](double a, double b) -> optional<double> {
                                                    if (b != 0) return a / b;
                                                    if (is_try) return duckdb::nullopt;
                                                    ThrowDivideByZero();
                                                  });
}

template <class T, bool is_try>
void Remainder(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<T, T, T>(arguments.data[0], arguments.data[1], result,
                                   [](T a, T b) -> optional<T> {
                                     if (b == 0) {
                                       if (is_try) return duckdb::nullopt;
                                       ThrowRemainderByZero();
                                     }
                                     if constexpr (std::is_floating_point_v<T>) {
                                       return std::fmod(a, b);
                                     } else {
                                       return b == -1 ? T{0} : static_cast<T>(a % b);
                                     }
                                   });
}

template <bool is_try>
void IntegralDivide(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<int64_t, int64_t, int64_t>(
      arguments.data[0], arguments.data[1], result, [](int64_t a, int64_t b) -> optional<int64_t> {
        if (b == 0) {
          if (is_try) return duckdb::nullopt;
          ThrowDivideByZero();
        }
        if (b == -1) {
          if (a != std::numeric_limits<int64_t>::min()) return -a;
          if (is_try) return a;
          ThrowSpark("ARITHMETIC_OVERFLOW", {{"message", "Overflow in integral divide"},
                                             {"alternative",
                                              " Use 'try_divide' to tolerate "
                                              "overflow and return NULL instead."},
                                             {"config", "\"spark.sql.ansi.enabled\""}});
        }
        return a / b;
      });
}

enum class Wrap { kAdd, kSubtract, kMultiply };

template <class T, Wrap wrap>
void WrapAround(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<T, T, T>(
      arguments.data[0], arguments.data[1], result, [](T left, T right) {
        auto a = static_cast<uint64_t>(left), b = static_cast<uint64_t>(right);
        return static_cast<T>(wrap == Wrap::kAdd ? a + b : wrap == Wrap::kSubtract ? a - b : a * b);
      });
}

template <class T>
void WrapNegative(DataChunk& arguments, ExpressionState&, Vector& result) {
  duckdb::UnaryExecutor::Execute<T, T>(arguments.data[0], result, [](T value) {
    return static_cast<T>(-static_cast<uint64_t>(value));
  });
}

template <class T>
void RegisterFor(duckdb::ExtensionLoader& loader, const LogicalType& type) {
  auto add = [&](const char* name, duckdb::scalar_function_t function, bool fallible) {
    loader.RegisterFunction(MakeKernel(name, {type, type}, type, std::move(function), fallible));
  };
  add("spark_mod", Remainder<T, false>, true);
  add("spark_try_mod", Remainder<T, true>, false);
  if constexpr (std::is_integral_v<T>) {
    add("spark_wrap_add", WrapAround<T, Wrap::kAdd>, false);
    add("spark_wrap_subtract", WrapAround<T, Wrap::kSubtract>, false);
    add("spark_wrap_multiply", WrapAround<T, Wrap::kMultiply>, false);
    loader.RegisterFunction(MakeKernel("spark_wrap_negative", {type}, type, WrapNegative<T>));
  }
}

// The lowest 64 bits of a sum.
void WrapSum(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  duckdb::UnaryExecutor::Execute<duckdb::hugeint_t, int64_t>(
      arguments.data[0], result,
      [](duckdb::hugeint_t sum) { return static_cast<int64_t>(sum.lower); });
}

}  // namespace

void RegisterNumberKernels(duckdb::ExtensionLoader& loader) {
  LogicalType number = LogicalType::DOUBLE, integer = LogicalType::BIGINT;
  loader.RegisterFunction(MakeKernel("spark_wrap_sum", {LogicalType::HUGEINT}, integer, WrapSum));
  loader.RegisterFunction(
      MakeKernel("spark_divide", {number, number}, number, Divide<false>, true));
  loader.RegisterFunction(MakeKernel("spark_try_divide", {number, number}, number, Divide<true>));
  loader.RegisterFunction(
      MakeKernel("spark_div", {integer, integer}, integer, IntegralDivide<false>, true));
  loader.RegisterFunction(
      MakeKernel("spark_try_div", {integer, integer}, integer, IntegralDivide<true>));
  RegisterFor<int8_t>(loader, LogicalType::TINYINT);
  RegisterFor<int16_t>(loader, LogicalType::SMALLINT);
  RegisterFor<int32_t>(loader, LogicalType::INTEGER);
  RegisterFor<int64_t>(loader, LogicalType::BIGINT);
  RegisterFor<float>(loader, LogicalType::FLOAT);
  RegisterFor<double>(loader, LogicalType::DOUBLE);
}

}  // namespace pyrite::lower
