#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"

namespace pyrite::analyzer {

// Aggregate functions in a select list without GROUP BY make one group of all rows.
Resolved ResolveProject(const spec::Project& node, Resolved input, Analysis& analysis) {
  SelectListBuilder list(std::move(input), analysis);
  for (const spec::ExpressionPtr& expression : node.expressions) list.Add(expression);
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
