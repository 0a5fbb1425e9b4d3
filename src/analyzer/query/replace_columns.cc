#include "analyzer/query/replace_columns.h"

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"

namespace pyrite::analyzer {

Resolved ReplaceColumns(Resolved input,
                        const std::function<plan::ExpressionPtr(const plan::Column&)>& replace,
                        Analysis& analysis) {
  SelectListBuilder list(input, analysis);
  for (const ScopeColumn& column : input.scope->columns->all()) {
    plan::ExpressionPtr value = replace(column.column);
    if (!value) {
      list.Add({column.column, plan::MakeRef(column.column)}, true);
    } else {
      list.Add(
          {{plan::NextColumnId(), column.column.name, value->type, value->nullable, ""}, value},
          false);
    }
  }
  Select select;
  select.input = std::move(input);
  select.items = std::make_shared<const SelectItems>(list.Take());
  return BuildSelect(std::move(select), analysis);
}

std::vector<plan::ColumnId> ColumnsNamed(const Scope& scope, const std::vector<std::string>& names,
                                         bool case_sensitive) {
  std::vector<plan::ColumnId> ids;
  if (names.empty()) {
    for (const ScopeColumn& column : scope.columns->all()) ids.push_back(column.column.id);
  }
  for (const std::string& name : names) {
    auto match = FindName(scope, {name}, case_sensitive);
    if (!match) {
      auto alone = std::make_shared<Scope>(scope);
      throw errors::UnresolvedColumn(errors::QuoteName({name}), Suggestions({alone}, {name}));
    }
    ids.push_back(match->column->column.id);
  }
  return ids;
}

}  // namespace pyrite::analyzer
