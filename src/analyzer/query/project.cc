#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "analyzer/query/time_window.h"

namespace pyrite::analyzer {
namespace {

void RejectAggregates(const spec::Project& node, const SelectItems& items, Environment& names) {
  if (node.pipe_clause.empty()) return;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!HasAggregate(*items[i].named.expression)) continue;
    std::string sql = items[i].named.column.name;
    if (i < node.expressions.size()) sql = AggregateNames(*node.expressions[i], names);
    throw SparkError("PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION",
                     {{"expr", sql}, {"clause", node.pipe_clause}});
  }
}

}  // namespace

// Aggregate functions in a select list without GROUP BY make one group of all rows.
Resolved ResolveProject(const spec::Project& node, Resolved input, Analysis& analysis) {
  input = WithTimeWindow(node.expressions, nullptr, std::move(input), analysis);
  SelectListBuilder list(std::move(input), analysis);
  for (const spec::ExpressionPtr& expression : node.expressions) list.Add(expression);
  Select select;
  select.input = list.input();
  SelectItems items = list.Take();
  Environment names{analysis, {select.input.scope}};
  RejectAggregates(node, items, names);
  for (const SelectItem& item : items) {
    select.is_aggregate |= HasAggregate(*item.named.expression);
  }
  select.items = std::make_shared<const SelectItems>(std::move(items));
  return BuildSelect(std::move(select), analysis);
}

}  // namespace pyrite::analyzer
