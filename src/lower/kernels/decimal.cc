// + - * / % div of decimals with Spark's result types, and what an average needs.

#include "lower/kernels/decimal.h"

#include "duckdb/common/vector_operations/binary_executor.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "functions/decimal_types.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::BinaryExecutor;
using duckdb::DataChunk;
using duckdb::ExpressionState;
using duckdb::hugeint_t;
using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::optional;
using duckdb::Vector;

enum class Op { kAdd, kSubtract, kMultiply, kDivide, kRemainder, kIntegralDivide };

// What one bound call knows: scales in and out, and the factors that align the inputs.
struct Plan {
  int left_scale, right_scale;
  int precision, scale;  // of the result
  bool exact;            // neither rounding nor overflow can happen

  Plan(Op op, const LogicalType& left, const LogicalType& right, const LogicalType& result)
      : left_scale(ScaleOf(left)), right_scale(ScaleOf(right)) {
    bool is_decimal = result.id() == LogicalTypeId::DECIMAL;
    precision = is_decimal ? PrecisionOf(result) : 19;
    scale = is_decimal ? ScaleOf(result) : 0;
    int integral = std::max(PrecisionOf(left) - left_scale, PrecisionOf(right) - right_scale);
    int common = std::max(left_scale, right_scale);
    if (op == Op::kMultiply) {
      exact = PrecisionOf(left) + PrecisionOf(right) + 1 <= functions::kMaxDecimalPrecision;
    } else {
      exact = integral + common + 1 <= functions::kMaxDecimalPrecision;
    }
  }
  int common_scale() const { return std::max(left_scale, right_scale); }
};

DataType SparkDecimal(const LogicalType& type) {
  return DataType::Decimal(PrecisionOf(type), ScaleOf(type));
}

LogicalType ResultOf(Op op, const LogicalType& left, const LogicalType& right) {
  DataType a = SparkDecimal(left), b = SparkDecimal(right), result;
  switch (op) {
    case Op::kAdd: case Op::kSubtract: result = functions::DecimalAddType(a, b); break;
    case Op::kMultiply: result = functions::DecimalMultiplyType(a, b); break;
    case Op::kDivide: result = functions::DecimalDivideType(a, b); break;
    case Op::kRemainder: result = functions::DecimalRemainderType(a, b); break;
    case Op::kIntegralDivide: return LogicalType::BIGINT;
  }
  return LogicalType::DECIMAL(static_cast<uint8_t>(result.precision()),
                              static_cast<uint8_t>(result.scale()));
}

// Arguments come in 64 or 128 bits only (see ResolveTypes): fewer forms to compile.
template <class Make>
void WithArgumentStorage(const LogicalType& type, Make&& make) {
  if (type.InternalType() == duckdb::PhysicalType::INT64) return make.template operator()<int64_t>();
  make.template operator()<hugeint_t>();
}

LogicalType ArgumentType(const LogicalType& type) {
  if (PrecisionOf(type) > 9) return type;
  return LogicalType::DECIMAL(18, static_cast<uint8_t>(ScaleOf(type)));
}

// Where no check is needed: plain machine arithmetic, in 64 bits when the result fits there.
template <Op op, class A, class B, class R>
void RunExact(const Plan& plan, DataChunk& arguments, Vector& result) {
  using Work = std::conditional_t<std::is_same_v<R, hugeint_t>, Int128, int64_t>;
  Work left_factor = 1, right_factor = 1;
  if (op != Op::kMultiply) {
    left_factor = static_cast<Work>(PowerOfTen(plan.common_scale() - plan.left_scale));
    right_factor = static_cast<Work>(PowerOfTen(plan.common_scale() - plan.right_scale));
  }
  BinaryExecutor::Execute<A, B, R>(
      arguments.data[0], arguments.data[1], result, [&](A a, B b) {
        Work left = static_cast<Work>(Widen(a)), right = static_cast<Work>(Widen(b));
        if constexpr (op == Op::kMultiply) return Narrow<R>(left * right);
        left *= left_factor;
        right *= right_factor;
        return Narrow<R>(op == Op::kAdd ? left + right : left - right);
      });
}

// An exact result of wide arguments is wide itself.
template <Op op, class A, class B>
void RunExact(const Plan& plan, DataChunk& arguments, Vector& result) {
  if constexpr (std::is_same_v<A, int64_t> && std::is_same_v<B, int64_t>) {
    WithDecimalStorage(result.GetType(), [&]<class R>() {
      RunExact<op, A, B, R>(plan, arguments, result);
    });
  } else {
    RunExact<op, A, B, hugeint_t>(plan, arguments, result);
  }
}

// Both sides at one scale; false: they do not fit.
bool Align(const Plan& plan, Int128 a, Int128 b, Int128& left, Int128& right) {
  int common = plan.common_scale();
  return !__builtin_mul_overflow(a, PowerOfTen(common - plan.left_scale), &left) &&
         !__builtin_mul_overflow(b, PowerOfTen(common - plan.right_scale), &right);
}

// One value with rounding; false: it does not fit the result. The divisor is not zero.
bool Compute(Op op, const Plan& plan, Int128 a, Int128 b, Int128& out) {
  Int128 left, right;
  switch (op) {
    case Op::kMultiply: {
      int drop = plan.left_scale + plan.right_scale - plan.scale;
      return MultiplyDivide(a, b, PowerOfTen(drop), out) && FitsPrecision(out, plan.precision);
    }
    case Op::kDivide: {
      int shift = plan.scale - plan.left_scale + plan.right_scale;
      bool fits = shift >= 0 ? MultiplyDivide(a, PowerOfTen(shift), b, out)
                             : MultiplyDivide(DivideHalfUp(a, PowerOfTen(-shift)), 1, b, out);
      return fits && FitsPrecision(out, plan.precision);
    }
    case Op::kIntegralDivide:
      if (!Align(plan, a, b, left, right)) return false;
      out = left / right;
      return FitsPrecision(out, plan.precision);
    case Op::kRemainder:
      if (!Align(plan, a, b, left, right)) return false;
      out = left % right;
      break;
    case Op::kAdd:
      if (!Align(plan, a, b, left, right) || __builtin_add_overflow(left, right, &out)) return false;
      break;
    case Op::kSubtract:
      if (!Align(plan, a, b, left, right) || __builtin_sub_overflow(left, right, &out)) return false;
      break;
  }
  return Rescale(out, plan.common_scale(), plan.scale, out) && FitsPrecision(out, plan.precision);
}

template <class A, class B, class R>
void RunChecked(Op op, bool is_try, const Plan& plan, DataChunk& arguments, Vector& result) {
  bool divides = op != Op::kAdd && op != Op::kSubtract && op != Op::kMultiply;
  BinaryExecutor::Execute<A, B, R>(
      arguments.data[0], arguments.data[1], result, [&](A a, B b) -> optional<R> {
        Int128 left = Widen(a), right = Widen(b), out = 0;
        if (divides && right == 0) {
          if (is_try) return duckdb::nullopt;
          if (op == Op::kRemainder) ThrowRemainderByZero();
          ThrowDivideByZero();
        }
        if (Compute(op, plan, left, right, out)) return Narrow<R>(out);
        if (is_try) return duckdb::nullopt;
        ThrowDecimalOverflow(left, plan.left_scale, plan.precision, plan.scale);
      });
}

// The result's storage: BIGINT (of div) is stored as a decimal of 64 bits is.
template <class A, class B>
void RunChecked(Op op, bool is_try, const Plan& plan, DataChunk& arguments, Vector& result) {
  WithDecimalStorage(result.GetType(), [&]<class R>() {
    RunChecked<A, B, R>(op, is_try, plan, arguments, result);
  });
}

template <Op op, bool is_try>
void Run(DataChunk& arguments, ExpressionState& state, Vector& result) {
  const LogicalType& left = arguments.data[0].GetType();
  const LogicalType& right = arguments.data[1].GetType();
  Plan plan(op, left, right, result.GetType());
  constexpr bool can_be_exact = op == Op::kAdd || op == Op::kSubtract || op == Op::kMultiply;
  WithArgumentStorage(left, [&]<class A>() {
    WithArgumentStorage(right, [&]<class B>() {
      if constexpr (can_be_exact) {
        if (plan.exact) return RunExact<op, A, B>(plan, arguments, result);
      }
      RunChecked<A, B>(op, is_try, plan, arguments, result);
    });
  });
}

template <Op op, bool is_try>
void ResolveTypes(duckdb::ResolveScalarFunctionTypesInput& input) {
  auto& function = input.GetBoundFunction();
  const LogicalType& left = input.GetArgumentType(0);
  const LogicalType& right = input.GetArgumentType(1);
  function.GetArguments()[0] = ArgumentType(left);
  function.GetArguments()[1] = ArgumentType(right);
  function.SetReturnType(ResultOf(op, left, right));
  bool exact = Plan(op, left, right, function.GetReturnType()).exact && op != Op::kDivide &&
               op != Op::kRemainder && op != Op::kIntegralDivide;
  if (!exact && !is_try) function.SetFallible();
}

template <Op op, bool is_try>
void Register(duckdb::ExtensionLoader& loader, const char* name) {
  LogicalType any_decimal(LogicalTypeId::DECIMAL);
  LogicalType result = op == Op::kIntegralDivide ? LogicalType::BIGINT : any_decimal;
  auto kernel = MakeKernel(name, {any_decimal, any_decimal}, result, Run<op, is_try>);
  kernel.SetResolveTypesCallback(ResolveTypes<op, is_try>);
  loader.RegisterFunction(std::move(kernel));
}

// sum / count, half up, at the precision and scale given as constants.
void RunAverage(DataChunk& arguments, ExpressionState& state, Vector& result) {
  int from_scale = ScaleOf(arguments.data[0].GetType());
  int precision = PrecisionOf(result.GetType()), scale = ScaleOf(result.GetType());
  WithDecimalStorage(arguments.data[0].GetType(), [&]<class A>() {
    WithDecimalStorage(result.GetType(), [&]<class R>() {
      BinaryExecutor::Execute<A, int64_t, R>(
          arguments.data[0], arguments.data[1], result, [&](A sum, int64_t count) -> optional<R> {
            if (count == 0) return duckdb::nullopt;
            Int128 out;
            bool fits = MultiplyDivide(Widen(sum), PowerOfTen(scale - from_scale), count, out);
            if (fits && FitsPrecision(out, precision)) return Narrow<R>(out);
            ThrowDecimalOverflow(Widen(sum), from_scale, precision, scale);
          });
    });
  });
}

duckdb::unique_ptr<duckdb::FunctionData> BindAverage(duckdb::BindScalarFunctionInput& input) {
  auto& function = input.GetBoundFunction();
  auto precision = input.GetNonNullConstant(2).GetValue<int32_t>();
  auto scale = input.GetNonNullConstant(3).GetValue<int32_t>();
  function.GetArguments()[0] = input.GetArguments()[0]->GetReturnType();
  function.SetReturnType(
      LogicalType::DECIMAL(static_cast<uint8_t>(precision), static_cast<uint8_t>(scale)));
  return nullptr;
}

}  // namespace

void ThrowDecimalOverflow(Int128 value, int scale, int to_precision, int to_scale) {
  ThrowSpark("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
             {{"value", DecimalToString(value, scale)},
              {"precision", std::to_string(to_precision)},
              {"scale", std::to_string(to_scale)},
              {"config", "\"spark.sql.ansi.enabled\""}});
}

void ThrowDivideByZero() {
  ThrowSpark("DIVIDE_BY_ZERO", {{"config", "\"spark.sql.ansi.enabled\""}});
}

void ThrowRemainderByZero() {
  ThrowSpark("REMAINDER_BY_ZERO", {{"config", "\"spark.sql.ansi.enabled\""}});
}

void RegisterDecimalKernels(duckdb::ExtensionLoader& loader) {
  Register<Op::kAdd, false>(loader, "spark_decimal_add");
  Register<Op::kAdd, true>(loader, "spark_decimal_try_add");
  Register<Op::kSubtract, false>(loader, "spark_decimal_subtract");
  Register<Op::kSubtract, true>(loader, "spark_decimal_try_subtract");
  Register<Op::kMultiply, false>(loader, "spark_decimal_multiply");
  Register<Op::kMultiply, true>(loader, "spark_decimal_try_multiply");
  Register<Op::kDivide, false>(loader, "spark_decimal_divide");
  Register<Op::kDivide, true>(loader, "spark_decimal_try_divide");
  Register<Op::kRemainder, false>(loader, "spark_decimal_mod");
  Register<Op::kRemainder, true>(loader, "spark_decimal_try_mod");
  Register<Op::kIntegralDivide, false>(loader, "spark_decimal_div");
  Register<Op::kIntegralDivide, true>(loader, "spark_decimal_try_div");
  auto average = MakeKernel(
      "spark_decimal_average",
      {LogicalType(LogicalTypeId::DECIMAL), LogicalType::BIGINT, LogicalType::INTEGER,
       LogicalType::INTEGER},
      LogicalType(LogicalTypeId::DECIMAL), RunAverage, true);
  average.SetBindCallback(BindAverage);
  loader.RegisterFunction(std::move(average));
}

}  // namespace pyrite::lower
