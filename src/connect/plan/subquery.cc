// Subqueries: DataFrames inside expressions, sent beside the plan and named by id.
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {

ExpressionNode ToNode(const proto::SubqueryExpression& message) {
  using Message = proto::SubqueryExpression;
  using Kind = spec::SubqueryReference::Kind;
  spec::SubqueryReference reference;
  reference.plan_id = message.plan_id();
  switch (message.subquery_type()) {
    case Message::SUBQUERY_TYPE_SCALAR: reference.kind = Kind::kScalar; break;
    case Message::SUBQUERY_TYPE_EXISTS: reference.kind = Kind::kExists; break;
    case Message::SUBQUERY_TYPE_IN:
      reference.kind = Kind::kIn;
      reference.in_values = ToSpec(message.in_subquery_values());
      break;
    case Message::SUBQUERY_TYPE_TABLE_ARG:
      if (message.has_table_arg_options()) {
        return spec::UnsupportedExpression{"partitionBy and orderBy of a table argument"};
      }
      reference.kind = Kind::kTableArgument;
      break;
    default: RaiseInvalidEnum(message, "subquery_type");
  }
  return reference;
}

RelationNode ToNode(const proto::WithRelations& message) {
  spec::WithRelations with;
  with.root = ToSpec(message.root());
  for (const auto& reference : message.references()) {
    if (!reference.has_subquery_alias() && !reference.common().has_plan_id()) {
      RaiseInvalidPlan("INVALID_WITH_RELATION_REFERENCE");
    }
    with.references.push_back(ToSpec(reference));
  }
  return with;
}

}  // namespace pyrite::connect
