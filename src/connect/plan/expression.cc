#include "connect/plan/convert_internal.h"
#include "connect/type_proto.h"
#include "spec/attribute_name.h"
#include "sql/parser.h"

namespace pyrite::connect {
namespace {

ExpressionNode Unsupported(std::string feature) {
  return spec::UnsupportedExpression{std::move(feature)};
}

ExpressionNode Convert(const proto::Expression& message) {
  using Kind = proto::Expression;
  switch (message.expr_type_case()) {
    case Kind::kLiteral: return spec::LiteralValue{ToLiteral(message.literal())};
    case Kind::kUnresolvedAttribute: return ToNode(message.unresolved_attribute());
    case Kind::kUnresolvedFunction: return ToNode(message.unresolved_function());
    case Kind::kExpressionString:
      return spec::ExpressionString{message.expression_string().expression()};
    case Kind::kUnresolvedStar: return ToNode(message.unresolved_star());
    case Kind::kAlias: return ToNode(message.alias());
    case Kind::kCast: return ToNode(message.cast());
    case Kind::kUnresolvedRegex: return ToNode(message.unresolved_regex());
    case Kind::kSortOrder: return ToNode(message.sort_order());
    case Kind::kLambdaFunction: return ToNode(message.lambda_function());
    case Kind::kWindow: return ToNode(message.window());
    case Kind::kUnresolvedExtractValue:
      return spec::ExtractValue{ToSpec(message.unresolved_extract_value().child()),
                                ToSpec(message.unresolved_extract_value().extraction())};
    case Kind::kUpdateFields: return ToNode(message.update_fields());
    case Kind::kUnresolvedNamedLambdaVariable:
      if (message.unresolved_named_lambda_variable().name_parts().empty()) {
        RaiseInvalidPlan("UNRESOLVED_NAMED_LAMBDA_VARIABLE_REQUIRES_NAME_PART");
      }
      return spec::LambdaVariable{
          ToStrings(message.unresolved_named_lambda_variable().name_parts())};
    case Kind::kCommonInlineUserDefinedFunction:
      return ToNode(message.common_inline_user_defined_function());
    case Kind::kCallFunction: return ToNode(message.call_function());
    case Kind::kNamedArgumentExpression:
      return spec::NamedArgument{message.named_argument_expression().key(),
                                 ToSpec(message.named_argument_expression().value())};
    case Kind::kSubqueryExpression: return ToNode(message.subquery_expression());
    case Kind::kMergeAction:
      if (message.merge_action().action_type() == proto::MergeAction::ACTION_TYPE_INVALID) {
        RaiseInvalidEnum(message.merge_action(), "action_type");
      }
      return Unsupported("MERGE INTO");
    case Kind::kTypedAggregateExpression: return Unsupported("typed aggregates of Scala");
    case Kind::kDirectShufflePartitionId:  // the rows are not partitioned: the id is only computed
      return spec::UnresolvedFunction{{"direct_shuffle_partition_id"},
                                      {ToSpec(message.direct_shuffle_partition_id().child())}};
    case Kind::kExtension:
      RaiseInvalidPlan("NO_HANDLER_FOR_EXTENSION",
                       {{"extensionTypeUrl", message.extension().type_url()}});
    case Kind::EXPR_TYPE_NOT_SET: break;
  }
  RaiseInvalidOneof(message);
}

std::optional<int64_t> PlanId(bool is_set, int64_t id) {
  return is_set ? std::optional<int64_t>(id) : std::nullopt;
}

}  // namespace

spec::ExpressionPtr ToSpec(const proto::Expression& message) {
  DepthGuard guard;
  return std::make_shared<const spec::Expression>(
      spec::Expression{Convert(message), ToOrigin(message.common().origin())});
}

ExpressionNode ToNode(const proto::Expression::UnresolvedAttribute& message) {
  return spec::UnresolvedAttribute{spec::ParseAttributeName(message.unparsed_identifier()),
                                   PlanId(message.has_plan_id(), message.plan_id()),
                                   message.is_metadata_column()};
}

ExpressionNode ToNode(const proto::Expression::UnresolvedStar& message) {
  spec::UnresolvedStar star;
  star.plan_id = PlanId(message.has_plan_id(), message.plan_id());
  if (!message.has_unparsed_target()) return star;
  if (message.has_plan_id()) RaiseInvalidPlan("UNRESOLVED_STAR_WITH_BOTH_TARGET_AND_PLAN_ID");
  const std::string& target = message.unparsed_target();
  if (target.size() < 2 || target.compare(target.size() - 2, 2, ".*") != 0) {
    RaiseInvalidPlan("UNRESOLVED_STAR_TARGET_INVALID", {{"target", target}});
  }
  star.target = spec::ParseAttributeName(target.substr(0, target.size() - 2));
  return star;
}

ExpressionNode ToNode(const proto::Expression::UnresolvedRegex& message) {
  return spec::UnresolvedRegex{message.col_name(),
                               PlanId(message.has_plan_id(), message.plan_id())};
}

ExpressionNode ToNode(const proto::Expression::Alias& message) {
  if (message.name_size() > 1 && message.has_metadata()) {
    RaiseInvalidPlan("ALIAS_WITH_MULTIPLE_IDENTIFIERS_AND_METADATA");
  }
  return spec::Alias{ToSpec(message.expr()), ToStrings(message.name()), message.metadata()};
}

ExpressionNode ToNode(const proto::Expression::Cast& message) {
  spec::Cast cast;
  cast.child = ToSpec(message.expr());
  cast.type =
      message.has_type() ? FromProto(message.type()) : sql::ParseDataType(message.type_str());
  switch (message.eval_mode()) {
    case proto::Expression::Cast::EVAL_MODE_LEGACY: cast.mode = spec::CastMode::kLegacy; break;
    case proto::Expression::Cast::EVAL_MODE_ANSI: cast.mode = spec::CastMode::kAnsi; break;
    case proto::Expression::Cast::EVAL_MODE_TRY: cast.mode = spec::CastMode::kTry; break;
    default: break;
  }
  return cast;
}

ExpressionNode ToNode(const proto::Expression::SortOrder& message) {
  using Message = proto::Expression::SortOrder;
  spec::SortOrder order;
  order.child = ToSpec(message.child());
  if (message.direction() == Message::SORT_DIRECTION_DESCENDING) {
    order.direction = spec::SortDirection::kDescending;
  }
  if (message.null_ordering() == Message::SORT_NULLS_FIRST)
    order.nulls = spec::NullOrdering::kFirst;
  if (message.null_ordering() == Message::SORT_NULLS_LAST) order.nulls = spec::NullOrdering::kLast;
  return order;
}

ExpressionNode ToNode(const proto::Expression::UpdateFields& message) {
  return spec::UpdateFields{
      ToSpec(message.struct_expression()), message.field_name(),
      ToSpecOrNull(message.has_value_expression(), message.value_expression())};
}

}  // namespace pyrite::connect
