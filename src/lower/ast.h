// Short names for the nodes of DuckDB's parsed AST that lowering makes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "duckdb.hpp"
#include "duckdb/parser/expression/cast_expression.hpp"
#include "duckdb/parser/expression/columnref_expression.hpp"
#include "duckdb/parser/expression/constant_expression.hpp"
#include "duckdb/parser/expression/function_expression.hpp"
#include "duckdb/parser/query_node/select_node.hpp"
#include "duckdb/parser/statement/select_statement.hpp"
#include "plan/relation.h"

namespace pyrite::lower {

using AstExpression = duckdb::unique_ptr<duckdb::ParsedExpression>;
using AstExpressions = duckdb::vector<AstExpression>;
using AstTable = duckdb::unique_ptr<duckdb::TableRef>;
using AstQuery = duckdb::unique_ptr<duckdb::QueryNode>;

// The name of a column in every query that lowering makes: ids are unique, so nothing is ambiguous.
inline duckdb::Identifier ColumnName(plan::ColumnId id) {
  return duckdb::Identifier("c" + std::to_string(id));
}
duckdb::vector<duckdb::Identifier> ColumnNames(const plan::Columns& columns);

inline AstExpression MakeColumn(plan::ColumnId id) {
  return duckdb::make_uniq<duckdb::ColumnRefExpression>(ColumnName(id));
}
inline AstExpression MakeFunction(const std::string& name, AstExpressions arguments) {
  return duckdb::make_uniq<duckdb::FunctionExpression>(duckdb::Identifier(name),
                                                       std::move(arguments));
}
template <typename... Arguments>
AstExpression MakeFunction(const std::string& name, AstExpression first, Arguments... rest) {
  AstExpressions arguments;
  arguments.push_back(std::move(first));
  (arguments.push_back(std::move(rest)), ...);
  return MakeFunction(name, std::move(arguments));
}
inline AstExpression MakeValue(const duckdb::Value& value) {
  return duckdb::ConstantExpression::FromValue(value);
}
inline AstExpression MakeAstCast(AstExpression child, const duckdb::LogicalType& type) {
  return duckdb::make_uniq<duckdb::CastExpression>(type, std::move(child));
}
// `expression AS c<id>`; nothing to add when it is that very column.
AstExpression Named(AstExpression expression, plan::ColumnId id);

duckdb::unique_ptr<duckdb::SelectStatement> MakeStatement(AstQuery query);
// `(query) AS alias(names...)`; no names: those of the query.
AstTable MakeSubquery(AstQuery query, duckdb::vector<duckdb::Identifier> names = {});

}  // namespace pyrite::lower
