#include "engine/error_place.h"

#include <set>
#include <string_view>
#include <vector>

#include "plan/walk.h"

namespace pyrite::engine {
namespace {

using plan::Expression;

std::string Parameter(const SparkError& error, const char* name) {
  auto found = error.parameters().find(name);
  return found == error.parameters().end() ? "" : found->second;
}

std::string QuotedSql(const DataType& type) { return "\"" + type.ToSql() + "\""; }

struct Callee {
  std::string_view name;
  size_t arguments = 0;
};

Callee CalleeOf(const Expression& e) {
  if (auto* call = e.TryAs<plan::Call>()) {
    if (call->function == nullptr || call->mode != plan::EvalMode::kAnsi) return {};
    return {functions::NameOf(*call->function), call->arguments.size()};
  }
  if (auto* call = e.TryAs<plan::AggregateCall>(); call && call->function) {
    return {functions::NameOf(*call->function), call->arguments.size()};
  }
  if (auto* call = e.TryAs<plan::WindowCall>(); call && call->function) {
    return {functions::NameOf(*call->function), call->arguments.size()};
  }
  return {};
}

bool Names(const Callee& callee, std::string_view part) {
  return callee.name.find(part) != std::string_view::npos &&
         callee.name.find("try") == std::string_view::npos;
}

bool IsOperator(const Callee& callee, std::string_view symbol, std::string_view word) {
  return callee.arguments == 2 && (callee.name == symbol || Names(callee, word));
}

bool RaisesOverflow(const Expression& e, const SparkError& error) {
  Callee callee = CalleeOf(e);
  if (callee.name.empty()) return false;
  std::string alternative = Parameter(error, "alternative") + Parameter(error, "functionName");
  auto suggests = [&](const char* name) { return alternative.find(name) != std::string::npos; };
  if (e.type.Is(TypeKind::kDouble) || e.type.Is(TypeKind::kFloat)) return false;
  if (suggests("try_add")) return IsOperator(callee, "+", "add");
  if (suggests("try_subtract")) return IsOperator(callee, "-", "subtract");
  if (suggests("try_multiply")) return IsOperator(callee, "*", "multiply");
  if (suggests("try_divide")) return Names(callee, "div");
  if (callee.arguments == 1) return true;
  return Names(callee, "+") || Names(callee, "-") || Names(callee, "*") || Names(callee, "div") ||
         Names(callee, "spark_");
}

bool IsCheckedCast(const Expression& e) {
  auto* cast = e.TryAs<plan::Cast>();
  return cast != nullptr && cast->mode == plan::EvalMode::kAnsi;
}

bool IsCastOf(const Expression& e, const SparkError& error) {
  return IsCheckedCast(e) &&
         QuotedSql(e.As<plan::Cast>().child->type) == Parameter(error, "sourceType") &&
         QuotedSql(e.type) == Parameter(error, "targetType");
}

bool MakesDecimal(const Expression& e, const SparkError& error) {
  if (!e.type.Is(TypeKind::kDecimal)) return false;
  if (!IsCheckedCast(e) && CalleeOf(e).name.empty()) return false;
  return std::to_string(e.type.precision()) == Parameter(error, "precision") &&
         std::to_string(e.type.scale()) == Parameter(error, "scale");
}

bool CanRaise(const Expression& e, const SparkError& error) {
  const std::string& condition = error.condition();
  if (condition == "DIVIDE_BY_ZERO") return Names(CalleeOf(e), "div");
  if (condition == "REMAINDER_BY_ZERO") return Names(CalleeOf(e), "mod");
  if (condition == "CAST_INVALID_INPUT") return IsCastOf(e, error);  // CAST_OVERFLOW has no place
  if (condition.rfind("NUMERIC_VALUE_OUT_OF_RANGE", 0) == 0) return MakesDecimal(e, error);
  if (condition == "ARITHMETIC_OVERFLOW" || condition == "BINARY_ARITHMETIC_OVERFLOW") {
    return RaisesOverflow(e, error);
  }
  if (condition == "INVALID_ARRAY_INDEX") return CalleeOf(e).name == "spark_checked_item_index";
  if (condition == "INVALID_ARRAY_INDEX_IN_ELEMENT_AT" || condition == "INVALID_INDEX_OF_ZERO") {
    return Names(CalleeOf(e), "element_index");
  }
  if (condition == "SCALAR_SUBQUERY_TOO_MANY_ROWS") {
    return e.TryAs<plan::ScalarSubquery>() != nullptr;
  }
  return false;
}

// Every expression of a plan and of the subqueries in it, without recursion: plans are deep.
class Expressions {
 public:
  explicit Expressions(const plan::Relation& plan) { AddRelation(plan); }

  const Expression* Next() {
    while (expressions_.empty() && !relations_.empty()) {
      plan::RelationPtr relation = relations_.back();
      relations_.pop_back();
      AddRelation(*relation);
    }
    if (expressions_.empty()) return nullptr;
    plan::ExpressionPtr expression = expressions_.back();
    expressions_.pop_back();
    plan::ForEachChild(*expression, [&](const auto& child) { expressions_.push_back(child); });
    if (plan::RelationPtr plan = plan::SubqueryOf(*expression)) relations_.push_back(plan);
    current_ = expression;
    return current_.get();
  }

 private:
  void AddRelation(const plan::Relation& relation) {
    for (plan::RelationPtr& input : plan::InputsOf(relation)) {
      if (seen_.insert(input.get()).second) relations_.push_back(std::move(input));
    }
    plan::ForEachExpression(relation, [&](const auto& e) { expressions_.push_back(e); });
  }

  std::vector<plan::RelationPtr> relations_;
  std::set<const plan::Relation*> seen_;
  std::vector<plan::ExpressionPtr> expressions_;
  plan::ExpressionPtr current_;
};

bool SamePlace(const QueryContext& left, const QueryContext& right) {
  return left.start_index == right.start_index && left.stop_index == right.stop_index &&
         left.fragment == right.fragment && left.call_site == right.call_site;
}

}  // namespace

SparkError AtPlace(const SparkError& error, const plan::Relation& plan) {
  if (!error.contexts().empty()) return error;
  std::shared_ptr<const QueryContext> place;
  Expressions expressions(plan);
  while (const Expression* e = expressions.Next()) {
    if (!CanRaise(*e, error)) continue;
    if (e->context == nullptr) return error;
    if (place != nullptr && !SamePlace(*place, *e->context)) return error;
    place = e->context;
  }
  return place == nullptr ? error : error.WithContext(*place);
}

}  // namespace pyrite::engine
