// LIMIT, OFFSET, tail.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

plan::ExpressionPtr ResolveCount(const spec::Expression& given, const char* what,
                                 const Resolved& input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  plan::ExpressionPtr count = ResolveExpression(given, names);
  bool constant = !plan::Any(*count, [](const plan::Expression& e) {
    return e.kind() != plan::ExpressionKind::kConstant && e.kind() != plan::ExpressionKind::kCall &&
           e.kind() != plan::ExpressionKind::kCast && e.kind() != plan::ExpressionKind::kCase;
  });
  return AtOrigin(given.origin, [&] {
    if (!constant) throw errors::LimitNotFoldable(what, PrettyName(given, names));
    if (!count->type.Is(TypeKind::kInteger)) {
      throw errors::LimitNotInteger(what, PrettyName(given, names), count->type);
    }
    if (auto* node = count->TryAs<plan::Constant>()) {
      if (node->value.is_null()) throw errors::LimitNull(what, PrettyName(given, names));
      if (node->value.as_int() < 0) throw errors::NegativeLimit(what, node->value.as_int());
    }
    return count;
  });
}

Resolved WithPlan(const Resolved& input, plan::RelationPtr plan) {
  return {std::move(plan), PassScope(input.scope), nullptr};
}

}  // namespace

Resolved ResolveLimit(const spec::Limit& node, Resolved input, Analysis& analysis) {
  plan::ExpressionPtr count = ResolveCount(*node.count, "limit", input, analysis);
  return WithPlan(input, plan::MakeLimit(input.plan, std::move(count), nullptr));
}

Resolved ResolveOffset(const spec::Offset& node, Resolved input, Analysis& analysis) {
  plan::ExpressionPtr count = ResolveCount(*node.count, "offset", input, analysis);
  return WithPlan(input, plan::MakeLimit(input.plan, nullptr, std::move(count)));
}

Resolved ResolveTail(const spec::Tail& node, Resolved input, Analysis&) {
  if (node.count < 0) throw errors::NegativeLimit("tail", node.count);
  plan::Columns output = input.plan->output;
  auto plan = plan::MakeRelation(plan::Tail{input.plan, node.count}, std::move(output));
  return WithPlan(input, std::move(plan));
}

}  // namespace pyrite::analyzer
