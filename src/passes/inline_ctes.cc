#include "passes/inline_ctes.h"

#include <unordered_map>

#include "base/stack_guard.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;

class Inliner {
 public:
  // References from tables that are not used themselves count too: they only prevent inlining.
  void Count(const plan::Relation& relation) {
    CheckStack();
    if (auto* ref = relation.TryAs<plan::CteRef>()) ++uses_[ref->cte_id];
    if (auto* with = relation.TryAs<plan::With>()) {
      for (const plan::CteDefinition& definition : with->definitions) {
        plans_[definition.id] = definition.plan;
        if (definition.step) uses_[definition.id] += 2;  // never inlined
      }
    }
    for (const RelationPtr& input : plan::InputsOf(relation)) Count(*input);
    plan::ForEachExpression(relation, [&](const ExpressionPtr& expression) {
      plan::Any(*expression, [&](const plan::Expression& e) {
        if (auto subquery = plan::SubqueryOf(e)) Count(*subquery);
        return false;
      });
    });
  }

  bool any() const { return !plans_.empty(); }

  RelationPtr Map(const RelationPtr& relation) {
    CheckStack();
    if (auto* ref = relation->TryAs<plan::CteRef>()) return Place(relation, *ref);
    RelationPtr mapped = plan::MapRelation(
        relation, [&](const RelationPtr& input) { return Map(input); },
        [&](const ExpressionPtr& expression) { return MapSubqueries(expression); });
    auto* with = mapped->TryAs<plan::With>();
    if (!with) return mapped;
    plan::With rest{{}, with->input};
    for (const plan::CteDefinition& definition : with->definitions) {
      if (uses_[definition.id] > 1) rest.definitions.push_back(definition);
    }
    if (rest.definitions.empty()) return with->input;
    return plan::MakeRelation(std::move(rest), mapped->output);
  }

 private:
  RelationPtr Place(const RelationPtr& relation, const plan::CteRef& ref) {
    if (uses_[ref.cte_id] != 1) return relation;
    RelationPtr definition = Map(plans_.at(ref.cte_id));
    plan::NamedExpressions items;
    for (size_t i = 0; i < ref.source_columns.size(); ++i) {
      plan::Column source = relation->output[i];
      source.id = ref.source_columns[i];
      items.push_back({relation->output[i], plan::MakeRef(source)});
    }
    return plan::MakeProject(std::move(definition), std::move(items));
  }

  ExpressionPtr MapSubqueries(const ExpressionPtr& expression) {
    return plan::Rewrite(expression, [&](const ExpressionPtr& e) -> ExpressionPtr {
      RelationPtr subquery = plan::SubqueryOf(*e);
      if (!subquery) return nullptr;
      RelationPtr mapped = Map(subquery);
      if (auto* in = e->TryAs<plan::InSubquery>()) {
        plan::InSubquery node{{}, mapped};
        for (const ExpressionPtr& value : in->values) node.values.push_back(MapSubqueries(value));
        return plan::Make(std::move(node), e->type, e->nullable, e->context);
      }
      if (mapped == subquery) return e;
      if (e->kind() == plan::ExpressionKind::kScalarSubquery) {
        return plan::Make(plan::ScalarSubquery{mapped}, e->type, e->nullable, e->context);
      }
      return plan::Make(plan::ExistsSubquery{mapped}, e->type, e->nullable, e->context);
    });
  }

  std::unordered_map<int64_t, int> uses_;
  std::unordered_map<int64_t, RelationPtr> plans_;
};

}  // namespace

plan::RelationPtr InlineCtes(plan::RelationPtr plan) {
  Inliner inliner;
  inliner.Count(*plan);
  return inliner.any() ? inliner.Map(plan) : plan;
}

}  // namespace pyrite::passes
