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

RelationPtr OnlyColumns(RelationPtr plan, const plan::Columns& columns) {
  plan::NamedExpressions items;
  for (const plan::Column& column : columns) items.push_back({column, plan::MakeRef(column)});
  return plan::MakeProject(std::move(plan), std::move(items));
}

RelationPtr WithColumn(RelationPtr rows, const plan::Columns& passing, const char* name,
                       ExpressionPtr value) {
  plan::NamedExpressions items;
  for (const plan::Column& column : passing) items.push_back({column, plan::MakeRef(column)});
  plan::Column column{plan::NextColumnId(), name, value->type, value->nullable, ""};
  items.push_back({std::move(column), std::move(value)});
  return plan::MakeProject(std::move(rows), std::move(items));
}

RelationPtr OverWiderInput(const RelationPtr& relation, const RelationPtr& rewritten) {
  size_t passing = plan::InputsOf(*relation).at(0)->output.size();
  plan::Columns wide = plan::InputsOf(*rewritten).at(0)->output;
  wide.insert(wide.end(), relation->output.begin() + static_cast<ptrdiff_t>(passing),
              relation->output.end());
  return OnlyColumns(plan::MakeRelation(rewritten->node, std::move(wide)), relation->output);
}

}  // namespace pyrite::passes
