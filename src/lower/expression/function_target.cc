#include "lower/expression/function_target.h"

#include "base/errors.h"

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

}  // namespace pyrite::lower
