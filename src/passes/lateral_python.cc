#include "passes/lateral_python.h"

#include <algorithm>

#include "base/errors.h"
#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::RelationKind;
using plan::RelationPtr;

const plan::MapPython* TableCall(const plan::Relation& relation) {
  auto* map = relation.TryAs<plan::MapPython>();
  return map && map->table ? map : nullptr;
}

plan::NamedExpressions Passing(const plan::Columns& columns) {
  plan::NamedExpressions items;
  for (const plan::Column& column : columns) items.push_back({column, plan::MakeRef(column)});
  return items;
}

// Spark compares what the function makes with the rows of the left side: it may not be another at
// each look.
[[noreturn]] void RefuseNonDeterministic(const plan::PythonFunction& function) {
  throw SparkError("UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.NON_DETERMINISTIC_LATERAL_SUBQUERIES",
                   {{"treeNode", function.name}});
}

// The function over the rows of `left`, which pass; null when it is another one's.
RelationPtr CallOver(const RelationPtr& left, const RelationPtr& call) {
  const plan::MapPython* map = TableCall(*call);
  auto* arguments = map ? map->input->TryAs<plan::Project>() : nullptr;
  if (!arguments || arguments->input->kind() != RelationKind::kOneRow) return nullptr;
  if (map->function->Is(plan::EvalType::kArrowBatchTable)) {
    throw SparkError("LATERAL_JOIN_WITH_ARROW_UDTF_UNSUPPORTED", {});
  }
  plan::NamedExpressions items = Passing(left->output);
  items.insert(items.end(), arguments->expressions.begin(), arguments->expressions.end());
  plan::MapPython over = *map;
  over.input = plan::MakeProject(left, std::move(items));
  over.table->kept = left->output.size();
  plan::Columns output = left->output;
  output.insert(output.end(), call->output.begin(), call->output.end());
  return plan::MakeRelation(std::move(over), std::move(output));
}

// The function of a call that `relation` computes something of; null when there is none.
const plan::PythonFunction* Below(const plan::Relation& relation) {
  if (auto* map = TableCall(relation)) return map->function.get();
  auto* project = relation.TryAs<plan::Project>();
  auto* filter = relation.TryAs<plan::Filter>();
  return project ? Below(*project->input) : filter ? Below(*filter->input) : nullptr;
}

bool OnlyRenames(const plan::Project& project) {
  return std::ranges::all_of(project.expressions, [](const plan::NamedExpression& item) {
    return item.expression->kind() == plan::ExpressionKind::kColumnRef;
  });
}

// The same for what is computed from its rows, and for those of them that are filtered out.
RelationPtr Over(const RelationPtr& left, const RelationPtr& right) {
  auto* project = right->TryAs<plan::Project>();
  auto* filter = right->TryAs<plan::Filter>();
  if (!project && !filter) return CallOver(left, right);
  const plan::PythonFunction* function = Below(*right);
  if (!function) return nullptr;
  if (!function->deterministic && (filter || !OnlyRenames(*project))) {
    RefuseNonDeterministic(*function);
  }
  RelationPtr input = Over(left, filter ? filter->input : project->input);
  if (!input) return nullptr;
  if (filter) return plan::MakeFilter(std::move(input), filter->condition);
  plan::NamedExpressions items = Passing(left->output);
  items.insert(items.end(), project->expressions.begin(), project->expressions.end());
  return plan::MakeProject(std::move(input), std::move(items));
}

// Without a condition Spark takes an outer join for an inner one here.
RelationPtr OverLeft(RelationPtr relation) {
  auto* join = relation->TryAs<plan::Join>();
  if (!join || !join->lateral || plan::OuterReferences(*join->right).empty()) return relation;
  bool outer = join->type == plan::JoinType::kLeftOuter;
  if (outer && join->condition && Below(*join->right)) {
    throw errors::UnsupportedFeature(
        "outer lateral joins with Python table functions on a condition");
  }
  bool inner = join->type == plan::JoinType::kInner || join->type == plan::JoinType::kCross;
  RelationPtr rows = inner || outer ? Over(join->left, join->right) : nullptr;
  if (!rows) return relation;
  return join->condition ? plan::MakeFilter(std::move(rows), join->condition) : rows;
}

RelationPtr RefuseCorrelated(RelationPtr relation) {
  const plan::MapPython* map = TableCall(*relation);
  if (!map || plan::OuterReferences(*relation).empty()) return relation;
  if (!map->function->deterministic) RefuseNonDeterministic(*map->function);
  throw errors::UnsupportedFeature(
      "Python table functions over columns of an enclosing query in this place");
}

}  // namespace

RelationPtr LateralPython(RelationPtr plan) {
  bool any = false;
  RelationPtr rewritten = RewritePlans(plan, [&](RelationPtr relation) {
    any |= TableCall(*relation) != nullptr;
    return OverLeft(std::move(relation));
  });
  return any ? RewritePlans(rewritten, RefuseCorrelated) : plan;
}

}  // namespace pyrite::passes
