// toDF and subquery aliases.

#include "analyzer/query/rename.h"

#include "analyzer/errors.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

// The input under other names: new columns (as Alias makes them) where the name differs.
Resolved Rename(const Resolved& input, const std::vector<std::string>& column_names,
                Analysis& analysis) {
  plan::NamedExpressions items;
  ScopeColumns columns;
  const ScopeColumns& old = input.scope->columns->all();
  for (size_t i = 0; i < old.size(); ++i) {
    ScopeColumn column = old[i];
    plan::ExpressionPtr value = plan::MakeRef(column.column);
    if (column.column.name != column_names[i]) {
      column.column.id = plan::NextColumnId();
      column.column.name = column_names[i];
      column.identity = column.column.id;
      column.qualifier = nullptr;
    }
    items.push_back({column.column, std::move(value)});
    columns.push_back(std::move(column));
  }
  auto scope = std::make_shared<Scope>();
  scope->columns = ColumnList::Make(std::move(columns), analysis.case_sensitive);
  scope->inputs = {input.scope};
  return {plan::MakeProject(input.plan, std::move(items)), std::move(scope), nullptr};
}

ColumnListPtr Requalified(const ColumnListPtr& hidden, const Qualifier& qualifier,
                          bool case_sensitive) {
  ColumnListPtr metadata = MetadataColumns(hidden, case_sensitive);
  if (!metadata) return nullptr;
  ScopeColumns columns = metadata->all();
  for (ScopeColumn& column : columns) column.qualifier = qualifier;
  return ColumnList::Make(std::move(columns), case_sensitive);
}

}  // namespace

Resolved Renamed(const Resolved& input, const std::vector<std::string>& column_names,
                 Analysis& analysis) {
  size_t count = input.scope->columns->all().size();
  if (count != column_names.size()) {
    throw errors::AssignedTooManyAliases(column_names.size(), count);
  }
  return Rename(input, column_names, analysis);
}

Resolved ResolveToDf(const spec::ToDf& node, Resolved input, Analysis& analysis) {
  size_t count = input.scope->columns->all().size();
  if (count != node.column_names.size()) {
    throw errors::AssignedTooManyAliases(node.column_names.size(), count);
  }
  return Rename(input, node.column_names, analysis);
}

namespace {

// f(...) AS t(a, b): the function makes as many columns.
void CheckFunctionAlias(const spec::SubqueryAlias& node, const Resolved& input) {
  auto* function = node.input ? node.input->TryAs<spec::TableValuedFunction>() : nullptr;
  size_t count = input.scope->columns->all().size();
  if (!function || node.column_aliases.size() == count) return;
  throw SparkError("NUM_TABLE_VALUE_ALIASES_MISMATCH",
                   {{"funcName", errors::QuoteName(function->name_parts)},
                    {"aliasesNum", std::to_string(node.column_aliases.size())},
                    {"outColsNum", std::to_string(count)}});
}

}  // namespace

Resolved ResolveSubqueryAlias(const spec::SubqueryAlias& node, Resolved input, Analysis& analysis) {
  if (!node.column_aliases.empty()) CheckFunctionAlias(node, input);
  if (!node.column_aliases.empty()) input = Renamed(input, node.column_aliases, analysis);
  spec::NameParts parts = node.qualifier;
  parts.push_back(node.alias);
  auto qualifier = std::make_shared<const std::vector<std::string>>(std::move(parts));
  ScopeColumns columns;
  for (ScopeColumn column : input.scope->columns->all()) {
    column.qualifier = qualifier;
    columns.push_back(std::move(column));
  }
  auto scope = std::make_shared<Scope>();
  scope->columns = ColumnList::Make(std::move(columns), analysis.case_sensitive);
  scope->hidden = Requalified(input.scope->hidden, qualifier, analysis.case_sensitive);
  scope->inputs = {input.scope};
  return {input.plan, std::move(scope), nullptr};
}

}  // namespace pyrite::analyzer
