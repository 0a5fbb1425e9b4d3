#include "passes/python_filters.h"

#include <algorithm>

#include "passes/conditions.h"
#include "passes/python_calls.h"
#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;

bool HasSubquery(const plan::Expression& e) { return plan::SubqueryOf(e) != nullptr; }

bool OnlyRefersTo(const plan::Expression& condition, const plan::Columns& columns, size_t count) {
  return !plan::Any(condition, [&](const plan::Expression& e) {
    auto* ref = e.TryAs<plan::ColumnRef>();
    auto end = columns.begin() + static_cast<ptrdiff_t>(count);
    return ref != nullptr && std::none_of(columns.begin(), end, [&](const plan::Column& column) {
             return column.id == ref->id;
           });
  });
}

bool AreDeterministic(const plan::NamedExpressions& calls) {
  return std::ranges::all_of(calls, [](const plan::NamedExpression& item) {
    return plan::IsDeterministic(*item.expression);
  });
}

// How many of its input's first columns pass the function as they are; none when it may not be
// asked about fewer rows.
size_t PassingColumns(const plan::Relation& relation) {
  if (auto* eval = relation.TryAs<plan::EvalPython>()) {
    if (!AreDeterministic(eval->calls)) return 0;
    return eval->group_count.value_or(eval->input->output.size());
  }
  auto* map = relation.TryAs<plan::MapPython>();
  bool is_of_rows = map && map->table && !map->table->in_one && map->function->deterministic;
  return is_of_rows ? map->table->kept : 0;
}

// What the condition says of the project's input; null when it cannot be asked there.
ExpressionPtr Below(const ExpressionPtr& condition, const plan::Project& project) {
  bool is_known = true;
  ExpressionPtr below = plan::Rewrite(condition, [&](const ExpressionPtr& e) -> ExpressionPtr {
    auto* ref = e->TryAs<plan::ColumnRef>();
    if (ref == nullptr) return nullptr;
    auto item = std::ranges::find_if(project.expressions, [&](const plan::NamedExpression& item) {
      return item.column.id == ref->id;
    });
    is_known &= item != project.expressions.end() && plan::IsDeterministic(*item->expression) &&
                !plan::Any(*item->expression, HasSubquery);
    return is_known ? item->expression : e;
  });
  return is_known ? below : nullptr;
}

// The relation with the condition asked below its functions; null when it cannot be.
RelationPtr Pushed(const ExpressionPtr& condition, const RelationPtr& relation) {
  ExpressionPtr below = condition;
  if (auto* project = relation->TryAs<plan::Project>()) {
    below = Below(condition, *project);
  } else if (auto* filter = relation->TryAs<plan::Filter>()) {
    if (!plan::IsDeterministic(*filter->condition)) return nullptr;
  } else {
    size_t passing = PassingColumns(*relation);
    if (passing == 0) return nullptr;
    RelationPtr input = plan::InputsOf(*relation)[0];
    if (!OnlyRefersTo(*condition, input->output, passing)) return nullptr;
    RelationPtr deeper = Pushed(condition, input);
    RelationPtr rows = deeper ? deeper : plan::MakeFilter(input, condition);
    return plan::MapRelation(
        relation, [&](const RelationPtr&) { return rows; },
        [](const ExpressionPtr& e) { return e; });
  }
  if (!below) return nullptr;
  RelationPtr rows = Pushed(below, plan::InputsOf(*relation)[0]);
  if (!rows) return nullptr;
  return plan::MapRelation(
      relation, [&](const RelationPtr&) { return rows; }, [](const ExpressionPtr& e) { return e; });
}

RelationPtr WithPushed(RelationPtr relation) {
  auto* filter = relation->TryAs<plan::Filter>();
  if (!filter) return relation;
  RelationPtr rows = filter->input;
  std::vector<ExpressionPtr> left;
  bool may_pass = true;  // none overtakes one that draws
  for (const ExpressionPtr& part : ConditionsOf(filter->condition)) {
    may_pass &= plan::IsDeterministic(*part);
    bool is_plain = may_pass && !plan::Any(*part, HasSubquery);
    RelationPtr pushed = is_plain ? Pushed(part, rows) : nullptr;
    if (pushed) {
      rows = pushed;
    } else {
      left.push_back(part);
    }
  }
  return rows == filter->input ? relation : Filtered(rows, left);
}

}  // namespace

RelationPtr PythonFilters(RelationPtr plan) {
  return RunsPython(*plan) ? RewritePlans(plan, WithPushed) : plan;
}

}  // namespace pyrite::passes
