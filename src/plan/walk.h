// Walks over resolved expressions and relations: children, rewriting, structural equality.
#pragma once

#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "plan/relation.h"

namespace pyrite::plan {

// The expressions right below one, in order (null children are left out).
void ForEachChild(const Expression& expression,
                  const std::function<void(const ExpressionPtr&)>& visit);

// The same node over children that `map` made; the same pointer when none of them changed.
// The plan of a subquery is not entered.
ExpressionPtr MapChildren(const ExpressionPtr& expression,
                          const std::function<ExpressionPtr(const ExpressionPtr&)>& map);

// Top-down: where `replace` gives an expression it stands for the node, otherwise the walk goes on
// into the children.
ExpressionPtr Rewrite(const ExpressionPtr& expression,
                      const std::function<ExpressionPtr(const ExpressionPtr&)>& replace);

// An AggregateCall, or a call of a Python function that aggregates.
bool IsAggregate(const Expression& expression);

// Whether `test` holds for the expression or one below it (not inside subqueries' plans).
bool Any(const Expression& expression, const std::function<bool(const Expression&)>& test);

// Whether it gives the same value whenever it is computed for a row.
bool IsDeterministic(const Expression& expression);

// The expressions that a relation holds itself.
void ForEachExpression(const Relation& relation,
                       const std::function<void(const ExpressionPtr&)>& visit);
// The same relation over mapped expressions and inputs; the same pointer when nothing changed. The
// output columns keep their ids and names; types and nullability follow the expressions.
RelationPtr MapRelation(const RelationPtr& relation,
                        const std::function<RelationPtr(const RelationPtr&)>& map_input,
                        const std::function<ExpressionPtr(const ExpressionPtr&)>& map_expression);

// The subquery plan that the expression holds itself; null for other kinds.
RelationPtr SubqueryOf(const Expression& expression);

// Structural equality: the same value in every row (names of references do not count). Subqueries
// are equal only when they are the same object.
bool Equal(const Expression& left, const Expression& right);
size_t Hash(const Expression& expression);

struct ExpressionHash {
  size_t operator()(const ExpressionPtr& expression) const { return Hash(*expression); }
};
struct ExpressionEqual {
  bool operator()(const ExpressionPtr& left, const ExpressionPtr& right) const {
    return Equal(*left, *right);
  }
};
template <typename T>
using ExpressionMap = std::unordered_map<ExpressionPtr, T, ExpressionHash, ExpressionEqual>;

// Columns that a relation reads and no relation inside it makes: it is correlated when there are
// any, and they belong to an enclosing query. In the order met.
Columns OuterReferences(const Relation& relation);

}  // namespace pyrite::plan
