#include "session/plan_parts.h"

#include "base/stack_guard.h"
#include "plan/stream_scan.h"
#include "plan/walk.h"

namespace pyrite::session {
namespace {

using Replace = std::function<plan::RelationPtr(const plan::RelationPtr&)>;

plan::ExpressionPtr ReplaceIn(const plan::ExpressionPtr& root, const Replace& replace);

// The subquery over another plan; the expression itself when it is the same one.
plan::ExpressionPtr WithPlan(const plan::ExpressionPtr& expression, plan::RelationPtr plan,
                             const Replace& replace) {
  plan::ExpressionPtr values = plan::MapChildren(
      expression, [&](const plan::ExpressionPtr& child) { return ReplaceIn(child, replace); });
  if (values == expression && plan == plan::SubqueryOf(*expression)) return expression;
  auto copy = std::make_shared<plan::Expression>(*values);
  if (auto* scalar = std::get_if<plan::ScalarSubquery>(&copy->node)) scalar->plan = plan;
  if (auto* in = std::get_if<plan::InSubquery>(&copy->node)) in->plan = plan;
  if (auto* exists = std::get_if<plan::ExistsSubquery>(&copy->node)) exists->plan = plan;
  return copy;
}

plan::ExpressionPtr ReplaceIn(const plan::ExpressionPtr& root, const Replace& replace) {
  return plan::Rewrite(root, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
    plan::RelationPtr subquery = plan::SubqueryOf(*e);
    if (subquery == nullptr) return nullptr;
    return WithPlan(e, ReplaceParts(subquery, replace), replace);
  });
}

}  // namespace

bool AnyRelation(const plan::RelationPtr& plan,
                 const std::function<bool(const plan::Relation&)>& test) {
  CheckStack();
  if (test(*plan)) return true;
  for (const plan::RelationPtr& input : plan::InputsOf(*plan)) {
    if (AnyRelation(input, test)) return true;
  }
  bool found = false;
  plan::ForEachExpression(*plan, [&](const plan::ExpressionPtr& root) {
    found = found || plan::Any(*root, [&](const plan::Expression& e) {
              plan::RelationPtr subquery = plan::SubqueryOf(e);
              return subquery != nullptr && AnyRelation(subquery, test);
            });
  });
  return found;
}

plan::RelationPtr NoStream(plan::RelationPtr plan, const char* method) {
  bool streams = AnyRelation(
      plan, [](const plan::Relation& relation) { return plan::AsStreamScan(relation) != nullptr; });
  if (!streams) return plan;
  throw SparkError("CALL_ON_STREAMING_DATASET_UNSUPPORTED",
                   {{"methodName", "`" + std::string(method) + "`"}});
}

plan::RelationPtr ReplaceParts(const plan::RelationPtr& plan, const Replace& replace) {
  CheckStack();
  if (plan::RelationPtr replaced = replace(plan)) return replaced;
  return plan::MapRelation(
      plan, [&](const plan::RelationPtr& input) { return ReplaceParts(input, replace); },
      [&](const plan::ExpressionPtr& root) { return ReplaceIn(root, replace); });
}

}  // namespace pyrite::session
