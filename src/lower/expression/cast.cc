// How a cast is done stands in functions/casts.h.

#include "functions/casts.h"
#include "lower/constant.h"
#include "lower/expression/operators.h"
#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {

AstExpression Lowering::LowerCast(const plan::Cast& node, const DataType& type) {
  const DataType& from = node.child->type;
  // raise_error() is a call of that type, and must be made.
  bool is_call = node.child->kind() == plan::ExpressionKind::kCall;
  if (from.Is(TypeKind::kNull) && !is_call) return LowerConstant(Value(), type);
  functions::CastPlan plan = functions::PlanCast(from, type, node.mode, time_zone_);
  AstExpression child = Lower(node.child);
  const duckdb::LogicalType physical = PhysicalType(type);
  bool is_noop = plan.kind == functions::CastKind::kNoop;
  if (is_noop && PhysicalType(from) != physical) {
    plan = functions::KernelCast(from, type, node.mode, time_zone_);
  }
  switch (plan.kind) {
    case functions::CastKind::kNoop: return child;
    case functions::CastKind::kEngine: return MakeAstCast(std::move(child), physical);
    case functions::CastKind::kKernel: break;
  }
  AstExpressions arguments;
  arguments.push_back(std::move(child));
  for (const Literal& literal : plan.arguments) {
    arguments.push_back(LowerConstant(literal.value, literal.type));
  }
  AstExpression cast = MakeFunction(functions::kCastKernel, std::move(arguments));
  return MayBindToNull(*node.child) ? MakeAstCast(std::move(cast), physical) : std::move(cast);
}

}  // namespace pyrite::lower
