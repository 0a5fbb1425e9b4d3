// Joins: ON, USING, NATURAL, LATERAL.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/join_scope.h"
#include "analyzer/query/join_using.h"
#include "analyzer/query/query.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

plan::JoinType PlanType(spec::JoinType type) { return static_cast<plan::JoinType>(type); }

// A side's columns as they come out of the join: outer joins make them nullable.
void AppendSide(const ColumnListPtr& list, bool nullable, ScopeColumns& out) {
  if (!list) return;
  for (ScopeColumn column : list->all()) {
    column.column.nullable |= nullable;
    out.push_back(std::move(column));
  }
}

bool LeftNullable(plan::JoinType type) {
  return type == plan::JoinType::kRightOuter || type == plan::JoinType::kFullOuter;
}
bool RightNullable(plan::JoinType type) {
  return type == plan::JoinType::kLeftOuter || type == plan::JoinType::kFullOuter;
}
bool OnlyLeft(plan::JoinType type) {
  return type == plan::JoinType::kLeftSemi || type == plan::JoinType::kLeftAnti;
}

}  // namespace

ScopePtr JoinScope(const Resolved& left, const Resolved& right, plan::JoinType type,
                   bool with_right, bool sensitive) {
  ScopeColumns shown, hidden;
  AppendSide(left.scope->columns, LeftNullable(type), shown);
  AppendSide(left.scope->hidden, LeftNullable(type), hidden);
  if (with_right) {
    AppendSide(right.scope->columns, RightNullable(type), shown);
    AppendSide(right.scope->hidden, RightNullable(type), hidden);
  }
  auto scope = std::make_shared<Scope>();
  scope->columns = ColumnList::Make(std::move(shown), sensitive);
  if (!hidden.empty()) {
    scope->hidden = ColumnList::Make(std::move(hidden), sensitive);
  }
  scope->inputs = {left.scope, right.scope};
  return scope;
}

namespace {

plan::ExpressionPtr ResolveCondition(const spec::Expression& given, Environment& names) {
  RefuseGenerators(given, "Join");
  plan::ExpressionPtr condition = ResolveExpression(given, names);
  if (condition->type.Is(TypeKind::kNull)) {
    condition = functions::Coerce(condition, DataType::Boolean(), names.analysis.call);
  }
  if (!condition->type.Is(TypeKind::kBoolean)) {
    throw errors::JoinConditionNotBoolean(PrettyName(given, names), condition->type);
  }
  if (HasAggregate(*condition)) {
    throw SparkError("UNSUPPORTED_EXPR_FOR_OPERATOR",
                     {{"invalidExprSqls", AggregateNames(given, names)}});
  }
  if (HasWindow(*condition)) throw errors::WindowNotAllowed("JOIN condition");
  if (!plan::IsDeterministic(*condition)) {
    throw SparkError("INVALID_NON_DETERMINISTIC_EXPRESSIONS",
                     {{"sqlExprs", errors::Quoted(PrettyName(given, names))}});
  }
  return condition;
}

// The names are looked up as they are before the join makes a side nullable.
plan::ExpressionPtr ConditionOf(const spec::Join& node, const Resolved& left, const Resolved& right,
                                Analysis& analysis) {
  if (!node.condition) return nullptr;
  ScopePtr both = JoinScope(left, right, plan::JoinType::kInner, true, analysis.case_sensitive);
  Environment names{analysis, {both}};
  return ResolveCondition(*node.condition, names);
}

Resolved ResolveRight(const spec::Join& node, const Resolved& left, Analysis& analysis) {
  if (!node.lateral) return ResolveRelation(*node.right, analysis);
  Environment names{analysis, {left.scope}};
  Analysis inner = analysis;
  inner.outer = &names;
  return ResolveRelation(*node.right, inner);
}

}  // namespace

Resolved ResolveJoin(const spec::Join& given, Analysis& analysis) {
  Resolved left = ResolveRelation(*given.left, analysis);
  Resolved right = ResolveRight(given, left, analysis);
  plan::JoinType type = PlanType(given.type);
  if (given.natural || !given.using_columns.empty()) {
    std::vector<std::string> keys = given.using_columns;
    if (given.natural) keys = CommonNames(left, right, analysis.case_sensitive);
    if (!keys.empty()) return JoinUsing(left, right, type, keys, given.lateral, analysis);
  }
  plan::ExpressionPtr condition = ConditionOf(given, left, right, analysis);
  if (type == plan::JoinType::kCross && condition) type = plan::JoinType::kInner;
  if (type == plan::JoinType::kInner && !condition) type = plan::JoinType::kCross;
  Resolved result;
  result.scope = JoinScope(left, right, type, !OnlyLeft(type), analysis.case_sensitive);
  result.plan = plan::MakeJoin(left.plan, right.plan, type, std::move(condition), given.lateral);
  return result;
}

}  // namespace pyrite::analyzer
