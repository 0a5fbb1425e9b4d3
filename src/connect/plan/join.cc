#include "base/errors.h"
#include "connect/plan/convert_internal.h"
#include "connect/plan/nearest_by_join.h"

namespace pyrite::connect {
namespace {

template <typename Message>
spec::JoinType ToJoinType(const Message& message) {
  switch (message.join_type()) {
    case proto::Join::JOIN_TYPE_INNER: return spec::JoinType::kInner;
    case proto::Join::JOIN_TYPE_FULL_OUTER: return spec::JoinType::kFullOuter;
    case proto::Join::JOIN_TYPE_LEFT_OUTER: return spec::JoinType::kLeftOuter;
    case proto::Join::JOIN_TYPE_RIGHT_OUTER: return spec::JoinType::kRightOuter;
    case proto::Join::JOIN_TYPE_LEFT_ANTI: return spec::JoinType::kLeftAnti;
    case proto::Join::JOIN_TYPE_LEFT_SEMI: return spec::JoinType::kLeftSemi;
    case proto::Join::JOIN_TYPE_CROSS: return spec::JoinType::kCross;
    default: RaiseInvalidEnum(message, "join_type");
  }
}

}  // namespace

RelationNode ToNode(const proto::Join& message) {
  RequirePlan(message.has_left() && message.has_right(), "A join has one side only.");
  if (!message.using_columns().empty() && message.has_join_condition()) {
    RaiseInvalidPlan("USING_COLUMNS_OR_JOIN_CONDITION_SET_IN_JOIN");
  }
  if (message.has_join_data_type()) return spec::UnsupportedRelation{"joinWith"};
  spec::Join join;
  join.left = ToSpec(message.left());
  join.right = ToSpec(message.right());
  join.type = ToJoinType(message);
  join.condition = ToSpecOrNull(message.has_join_condition(), message.join_condition());
  join.using_columns = ToStrings(message.using_columns());
  return join;
}

RelationNode ToNode(const proto::LateralJoin& message) {
  spec::Join join;
  join.left = ToSpec(message.left());
  join.right = ToSpec(message.right());
  join.type = ToJoinType(message);
  if (join.type != spec::JoinType::kInner && join.type != spec::JoinType::kLeftOuter &&
      join.type != spec::JoinType::kCross) {
    throw errors::IllegalArgument("A lateral join is an inner, left outer or cross join.");
  }
  join.condition = ToSpecOrNull(message.has_join_condition(), message.join_condition());
  join.lateral = true;
  return join;
}

RelationNode ToNode(const proto::AsOfJoin& message) {
  spec::AsOfJoin join;
  join.left = ToSpec(message.left());
  join.right = ToSpec(message.right());
  join.left_as_of = ToSpec(message.left_as_of());
  join.right_as_of = ToSpec(message.right_as_of());
  join.join_expression = ToSpecOrNull(message.has_join_expr(), message.join_expr());
  join.using_columns = ToStrings(message.using_columns());
  join.join_type = message.join_type();
  join.tolerance = ToSpecOrNull(message.has_tolerance(), message.tolerance());
  join.allow_exact_matches = message.allow_exact_matches();
  join.direction = message.direction();
  return join;
}

// Beside each left row the first rows of the right side in the order of the ranking.
RelationNode ToNode(const proto::NearestByJoin& message) {
  spec::ExpressionPtr ranking = ToSpec(message.ranking_expression());
  spec::SortOrder order{ranking, spec::SortDirection::kAscending, spec::NullOrdering::kLast};
  if (message.direction() == "similarity") order.direction = spec::SortDirection::kDescending;
  spec::RelationPtr ranked = spec::MakeRelation(
      spec::Filter{ToSpec(message.right()), spec::Call("isnotnull", {std::move(ranking)})});
  ranked = spec::MakeRelation(spec::Sort{std::move(ranked), {spec::Make(std::move(order))}, true});
  spec::ExpressionPtr count = spec::Constant(Literal::Int(message.num_results()));
  spec::Join join;
  join.left = ToSpec(message.left());
  join.right = spec::MakeRelation(spec::Limit{std::move(ranked), std::move(count)});
  join.type =
      message.join_type().starts_with("left") ? spec::JoinType::kLeftOuter : spec::JoinType::kInner;
  join.lateral = true;
  return join;
}

RelationNode ToNode(const proto::SetOperation& message) {
  if (!message.has_left_input() || !message.has_right_input()) {
    RaiseInvalidPlan("SET_OPERATION_MUST_HAVE_TWO_INPUTS");
  }
  spec::SetOperation operation;
  operation.left = ToSpec(message.left_input());
  operation.right = ToSpec(message.right_input());
  switch (message.set_op_type()) {
    case proto::SetOperation::SET_OP_TYPE_UNION:
      if (!message.by_name() && message.allow_missing_columns()) {
        RaiseInvalidPlan("UNION_BY_NAME_ALLOW_MISSING_COL_REQUIRES_BY_NAME");
      }
      operation.type = spec::SetOperationType::kUnion;
      break;
    case proto::SetOperation::SET_OP_TYPE_INTERSECT:
      if (message.by_name()) RaiseInvalidPlan("INTERSECT_DOES_NOT_SUPPORT_UNION_BY_NAME");
      operation.type = spec::SetOperationType::kIntersect;
      break;
    case proto::SetOperation::SET_OP_TYPE_EXCEPT:
      if (message.by_name()) RaiseInvalidPlan("EXCEPT_DOES_NOT_SUPPORT_UNION_BY_NAME");
      operation.type = spec::SetOperationType::kExcept;
      break;
    default: RaiseInvalidEnum(message, "set_op_type");
  }
  operation.is_all = message.is_all();
  operation.by_name = message.by_name();
  operation.allow_missing_columns = message.allow_missing_columns();
  return operation;
}

}  // namespace pyrite::connect
