// spark.sql(text, args): the text parsed, its parameters bound.

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "analyzer/session_options.h"

namespace pyrite::analyzer {

Resolved ResolveSql(const spec::SqlQuery& node, Analysis& analysis) {
  spec::Statement statement = sql::ParseStatement(node.query, ParserOptionsOf(analysis));
  if (!statement.query) throw errors::UnsupportedFeature("a SQL command inside a query");
  Parameters parameters;
  for (auto& [name, value] : node.named_arguments) parameters.named[name] = value;
  parameters.positional = node.positional_arguments;
  Analysis inner = analysis;
  inner.parameters = &parameters;
  Resolved result = ResolveRelation(*statement.query, inner);
  result.select = nullptr;
  return result;
}

}  // namespace pyrite::analyzer
