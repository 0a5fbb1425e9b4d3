#include "duckdb/parser/common_table_expression_info.hpp"
#include "duckdb/parser/tableref/basetableref.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {
namespace {

duckdb::Identifier CteName(int64_t id) { return duckdb::Identifier("cte" + std::to_string(id)); }

}  // namespace

// Whether a common table is computed once or inlined is DuckDB's own choice.
Select Lowering::LowerWith(const plan::With& node) {
  duckdb::CommonTableExpressionMap definitions;
  for (const plan::CteDefinition& definition : node.definitions) {
    auto info = duckdb::make_uniq<duckdb::CommonTableExpressionInfo>();
    info->query_node = LowerQuery(definition.plan);
    definitions.map.insert(CteName(definition.id), std::move(info));
  }
  AstQuery query = LowerQuery(node.input);
  if (query->cte_map.map.empty()) {
    query->cte_map = std::move(definitions);
    return Select::Over(std::move(query));
  }
  // The inner definitions stay where they are: a query holds one WITH clause.
  auto outer = duckdb::make_uniq<duckdb::SelectNode>();
  Select wrapped = Select::Over(std::move(query));
  AstQuery whole = std::move(wrapped).IntoQuery();
  whole->cte_map = std::move(definitions);
  return Select::Over(std::move(whole));
}

Select Lowering::LowerCteRef(const plan::Relation& relation) {
  const auto& node = relation.As<plan::CteRef>();
  auto table = duckdb::make_uniq<duckdb::BaseTableRef>();
  table->SetTable(CteName(node.cte_id));
  AstExpressions items;
  for (size_t i = 0; i < node.source_columns.size(); ++i) {
    items.push_back(Named(MakeColumn(node.source_columns[i]), relation.output[i].id));
  }
  Select select(std::move(table));
  if (!items.empty()) select.Items(std::move(items));
  return select;
}

}  // namespace pyrite::lower
