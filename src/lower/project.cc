#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {

AstExpressions Lowering::LowerNamed(const plan::NamedExpressions& expressions) {
  AstExpressions items;
  items.reserve(expressions.size());
  for (const plan::NamedExpression& named : expressions) {
    AstExpression item = Lower(named.expression);
    // What DuckDB finds to be NULL whatever the rows are has no type of its own there.
    if (named.expression->kind() != plan::ExpressionKind::kColumnRef) {
      item = MakeAstCast(std::move(item), PhysicalType(named.expression->type));
    }
    items.push_back(Named(std::move(item), named.column.id));
  }
  return items;
}

Select Lowering::LowerProject(const plan::Project& node) {
  Select select = Lower(node.input);
  bool only_columns = true;
  for (const plan::NamedExpression& named : node.expressions) {
    only_columns = only_columns && named.expression->kind() == plan::ExpressionKind::kColumnRef;
  }
  AstExpressions items = LowerNamed(node.expressions);
  if (items.empty()) items.push_back(duckdb::ConstantExpression::Boolean(true));
  if (only_columns) {
    select.Keep(std::move(items));
  } else {
    select.Items(std::move(items));
  }
  return select;
}

Select Lowering::LowerFilter(const plan::Filter& node) {
  Select select = Lower(node.input);
  select.Where(Lower(node.condition));
  return select;
}

}  // namespace pyrite::lower
