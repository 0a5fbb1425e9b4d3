// joinAsOf: beside each left row the right row that is nearest to it in order, as Spark defines it:
// the right row of least distance among those that the conditions allow.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/join_scope.h"
#include "analyzer/query/query.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

using plan::ExpressionPtr;

enum class Direction : uint8_t { kBackward, kForward, kNearest };

Direction DirectionOf(const std::string& given) {
  std::string folded = FoldCase(given, false);
  if (folded == "backward") return Direction::kBackward;
  if (folded == "forward") return Direction::kForward;
  if (folded == "nearest") return Direction::kNearest;
  throw SparkError("AS_OF_JOIN.UNSUPPORTED_DIRECTION",
                   {{"direction", given}, {"supported", "'backward', 'forward', 'nearest'"}});
}

plan::JoinType TypeOf(const std::string& given) {
  std::string folded;
  for (char c : FoldCase(given, false)) {
    if (c != '_') folded += c;
  }
  if (folded.empty() || folded == "inner") return plan::JoinType::kInner;
  if (folded == "left" || folded == "leftouter") return plan::JoinType::kLeftOuter;
  throw errors::IllegalArgument("An as-of join is inner or left, not " + given + ".");
}

// What the two columns have to fulfil, and the distance that is to be least.
class AsOf {
 public:
  AsOf(const spec::AsOfJoin& node, Environment& left, Environment& right)
      : node_(node),
        analysis_(left.analysis),
        direction_(DirectionOf(node.direction)),
        left_(ResolveExpression(*node.left_as_of, left)),
        right_(ResolveExpression(*node.right_as_of, right)) {}

  ExpressionPtr Condition() const {
    const char* later = node_.allow_exact_matches ? ">=" : ">";
    const char* earlier = node_.allow_exact_matches ? "<=" : "<";
    ExpressionPtr tolerance = Tolerance();
    ExpressionPtr all;
    auto add = [&](ExpressionPtr condition) {
      all = all ? Call("and", all, std::move(condition)) : std::move(condition);
    };
    if (direction_ == Direction::kNearest && !node_.allow_exact_matches) {
      add(CallFunction("not", {Call("==", left_, right_)}, analysis_));
    }
    if (direction_ == Direction::kBackward) add(Call(later, left_, right_));
    if (direction_ == Direction::kForward) add(Call(earlier, left_, right_));
    if (!tolerance) return all;
    if (direction_ != Direction::kForward) add(Call(later, right_, Call("-", left_, tolerance)));
    if (direction_ != Direction::kBackward) add(Call(earlier, right_, Call("+", left_, tolerance)));
    return all;
  }

  ExpressionPtr Distance() const {
    if (direction_ == Direction::kBackward) return Call("-", left_, right_);
    if (direction_ == Direction::kForward) return Call("-", right_, left_);
    return CallFunction(
        "if", {Call(">", left_, right_), Call("-", left_, right_), Call("-", right_, left_)},
        analysis_);
  }

 private:
  ExpressionPtr Call(const char* name, const ExpressionPtr& a, const ExpressionPtr& b) const {
    return CallFunction(name, {a, b}, analysis_);
  }

  ExpressionPtr Tolerance() const {
    if (!node_.tolerance) return nullptr;
    Environment names{analysis_, {}};
    ExpressionPtr value = ResolveExpression(*node_.tolerance, names);
    auto* constant = value->TryAs<plan::Constant>();
    bool foldable = !plan::Any(*value, [](const plan::Expression& e) {
      return e.kind() == plan::ExpressionKind::kColumnRef || plan::SubqueryOf(e) != nullptr;
    });
    if (!foldable) throw SparkError("AS_OF_JOIN.TOLERANCE_IS_UNFOLDABLE", {});
    auto* whole = constant ? std::get_if<int64_t>(&constant->value.storage) : nullptr;
    auto* real = constant ? std::get_if<double>(&constant->value.storage) : nullptr;
    if ((whole && *whole < 0) || (real && *real < 0)) {
      throw SparkError("AS_OF_JOIN.TOLERANCE_IS_NON_NEGATIVE", {});
    }
    return value;
  }

  const spec::AsOfJoin& node_;
  Analysis& analysis_;
  Direction direction_;
  ExpressionPtr left_;
  ExpressionPtr right_;
};

// The join's own condition and the equality of the columns of `using`.
ExpressionPtr JoinCondition(const spec::AsOfJoin& node, const Resolved& left, const Resolved& right,
                            Analysis& analysis) {
  ExpressionPtr condition;
  if (node.join_expression) {
    Environment both{
        analysis, {JoinScope(left, right, plan::JoinType::kInner, true, analysis.case_sensitive)}};
    condition = ResolveExpression(*node.join_expression, both);
  }
  Environment left_names{analysis, {left.scope}}, right_names{analysis, {right.scope}};
  for (const std::string& name : node.using_columns) {
    ExpressionPtr equal = CallFunction("==",
                                       {ResolveExpression(*spec::Attribute(name), left_names),
                                        ResolveExpression(*spec::Attribute(name), right_names)},
                                       analysis);
    condition = condition ? CallFunction("and", {condition, equal}, analysis) : equal;
  }
  return condition;
}

// The nearest right row as a struct, with fields in the order of the right side's columns.
plan::RelationPtr NearestRight(const Resolved& right, ExpressionPtr condition,
                               ExpressionPtr distance, Analysis& analysis) {
  plan::RelationPtr rows = right.plan;
  if (condition) rows = plan::MakeFilter(std::move(rows), std::move(condition));
  plan::Expressions parts;
  for (const ScopeColumn& column : right.scope->columns->all()) {
    parts.push_back(plan::MakeConstant(Literal::String("c" + std::to_string(parts.size() / 2))));
    parts.push_back(plan::MakeRef(column.column));
  }
  ExpressionPtr row = CallFunction("named_struct", std::move(parts), analysis);
  plan::Column row_column{plan::NextColumnId(), "row", row->type, false, ""};
  plan::Column distance_column{plan::NextColumnId(), "distance", distance->type, distance->nullable,
                               ""};
  rows = plan::MakeProject(std::move(rows),
                           {{row_column, std::move(row)}, {distance_column, std::move(distance)}});
  ExpressionPtr nearest =
      CallFunction("min_by", {plan::MakeRef(row_column), plan::MakeRef(distance_column)}, analysis);
  plan::Column column{plan::NextColumnId(), "nearest", nearest->type, true, ""};
  return plan::MakeAggregate(std::move(rows), {}, {{column, std::move(nearest)}});
}

}  // namespace

Resolved ResolveAsOfJoin(const spec::AsOfJoin& node, Analysis& analysis) {
  Resolved left = ResolveRelation(*node.left, analysis);
  Resolved right = ResolveRelation(*node.right, analysis);
  plan::JoinType type = TypeOf(node.join_type);
  Environment left_names{analysis, {left.scope}}, right_names{analysis, {right.scope}};
  AsOf as_of(node, left_names, right_names);
  ExpressionPtr condition = as_of.Condition();
  if (ExpressionPtr own = JoinCondition(node, left, right, analysis)) {
    condition = condition ? CallFunction("and", {own, condition}, analysis) : own;
  }
  plan::RelationPtr nearest = NearestRight(right, std::move(condition), as_of.Distance(), analysis);
  DataType row_type = nearest->output[0].type;
  plan::Column row{plan::NextColumnId(), "nearest", row_type, true, ""};
  plan::NamedExpressions items;
  for (const plan::Column& column : left.plan->output) {
    items.push_back({column, plan::MakeRef(column)});
  }
  plan::NamedExpressions result_items = items;
  items.push_back({row, plan::Make(plan::ScalarSubquery{std::move(nearest)}, row_type, true)});
  Resolved result;
  result.plan = plan::MakeProject(left.plan, std::move(items));
  bool outer = type == plan::JoinType::kLeftOuter;
  if (!outer) {
    result.plan =
        plan::MakeFilter(result.plan, CallFunction("isnotnull", {plan::MakeRef(row)}, analysis));
  }
  int32_t ordinal = 0;
  for (const ScopeColumn& right_column : right.scope->columns->all()) {
    plan::Column column = right_column.column;
    column.nullable |= outer;
    ExpressionPtr value =
        plan::Make(plan::GetField{plan::MakeRef(row), ordinal++}, column.type, column.nullable);
    result_items.push_back({std::move(column), std::move(value)});
  }
  result.plan = plan::MakeProject(std::move(result.plan), std::move(result_items));
  result.scope = JoinScope(left, right, type, true, analysis.case_sensitive);
  return result;
}

}  // namespace pyrite::analyzer
