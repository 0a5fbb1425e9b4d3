#include "passes/rewrite_plans.h"

#include "base/stack_guard.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;

ExpressionPtr RewriteSubqueries(const ExpressionPtr& expression, const RewriteRelation& rewrite) {
  CheckStack();
  ExpressionPtr mapped = plan::MapChildren(
      expression, [&](const ExpressionPtr& child) { return RewriteSubqueries(child, rewrite); });
  RelationPtr subquery = plan::SubqueryOf(*mapped);
  if (!subquery) return mapped;
  RelationPtr rewritten = RewritePlans(subquery, rewrite);
  if (rewritten == subquery) return mapped;
  auto copy = std::make_shared<plan::Expression>(*mapped);
  if (auto* scalar = std::get_if<plan::ScalarSubquery>(&copy->node)) scalar->plan = rewritten;
  if (auto* in = std::get_if<plan::InSubquery>(&copy->node)) in->plan = rewritten;
  if (auto* exists = std::get_if<plan::ExistsSubquery>(&copy->node)) exists->plan = rewritten;
  return copy;
}

}  // namespace

RelationPtr RewritePlans(const RelationPtr& plan, const RewriteRelation& rewrite) {
  CheckStack();
  return rewrite(plan::MapRelation(
      plan, [&](const RelationPtr& input) { return RewritePlans(input, rewrite); },
      [&](const ExpressionPtr& expression) { return RewriteSubqueries(expression, rewrite); }));
}

}  // namespace pyrite::passes
