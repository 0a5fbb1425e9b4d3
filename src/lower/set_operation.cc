#include "base/errors.h"
#include "duckdb/parser/query_node/set_operation_node.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {
namespace {

duckdb::SetOperationType ToDuckDB(plan::SetOperationType type) {
  switch (type) {
    case plan::SetOperationType::kUnion: return duckdb::SetOperationType::UNION;
    case plan::SetOperationType::kIntersect: return duckdb::SetOperationType::INTERSECT;
    case plan::SetOperationType::kExcept: return duckdb::SetOperationType::EXCEPT;
  }
  throw errors::Internal("a set operation of an unknown type");
}

AstQuery Combine(const plan::SetOperation& node, duckdb::vector<AstQuery> children) {
  auto query = duckdb::make_uniq<duckdb::SetOperationNode>();
  query->setop_type = ToDuckDB(node.type);
  query->setop_all = node.is_all;
  query->children = std::move(children);
  return query;
}

}  // namespace

Select Lowering::LowerSetOperation(const plan::Relation& relation) {
  const auto& node = relation.As<plan::SetOperation>();
  duckdb::vector<AstQuery> children;
  for (const plan::RelationPtr& input : node.inputs) {
    children.push_back(LowerQuery(input));
    if (node.type != plan::SetOperationType::kUnion && children.size() == 2) {
      AstQuery pair = Combine(node, std::move(children));
      children.clear();
      children.push_back(std::move(pair));
    }
  }
  AstQuery query =
      children.size() == 1 ? std::move(children.front()) : Combine(node, std::move(children));
  return Select::Over(std::move(query), ColumnNames(relation.output));
}

}  // namespace pyrite::lower
