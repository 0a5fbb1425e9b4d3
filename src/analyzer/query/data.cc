// Rows that need no table: the client's own, VALUES, checkpoints.

#include <arrow/table.h>

#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "base/type_arrow.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

// Strings stay strings in inline tables: nothing else may stand in their column.
bool MixesStrings(const std::vector<DataType>& types) {
  bool strings = false, others = false;
  for (const DataType& type : types) {
    strings = strings || type.IsString();
    others = others || (!type.IsString() && !type.Is(TypeKind::kNull));
  }
  return strings && others;
}

Resolved Of(plan::RelationPtr plan, Analysis& analysis) {
  ScopePtr scope = ScopeOf(plan->output, nullptr, analysis.case_sensitive);
  return {std::move(plan), std::move(scope), nullptr};
}

}  // namespace

plan::RelationPtr UnderOwnIds(plan::RelationPtr relation) {
  plan::NamedExpressions items;
  for (const plan::Column& column : relation->output) {
    plan::Column fresh = column;
    fresh.id = plan::NextColumnId();
    items.push_back({std::move(fresh), plan::MakeRef(column)});
  }
  return plan::MakeProject(std::move(relation), std::move(items));
}

Resolved ResolveLocal(const spec::LocalRelation& node, Analysis& analysis) {
  auto table = analysis.context.decode_local(node);
  plan::Columns output;
  for (const StructField& field : FromArrow(*table->schema())) {
    output.push_back(
        {plan::NextColumnId(), field.name, field.type, field.nullable, field.metadata});
  }
  return Of(plan::MakeRelation(plan::LocalData{std::move(table)}, std::move(output)), analysis);
}

Resolved ResolveCachedRemote(const spec::CachedRemoteRelation& node, Analysis& analysis) {
  plan::RelationPtr kept = analysis.context.find_cached_relation(node.relation_id);
  return Of(UnderOwnIds(std::move(kept)), analysis);
}

namespace {

// Not known: columns of the query around.
bool IsKnownNow(const plan::Expression& value) {
  std::unordered_set<plan::ColumnId> parameters;
  plan::Any(value, [&](const plan::Expression& e) {
    if (auto* lambda = e.TryAs<plan::Lambda>()) {
      for (const plan::Column& column : lambda->parameters) parameters.insert(column.id);
    }
    return false;
  });
  return !plan::Any(value, [&](const plan::Expression& e) {
    auto* ref = e.TryAs<plan::ColumnRef>();
    return ref && !parameters.contains(ref->id);
  });
}

}  // namespace

Resolved ResolveValues(const spec::Values& node, const std::vector<std::string>& column_names,
                       Analysis& analysis) {
  Environment names{analysis, {}};
  plan::ValuesList list;
  size_t width = column_names.empty() ? node.rows.at(0).size() : column_names.size();
  for (const spec::Expressions& row : node.rows) {
    for (const spec::ExpressionPtr& value : row) {
      RefuseStars(*value, "UnresolvedInlineTable");
      RefuseScalarSubqueries(*value);
    }
  }
  for (size_t row = 0; row < node.rows.size(); ++row) {
    if (node.rows[row].size() != width) {
      throw errors::InlineTableColumns(width, node.rows[row].size(), row);
    }
    plan::Expressions values;
    for (const spec::ExpressionPtr& value : node.rows[row]) {
      bool needs_rows = NeedsRows(*value);
      if (!needs_rows) values.push_back(ResolveExpression(*value, names));
      if (needs_rows || !IsKnownNow(*values.back())) {
        throw SparkError("INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
                         {{"expr", errors::Quoted(PrettyName(*value, names))}});
      }
    }
    list.rows.push_back(std::move(values));
  }
  plan::Columns output;
  for (size_t i = 0; i < width; ++i) {
    std::string name = column_names.empty() ? "col" + std::to_string(i + 1) : column_names[i];
    std::vector<DataType> types;
    for (auto& row : list.rows) types.push_back(row[i]->type);
    auto common = functions::WiderType(types, analysis.call.ansi);
    if (!common || MixesStrings(types)) throw errors::InlineTableIncompatible(name);
    bool nullable = false;
    for (auto& row : list.rows) {
      row[i] = functions::Coerce(row[i], *common, analysis.call);
      nullable |= row[i]->nullable;
    }
    output.push_back({plan::NextColumnId(), name, *common, nullable, ""});
  }
  return Of(plan::MakeRelation(std::move(list), std::move(output)), analysis);
}

}  // namespace pyrite::analyzer
