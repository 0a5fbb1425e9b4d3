// What closes a query: ORDER BY and its kin, WINDOW, LIMIT, OFFSET.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::RelationPtr;

RelationPtr Grammar::QueryOrganization(RelationPtr input, int32_t first) {
  RelationPtr result = OrderClauses(std::move(input), first);
  if (At(Keyword::kWindow)) result = WindowClause(std::move(result), first);
  spec::ExpressionPtr limit;
  if (Accept(Keyword::kLimit) && !Accept(Keyword::kAll)) limit = Expression();
  if (Accept(Keyword::kOffset)) {
    spec::ExpressionPtr offset = Expression();
    result = spec::MakeRelation(spec::Offset{std::move(result), std::move(offset)}, From(first));
  }
  if (limit) {
    result = spec::MakeRelation(spec::Limit{std::move(result), std::move(limit)}, From(first));
  }
  return result;
}

// CLUSTER BY is DISTRIBUTE BY and SORT BY at once.
RelationPtr Grammar::OrderClauses(RelationPtr input, int32_t first) {
  spec::Expressions order, cluster, distribute, sort;
  if (Accept(Keyword::kOrder, Keyword::kBy)) order = SortItems();
  if (Accept(Keyword::kCluster, Keyword::kBy)) cluster = ExpressionList();
  if (Accept(Keyword::kDistribute, Keyword::kBy)) distribute = ExpressionList();
  if (Accept(Keyword::kSort, Keyword::kBy)) sort = SortItems();
  bool combined = (!order.empty() + !cluster.empty() + (!distribute.empty() || !sort.empty())) > 1;
  if (combined) Fail(errors::CombinedQueryClauses(), From(first));
  RelationPtr result = std::move(input);
  if (!order.empty()) {
    return spec::MakeRelation(spec::Sort{std::move(result), std::move(order), true}, From(first));
  }
  for (const spec::ExpressionPtr& key : cluster) {
    distribute.push_back(key);
    sort.push_back(spec::Make(spec::SortOrder{key}, key->origin));
  }
  if (!distribute.empty()) {
    result = spec::MakeRelation(
        spec::RepartitionByExpression{std::move(result), std::move(distribute), {}}, From(first));
  }
  if (!sort.empty()) {
    result = spec::MakeRelation(spec::Sort{std::move(result), std::move(sort), false}, From(first));
  }
  return result;
}

RelationPtr Grammar::WindowClause(RelationPtr input, int32_t first) {
  spec::WithWindows windows = WindowDefinitions();
  windows.input = std::move(input);
  return spec::MakeRelation(std::move(windows), From(first));
}

spec::WithWindows Grammar::WindowDefinitions() {
  Expect(Keyword::kWindow);
  spec::WithWindows windows;
  do {
    spec::WindowDefinition definition;
    int32_t name = position();
    definition.name = Identifier();
    RejectHyphen(name);
    Expect(Keyword::kAs);
    definition.window = Window();
    for (const spec::WindowDefinition& before : windows.definitions) {
      if (before.name == definition.name) Fail(errors::RepeatedWindow(before.name), From(name));
    }
    windows.definitions.push_back(std::move(definition));
  } while (Accept(TokenKind::kComma));
  return windows;
}

}  // namespace pyrite::sql
