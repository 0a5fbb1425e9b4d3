// How each of Spark's casts is done: the one table that lowering asks.
//
//   CastPlan plan = PlanCast(from, to, mode, time_zone);
//
// kNoop     the value as it is: both types have one physical form
// kEngine   the engine's own cast between the physical types means the same, in this mode, and
//           cannot fail
// kKernel   spark_cast(value, arguments...), a vectorized function of ours (lower/kernels)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/types.h"
#include "base/value.h"
#include "plan/expression.h"

namespace pyrite::functions {

enum class CastKind : uint8_t { kNoop, kEngine, kKernel };

struct CastPlan {
  CastKind kind = CastKind::kNoop;
  std::vector<Literal> arguments;  // of the kernel, after the value: from, to, mode, time zone
};

inline constexpr char kCastKernel[] = "spark_cast";

// The pair must be one that CanCast allows.
CastPlan PlanCast(const DataType& from, const DataType& to, plan::EvalMode mode,
                  const std::string& time_zone);

// The error for a pair that CanCast does not allow; `sql` is the cast as messages show it.
SparkError ForbiddenCast(const std::string& sql, const DataType& from, const DataType& to,
                         plan::EvalMode mode);

// By the kernel in any case: where only the names of struct fields differ, which the engine's casts
// go by and Spark's do not.
CastPlan KernelCast(const DataType& from, const DataType& to, plan::EvalMode mode,
                    const std::string& time_zone);

}  // namespace pyrite::functions
