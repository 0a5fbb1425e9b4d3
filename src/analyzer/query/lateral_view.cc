// LATERAL VIEW [OUTER] generator(...) t AS a, b.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/generator.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {

Resolved ResolveLateralView(const spec::LateralView& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  auto* call = node.generator->TryAs<spec::UnresolvedFunction>();
  if (call && call->name_parts.size() == 1 && !functions::Find(call->name_parts[0])) {
    throw SparkError("ROUTINE_NOT_FOUND",
                     {{"routineName",
                       errors::QuoteName({analysis.call.current_database, call->name_parts[0]})}});
  }
  plan::ExpressionPtr generator = ResolveExpression(*node.generator, names);
  if (!IsGenerator(*generator)) {
    throw SparkError("UNSUPPORTED_GENERATOR.NOT_GENERATOR",
                     {{"functionName", errors::Quoted(PrettyName(*node.generator, names))},
                      {"classCanonicalName", "a function of single values"}});
  }
  Qualifier qualifier;
  if (!node.table_alias.empty()) {
    qualifier = std::make_shared<const std::vector<std::string>>(
        std::vector<std::string>{node.table_alias});
  }
  Generated made = Generate(input, generator, node.outer, node.column_aliases, qualifier, analysis);
  ScopeColumns columns = input.scope->columns->all();
  for (const plan::Column& column : made.columns) columns.push_back({column, qualifier, column.id});
  auto scope = std::make_shared<Scope>();
  scope->columns = ColumnList::Make(std::move(columns), analysis.case_sensitive);
  scope->hidden = input.scope->hidden;
  scope->inputs = {input.scope};
  return {made.plan, std::move(scope), nullptr};
}

}  // namespace pyrite::analyzer
