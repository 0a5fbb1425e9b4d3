// withColumns and drop.

#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/expr/plan_id.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"

namespace pyrite::analyzer {

// Each alias replaces the columns of its name, in their places, or comes last.
Resolved ResolveWithColumns(const spec::WithColumns& node, Resolved input, Analysis& analysis) {
  bool sensitive = analysis.case_sensitive;
  std::map<std::string, spec::ExpressionPtr> given;
  for (const spec::ExpressionPtr& alias : node.aliases) {
    const std::string& name = alias->As<spec::Alias>().names.at(0);
    if (!given.emplace(FoldCase(name, sensitive), alias).second) {
      throw errors::ColumnAlreadyExists(FoldCase(name, sensitive));
    }
  }
  ScopePtr scope = input.scope;
  SelectListBuilder list(std::move(input), analysis);
  list.names().lateral = nullptr;
  std::unordered_set<std::string> placed;
  for (const ScopeColumn& column : scope->columns->all()) {
    std::string name = FoldCase(column.column.name, sensitive);
    auto replacement = given.find(name);
    if (replacement == given.end()) {
      list.Add({column.column, plan::MakeRef(column.column)}, true);
    } else {
      list.Add(replacement->second);
      placed.insert(name);
    }
  }
  for (const spec::ExpressionPtr& alias : node.aliases) {
    if (!placed.contains(FoldCase(alias->As<spec::Alias>().names[0], sensitive))) list.Add(alias);
  }
  Select select;
  select.input = list.input();
  SelectItems items = list.Take();
  for (const SelectItem& item : items) {
    select.is_aggregate |= HasAggregate(*item.named.expression);
  }
  select.items = std::make_shared<const SelectItems>(std::move(items));
  return BuildSelect(std::move(select), analysis);
}

namespace {

// The id of the column that an expression of drop() means; 0 when there is none.
plan::ColumnId DroppedId(const spec::Expression& expression, Environment& names) {
  auto* attribute = expression.TryAs<spec::UnresolvedAttribute>();
  if (!attribute) return 0;
  if (attribute->plan_id) {
    if (auto found = ResolveByPlanId(*attribute, names)) {
      auto* ref = found->TryAs<plan::ColumnRef>();
      return ref ? ref->id : 0;
    }
  }
  auto match = FindName(*names.scopes[0], attribute->name_parts, names.analysis.case_sensitive);
  bool whole = match && match->parts_used == attribute->name_parts.size();
  return whole ? match->column->column.id : 0;
}

}  // namespace

// Names and columns that are not there are no error.
Resolved ResolveDrop(const spec::Drop& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  std::unordered_set<plan::ColumnId> dropped;
  for (const spec::ExpressionPtr& column : node.columns) {
    dropped.insert(DroppedId(*Parsed(column, analysis), names));
  }
  for (const std::string& name : node.column_names) {
    for (const ScopeColumn* column : input.scope->columns->Named(name)) {
      dropped.insert(column->column.id);
    }
  }
  SelectListBuilder list(input, analysis);
  for (const ScopeColumn& column : input.scope->columns->all()) {
    if (dropped.contains(column.column.id)) continue;
    list.Add({column.column, plan::MakeRef(column.column)}, true);
  }
  Select select;
  select.input = std::move(input);
  select.items = std::make_shared<const SelectItems>(list.Take());
  return BuildSelect(std::move(select), analysis);
}

}  // namespace pyrite::analyzer
