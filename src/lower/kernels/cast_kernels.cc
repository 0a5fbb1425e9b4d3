#include "lower/kernels/cast_kernels.h"

#include "base/errors.h"
#include "duckdb/function/scalar_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "functions/casts.h"
#include "lower/kernels/cast.h"
#include "lower/type.h"
#include "sql/parser.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;

struct CastData : duckdb::FunctionData {
  explicit CastData(BoundCast bound) : cast(std::move(bound)) {}

  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<CastData>(cast);
  }
  bool Equals(const duckdb::FunctionData& other) const override {
    const BoundCast& that = other.Cast<CastData>().cast;
    return cast.from == that.from && cast.to == that.to && cast.mode == that.mode &&
           cast.zone == that.zone;
  }

  BoundCast cast;
};

plan::EvalMode ModeOf(const std::string& name) {
  if (name == "ansi") return plan::EvalMode::kAnsi;
  return name == "try" ? plan::EvalMode::kTry : plan::EvalMode::kLegacy;
}

const TimeZone& ZoneOf(const std::string& name) {
  const TimeZone* zone = TimeZone::Find(name);
  if (zone == nullptr) throw errors::Internal("no time zone " + name);
  return *zone;
}

duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::BindScalarFunctionInput& input) {
  const auto text = [&](duckdb::idx_t i) { return input.GetNonNullConstant(i).ToString(); };
  const DataType from = sql::ParseDataType(text(1));
  const DataType to = sql::ParseDataType(text(2));
  const TimeZone& zone = ZoneOf(text(4));
  duckdb::BoundScalarFunction& function = input.GetBoundFunction();
  function.GetArguments()[0] = PhysicalType(from);
  function.SetReturnType(PhysicalType(to));
  return duckdb::make_uniq<CastData>(BindCast(from, to, ModeOf(text(3)), zone));
}

// spark_show_text(value, type, time zone)
duckdb::unique_ptr<duckdb::FunctionData> BindShow(duckdb::BindScalarFunctionInput& input) {
  const DataType from = sql::ParseDataType(input.GetNonNullConstant(1).ToString());
  input.GetBoundFunction().GetArguments()[0] = PhysicalType(from);
  return duckdb::make_uniq<CastData>(
      BindShown(from, ZoneOf(input.GetNonNullConstant(2).ToString())));
}

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, duckdb::Vector& result) {
  const auto& expression = state.expr.Cast<duckdb::BoundFunctionExpression>();
  const BoundCast& cast = expression.BindInfo()->Cast<CastData>().cast;
  cast.Run(arguments.data[0], result, arguments.size());
}

}  // namespace

void RegisterCastKernels(duckdb::ExtensionLoader& loader) {
  duckdb::ScalarFunction kernel{duckdb::Identifier(functions::kCastKernel),
                                {LogicalType::ANY, LogicalType::VARCHAR, LogicalType::VARCHAR,
                                 LogicalType::VARCHAR, LogicalType::VARCHAR},
                                LogicalType::ANY,
                                Run};
  kernel.SetBindCallback(Bind);
  kernel.SetFallible();
  loader.RegisterFunction(std::move(kernel));
  duckdb::ScalarFunction show{duckdb::Identifier("spark_show_text"),
                              {LogicalType::ANY, LogicalType::VARCHAR, LogicalType::VARCHAR},
                              LogicalType::VARCHAR,
                              Run};
  show.SetBindCallback(BindShow);
  loader.RegisterFunction(std::move(show));
}

}  // namespace pyrite::lower
