// Subqueries in expressions. The inner query sees the names of the outer one; a ColumnRef in its
// plan to a column of the outer query makes it correlated.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

plan::RelationPtr ResolveInner(const spec::Relation& relation, Environment& names) {
  Analysis inner = names.analysis;
  inner.outer = &names;
  inner.windows = nullptr;
  return Materialize(ResolveRelation(relation, inner));
}

std::string QuotedNames(const plan::Columns& columns) {
  std::string out;
  for (const plan::Column& column : columns) {
    out += (out.empty() ? "" : ", ") + errors::Quoted(column.name);
  }
  return out;
}

// The plan with each column cast to the type given.
plan::RelationPtr CastColumns(plan::RelationPtr plan, const std::vector<DataType>& types,
                              const Analysis& analysis) {
  plan::NamedExpressions expressions;
  bool changed = false;
  for (size_t i = 0; i < types.size(); ++i) {
    const plan::Column& column = plan->output[i];
    plan::ExpressionPtr ref = plan::MakeRef(column);
    plan::ExpressionPtr cast = functions::Coerce(ref, types[i], analysis.call);
    plan::Column made = column;
    if (cast != ref) {
      made = {plan::NextColumnId(), column.name, cast->type, cast->nullable, ""};
      changed = true;
    }
    expressions.push_back({std::move(made), std::move(cast)});
  }
  return changed ? plan::MakeProject(std::move(plan), std::move(expressions)) : plan;
}

}  // namespace

plan::ExpressionPtr ResolveScalarSubquery(const spec::Relation& relation,
                                          const spec::Origin& origin, Environment& names) {
  plan::RelationPtr plan = ResolveInner(relation, names);
  if (plan->output.size() != 1) throw errors::ScalarSubqueryColumns(plan->output.size());
  DataType type = plan->output[0].type;
  auto context = spec::ContextOf(origin);
  return plan::Make(plan::ScalarSubquery{std::move(plan)}, std::move(type), true,
                    context ? std::make_shared<const QueryContext>(std::move(*context)) : nullptr);
}

plan::ExpressionPtr ResolveInSubquery(const spec::Expressions& values,
                                      const spec::Relation& relation, Environment& names) {
  plan::InSubquery node;
  std::string left_names;
  for (const spec::ExpressionPtr& value : values) {
    node.values.push_back(ResolveExpression(*value, names));
    left_names += (left_names.empty() ? "" : ", ") + errors::Quoted(PrettyName(*value, names));
  }
  plan::RelationPtr plan = ResolveInner(relation, names);
  if (plan->output.size() != values.size()) {
    std::string left = values.size() == 1 ? PrettyName(*values[0], names) : left_names;
    throw errors::InSubqueryLength("(" + left + " IN (listquery()))", left_names, values.size(),
                                   QuotedNames(plan->output), plan->output.size());
  }
  std::vector<DataType> types;
  bool nullable = false;
  for (size_t i = 0; i < node.values.size(); ++i) {
    const plan::Column& column = plan->output[i];
    auto wider = functions::WiderType(node.values[i]->type, column.type, names.analysis.call.ansi);
    if (!wider) {
      throw SparkError(
          "DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
          {{"sqlExpr", errors::Quoted("(" + PrettyName(*values[i], names) + " IN (listquery()))")},
           {"mismatchedColumns", column.name},
           {"leftType", errors::Quoted(node.values[i]->type.ToSql())},
           {"rightType", errors::Quoted(column.type.ToSql())}});
    }
    node.values[i] = functions::Coerce(node.values[i], *wider, names.analysis.call);
    nullable |= node.values[i]->nullable || column.nullable;
    types.push_back(std::move(*wider));
  }
  node.plan = CastColumns(std::move(plan), types, names.analysis);
  return plan::Make(std::move(node), DataType::Boolean(), nullable);
}

plan::ExpressionPtr ResolveExists(const spec::Relation& relation, Environment& names) {
  return plan::Make(plan::ExistsSubquery{ResolveInner(relation, names)}, DataType::Boolean(),
                    false);
}

plan::ExpressionPtr ResolveSubqueryReference(const spec::SubqueryReference& node,
                                             Environment& names) {
  const auto* references = names.analysis.references;
  auto found = references ? references->find(node.plan_id) : decltype(references->begin()){};
  if (!references || found == references->end()) {
    throw errors::Internal("a subquery refers to a relation that the request does not hold");
  }
  switch (node.kind) {
    case spec::SubqueryReference::Kind::kScalar:
      return ResolveScalarSubquery(*found->second, {}, names);
    case spec::SubqueryReference::Kind::kExists: return ResolveExists(*found->second, names);
    case spec::SubqueryReference::Kind::kIn:
      return ResolveInSubquery(node.in_values, *found->second, names);
  }
  return nullptr;
}

}  // namespace pyrite::analyzer
