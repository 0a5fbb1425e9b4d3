#include "lower/expression/function_target.h"

#include "base/errors.h"
#include "lower/type.h"

namespace pyrite::lower {

FunctionTarget TargetOf(const functions::Function& function, plan::EvalMode mode) {
  if (const auto* rename = std::get_if<functions::Rename>(&function.means)) {
    return {rename->target, rename->cast_result, false};
  }
  if (const auto* kernel = std::get_if<functions::Kernel>(&function.means)) {
    return {kernel->target, false, true};
  }
  throw errors::Internal("the function " + std::string(function.name) + " reached the engine");
}

AstExpression AsResult(AstExpression aggregate, std::string_view name, plan::EvalMode mode,
                       const DataType& type) {
  if (name == "sum" && mode == plan::EvalMode::kLegacy && type.Is(TypeKind::kLong)) {
    return MakeFunction("spark_wrap_sum", std::move(aggregate));
  }
  bool lenient = mode == plan::EvalMode::kTry;
  return duckdb::make_uniq<duckdb::CastExpression>(PhysicalType(type), std::move(aggregate),
                                                   lenient);
}

}  // namespace pyrite::lower
