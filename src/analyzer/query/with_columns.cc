// withColumns of values that need more than a projection: aggregates, windows, generators.

#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "analyzer/query/time_window.h"

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
  input = WithTimeWindow(node.aliases, nullptr, std::move(input), analysis);
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

}  // namespace pyrite::analyzer
