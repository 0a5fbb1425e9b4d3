// Subqueries: DataFrames inside expressions, sent beside the plan and named by id.
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
namespace {

spec::TableArgument ToTableArgument(const proto::SubqueryExpression& message) {
  spec::TableArgument argument;
  argument.plan_id = message.plan_id();
  const auto& options = message.table_arg_options();
  argument.partition_by = ToSpec(options.partition_spec());
  argument.order_by = ToSpec(options.order_spec());
  argument.with_single_partition = options.with_single_partition();
  return argument;
}

}  // namespace

ExpressionNode ToNode(const proto::SubqueryExpression& message) {
  using Message = proto::SubqueryExpression;
  using Kind = spec::SubqueryReference::Kind;
  if (message.subquery_type() == Message::SUBQUERY_TYPE_TABLE_ARG) return ToTableArgument(message);
  spec::SubqueryReference reference;
  reference.plan_id = message.plan_id();
  switch (message.subquery_type()) {
    case Message::SUBQUERY_TYPE_SCALAR: reference.kind = Kind::kScalar; break;
    case Message::SUBQUERY_TYPE_EXISTS: reference.kind = Kind::kExists; break;
    case Message::SUBQUERY_TYPE_IN:
      reference.kind = Kind::kIn;
      reference.in_values = ToSpec(message.in_subquery_values());
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
