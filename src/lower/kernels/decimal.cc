// + - * / % div of decimals with Spark's result types, and what an average needs.

#include "lower/kernels/decimal.h"

#include "duckdb/function/aggregate/distributive_function_utils.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "functions/decimal_types.h"
#include "lower/kernels/decimal_exact.h"
#include "lower/kernels/decimal_range.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::DataChunk;
using duckdb::ExpressionState;
using duckdb::LogicalType;
using duckdb::LogicalTypeId;
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
      exact = PrecisionOf(left) + PrecisionOf(right) + 1 <= kMaxDecimalPrecision;
    } else {
      exact = integral + common + 1 <= kMaxDecimalPrecision;
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
    case Op::kAdd:
    case Op::kSubtract: result = functions::DecimalAddType(a, b); break;
    case Op::kMultiply: result = functions::DecimalMultiplyType(a, b); break;
    case Op::kDivide: result = functions::DecimalDivideType(a, b); break;
    case Op::kRemainder: result = functions::DecimalRemainderType(a, b); break;
    case Op::kIntegralDivide: return LogicalType::BIGINT;
  }
  return LogicalType::DECIMAL(static_cast<uint8_t>(result.precision()),
                              static_cast<uint8_t>(result.scale()));
}

// One value with rounding; false: it does not fit the result.
template <Op op>
bool Compute(const Plan& plan, Int128 a, Int128 b, Int128& out) {
  if constexpr (op == Op::kMultiply) {
    int drop = plan.left_scale + plan.right_scale - plan.scale;
    return MultiplyDivide(a, b, PowerOfTen(drop), out) && FitsPrecision(out, plan.precision);
  } else if constexpr (op == Op::kDivide) {
    int shift = plan.scale - plan.left_scale + plan.right_scale;
    bool fits = shift >= 0 ? MultiplyDivide(a, PowerOfTen(shift), b, out)
                           : MultiplyDivide(DivideHalfUp(a, PowerOfTen(-shift)), 1, b, out);
    return fits && FitsPrecision(out, plan.precision);
  } else {
    int common = plan.common_scale();
    Int128 left, right;
    bool aligned = !__builtin_mul_overflow(a, PowerOfTen(common - plan.left_scale), &left) &&
                   !__builtin_mul_overflow(b, PowerOfTen(common - plan.right_scale), &right);
    if (!aligned) return false;
    if constexpr (op == Op::kIntegralDivide) {
      out = left / right;
      return FitsPrecision(out, plan.precision);
    } else if constexpr (op == Op::kRemainder) {
      out = left % right;
    } else if (op == Op::kAdd ? __builtin_add_overflow(left, right, &out)
                              : __builtin_sub_overflow(left, right, &out)) {
      return false;
    }
    return Rescale(out, common, plan.scale, out) && FitsPrecision(out, plan.precision);
  }
}

template <Op op, bool is_try>
void RunChecked(const Plan& plan, DataChunk& arguments, Vector& result) {
  constexpr bool divides = op != Op::kAdd && op != Op::kSubtract && op != Op::kMultiply;
  duckdb::idx_t count = arguments.size();
  DecimalReader left(arguments.data[0], count), right(arguments.data[1], count);
  DecimalWriter out(result, count);
  for (duckdb::idx_t row = 0; row < count; ++row) {
    Int128 value = 0;
    if (!left.valid(row) || !right.valid(row)) {
      out.SetNull(row);
    } else if (divides && right[row] == 0) {
      if (!is_try && op == Op::kRemainder) ThrowRemainderByZero();
      if (!is_try) ThrowDivideByZero();
      out.SetNull(row);
    } else if (Compute<op>(plan, left[row], right[row], value)) {
      out.Set(row, value);
    } else if (is_try) {
      out.SetNull(row);
    } else {
      ThrowDecimalOverflow(left[row], plan.left_scale, plan.precision, plan.scale);
    }
  }
}

constexpr bool CanBeExact(Op op) {
  return op == Op::kAdd || op == Op::kSubtract || op == Op::kMultiply;
}

template <Op op>
constexpr ExactOperation kExact = op == Op::kAdd        ? ExactOperation::kAdd
                                  : op == Op::kSubtract ? ExactOperation::kSubtract
                                                        : ExactOperation::kMultiply;

// What brings the left (or right) input to the common scale.
template <Op op>
Int128 FactorOf(const Plan& plan, int scale) {
  return op == Op::kMultiply ? 1 : PowerOfTen(plan.common_scale() - scale);
}

template <Op op>
void RunExact(const Plan& plan, DataChunk& arguments, Vector& result, bool fits_int64) {
  RunExactDecimal(kExact<op>, FactorOf<op>(plan, plan.left_scale),
                  FactorOf<op>(plan, plan.right_scale), arguments, result, fits_int64);
}

template <Op op>
Plan PlanOf(const DataChunk& arguments, const Vector& result) {
  return Plan(op, arguments.data[0].GetType(), arguments.data[1].GetType(), result.GetType());
}

// For calls that statistics have shown to be exact.
template <Op op, bool fits_int64>
void RunProven(DataChunk& arguments, ExpressionState& state, Vector& result) {
  RunExact<op>(PlanOf<op>(arguments, result), arguments, result, fits_int64);
}

// Bounds of the result; where they leave neither rounding nor overflow, the checks go.
template <Op op>
duckdb::unique_ptr<duckdb::BaseStatistics> Propagate(duckdb::ClientContext&,
                                                     duckdb::FunctionStatisticsInput& input) {
  const LogicalType& type = input.expr.GetReturnType();
  const auto &left = input.child_stats[0], &right = input.child_stats[1];
  Plan plan(op, left.GetType(), right.GetType(), type);
  int scale = op == Op::kMultiply ? plan.left_scale + plan.right_scale : plan.common_scale();
  auto a = RangeOf(left), b = RangeOf(right);
  if (scale != plan.scale || !a.has_value() || !b.has_value()) return nullptr;
  auto range = CombineRanges(kExact<op>, *a, *b, FactorOf<op>(plan, plan.left_scale),
                             FactorOf<op>(plan, plan.right_scale));
  if (!range.has_value() || !range->FitsPrecision(plan.precision)) return nullptr;
  input.expr.FunctionMutable().SetFunctionCallback(range->FitsInt64() ? RunProven<op, true>
                                                                      : RunProven<op, false>);
  auto statistics = StatisticsOf(type, *range);
  statistics.CombineValidity(left, right);
  return statistics.ToUnique();
}

template <Op op, bool is_try>
void Run(DataChunk& arguments, ExpressionState& state, Vector& result) {
  Plan plan = PlanOf<op>(arguments, result);
  if constexpr (CanBeExact(op)) {
    if (plan.exact) return RunExact<op>(plan, arguments, result, false);
  }
  RunChecked<op, is_try>(plan, arguments, result);
}

template <Op op, bool is_try>
void ResolveTypes(duckdb::ResolveScalarFunctionTypesInput& input) {
  auto& function = input.GetBoundFunction();
  const LogicalType& left = input.GetArgumentType(0);
  const LogicalType& right = input.GetArgumentType(1);
  function.GetArguments()[0] = left;
  function.GetArguments()[1] = right;
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
  if constexpr (CanBeExact(op)) kernel.SetStatisticsCallback(Propagate<op>);
  loader.RegisterFunction(std::move(kernel));
}

// sum / count, half up, at the precision and scale given as constants.
void RunAverage(DataChunk& arguments, ExpressionState& state, Vector& result) {
  int from_scale = ScaleOf(arguments.data[0].GetType());
  int precision = PrecisionOf(result.GetType()), scale = ScaleOf(result.GetType());
  duckdb::idx_t rows = arguments.size();
  DecimalReader sums(arguments.data[0], rows), counts(arguments.data[1], rows);
  DecimalWriter out(result, rows);
  for (duckdb::idx_t row = 0; row < rows; ++row) {
    Int128 value;
    if (!sums.valid(row) || !counts.valid(row) || counts[row] == 0) {
      out.SetNull(row);
    } else if (MultiplyDivide(sums[row], PowerOfTen(scale - from_scale), counts[row], value) &&
               FitsPrecision(value, precision)) {
      out.Set(row, value);
    } else {
      ThrowDecimalOverflow(sums[row], from_scale, precision, scale);
    }
  }
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
  auto average = MakeKernel("spark_decimal_average",
                            {LogicalType(LogicalTypeId::DECIMAL), LogicalType::BIGINT,
                             LogicalType::INTEGER, LogicalType::INTEGER},
                            LogicalType(LogicalTypeId::DECIMAL), RunAverage, true);
  average.SetBindCallback(BindAverage);
  loader.RegisterFunction(std::move(average));
  // The count below an average. Without values the sum is NULL, and so is the average whatever the
  // count: a correlated subquery need not bring back the 0 of the groups that have no row.
  auto count = duckdb::CountFunctionBase::GetFunction();
  count.SetName("spark_average_count");
  count.SetNullHandling(duckdb::FunctionNullHandling::DEFAULT_NULL_HANDLING);
  loader.RegisterFunction(std::move(count));
}

}  // namespace pyrite::lower
