// SQL text with its parameters.
#include <algorithm>

#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
RelationNode ToNode(const proto::SQL& message) {
  spec::SqlQuery query;
  query.query = message.query();
  // Older clients send literals, newer ones expressions.
  for (const auto& [name, value] : message.args()) {
    query.named_arguments.emplace_back(name, spec::Constant(ToLiteral(value)));
  }
  for (const auto& [name, value] : message.named_arguments()) {
    query.named_arguments.emplace_back(name, ToSpec(value));
  }
  std::sort(query.named_arguments.begin(), query.named_arguments.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  query.positional_arguments = ToSpec(message.pos_args());
  for (const auto& value : message.pos_arguments()) {
    query.positional_arguments.push_back(ToSpec(value));
  }
  return query;
}

proto::Relation ToSqlRelation(const proto::SqlCommand& message) {
  if (message.has_input()) {
    const proto::Relation& input = message.input();
    if (input.has_with_relations() && !input.with_relations().root().has_sql()) {
      RaiseInvalidPlan("INVALID_SQL_WITH_REFERENCES", {{"query", "A relation of another kind"}});
    }
    if (!input.has_sql() && !input.has_with_relations()) {
      RaiseInvalidPlan("SQL_COMMAND_EXPECTS_SQL_OR_WITH_RELATIONS",
                       {{"other", "another relation"}});
    }
    return input;
  }
  proto::Relation relation;
  proto::SQL* sql = relation.mutable_sql();
  sql->set_query(message.sql());
  *sql->mutable_args() = message.args();
  *sql->mutable_pos_args() = message.pos_args();
  *sql->mutable_named_arguments() = message.named_arguments();
  *sql->mutable_pos_arguments() = message.pos_arguments();
  return relation;
}

}  // namespace pyrite::connect
