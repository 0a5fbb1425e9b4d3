#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"

namespace pyrite::analyzer {
namespace {

// CAST to CHAR(n) or VARCHAR(n) gives a STRING, as in Spark.
DataType CastTarget(const DataType& type) {
  if (type.Is(TypeKind::kChar) || type.Is(TypeKind::kVarchar)) return DataType::String();
  return type;
}

}  // namespace

plan::ExpressionPtr ResolveCast(const spec::Cast& node, const spec::Origin& origin,
                                Environment& names) {
  plan::ExpressionPtr child = ResolveExpression(*node.child, names);
  plan::EvalMode mode = plan::EvalMode::kAnsi;
  if (node.mode == spec::CastMode::kTry) mode = plan::EvalMode::kTry;
  if (node.mode == spec::CastMode::kLegacy) mode = plan::EvalMode::kLegacy;
  if (node.mode == spec::CastMode::kSession && !names.analysis.call.ansi) {
    mode = plan::EvalMode::kLegacy;
  }
  DataType target = CastTarget(node.type);
  bool ansi = mode != plan::EvalMode::kLegacy;
  if (!functions::CanCast(child->type, target, ansi)) {
    throw errors::ForbiddenCast(PrettyName(spec::Expression{node, origin}, names), child->type,
                                target, mode);
  }
  plan::ExpressionPtr cast = plan::MakeCast(child, target, mode);
  if (cast == child) return cast;
  auto context = spec::ContextOf(origin);
  if (!context) return cast;
  auto copy = std::make_shared<plan::Expression>(*cast);
  copy->context = std::make_shared<const QueryContext>(std::move(*context));
  return copy;
}

}  // namespace pyrite::analyzer
