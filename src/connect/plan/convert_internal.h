// What the converters of single messages share. Each takes a message and returns a node.
#pragma once

#include <google/protobuf/map.h>
#include <google/protobuf/message.h>
#include <google/protobuf/repeated_field.h>

#include <map>
#include <string>
#include <utility>

#include "connect/plan/convert.h"

namespace pyrite::connect {

// Counts the levels of this thread's conversion; raises when there are too many.
class DepthGuard {
 public:
  DepthGuard();
  ~DepthGuard();
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;
};

// The message is malformed: Spark's CONNECT_INVALID_PLAN conditions.
[[noreturn]] void RaiseInvalidPlan(const char* subclass,
                                   std::map<std::string, std::string> parameters = {});
// Its first oneof has no value, or one that nobody knows.
[[noreturn]] void RaiseInvalidOneof(const google::protobuf::Message& message);
[[noreturn]] void RaiseInvalidEnum(const google::protobuf::Message& message, const char* field);
// Spark's assertions about plans.
void RequirePlan(bool holds, const char* what);
// For what Spark has no condition of its own.
[[noreturn]] void RaiseMalformed(const std::string& what);

spec::Origin ToOrigin(const proto::Origin& message);
// "a.`b c`" in parts.
spec::NameParts ToNameParts(const std::string& identifier);
spec::Options ToOptions(const google::protobuf::Map<std::string, std::string>& options);
std::vector<std::string> ToStrings(const google::protobuf::RepeatedPtrField<std::string>& strings);
spec::Expressions ToSpec(const google::protobuf::RepeatedPtrField<proto::Expression>& messages);
spec::Expressions ToSpec(
    const google::protobuf::RepeatedPtrField<proto::Expression::Literal>& messages);
spec::Expressions ToSpec(
    const google::protobuf::RepeatedPtrField<proto::Expression::SortOrder>& messages);
// nullptr when the message is not set.
spec::ExpressionPtr ToSpecOrNull(bool is_set, const proto::Expression& message);

// ---- expressions
using ExpressionNode = spec::Expression::Node;

ExpressionNode ToNode(const proto::Expression::SortOrder& message);
ExpressionNode ToNode(const proto::Expression::Window& message);
ExpressionNode ToNode(const proto::Expression::Cast& message);
ExpressionNode ToNode(const proto::Expression::Alias& message);
ExpressionNode ToNode(const proto::Expression::UnresolvedAttribute& message);
ExpressionNode ToNode(const proto::Expression::UnresolvedStar& message);
ExpressionNode ToNode(const proto::Expression::UnresolvedRegex& message);
ExpressionNode ToNode(const proto::Expression::UnresolvedFunction& message);
ExpressionNode ToNode(const proto::Expression::LambdaFunction& message);
ExpressionNode ToNode(const proto::Expression::UpdateFields& message);
ExpressionNode ToNode(const proto::CallFunction& message);
ExpressionNode ToNode(const proto::CommonInlineUserDefinedFunction& message);
ExpressionNode ToNode(const proto::SubqueryExpression& message);

// ---- relations
using RelationNode = spec::Relation::Node;

RelationNode ToNode(const proto::Read& message);
RelationNode ToNode(const proto::LocalRelation& message);
RelationNode ToNode(const proto::ChunkedCachedLocalRelation& message);
RelationNode ToNode(const proto::Range& message);
RelationNode ToNode(const proto::Parse& message);
RelationNode ToNode(const proto::SQL& message);
RelationNode ToNode(const proto::WithRelations& message);
RelationNode ToNode(const proto::UnresolvedTableValuedFunction& message);
RelationNode ToNode(const proto::Project& message);
RelationNode ToNode(const proto::ToDF& message);
RelationNode ToNode(const proto::ToSchema& message);
RelationNode ToNode(const proto::WithColumns& message);
RelationNode ToNode(const proto::WithColumnsRenamed& message);
RelationNode ToNode(const proto::Drop& message);
RelationNode ToNode(const proto::Filter& message);
RelationNode ToNode(const proto::Sort& message);
RelationNode ToNode(const proto::Limit& message);
RelationNode ToNode(const proto::Offset& message);
RelationNode ToNode(const proto::Tail& message);
RelationNode ToNode(const proto::Deduplicate& message);
RelationNode ToNode(const proto::Sample& message);
RelationNode ToNode(const proto::Repartition& message);
RelationNode ToNode(const proto::RepartitionByExpression& message);
RelationNode ToNode(const proto::Aggregate& message);
RelationNode ToNode(const proto::Unpivot& message);
RelationNode ToNode(const proto::Transpose& message);
RelationNode ToNode(const proto::Join& message);
RelationNode ToNode(const proto::AsOfJoin& message);
RelationNode ToNode(const proto::LateralJoin& message);
RelationNode ToNode(const proto::SetOperation& message);
RelationNode ToNode(const proto::SubqueryAlias& message);
RelationNode ToNode(const proto::Hint& message);
RelationNode ToNode(const proto::CollectMetrics& message);
RelationNode ToNode(const proto::ShowString& message);
RelationNode ToNode(const proto::HtmlString& message);
RelationNode ToNode(const proto::NAFill& message);
RelationNode ToNode(const proto::NADrop& message);
RelationNode ToNode(const proto::NAReplace& message);
RelationNode ToNode(const proto::StatSummary& message);
RelationNode ToNode(const proto::StatDescribe& message);
RelationNode ToNode(const proto::StatCrosstab& message);
RelationNode ToNode(const proto::StatCov& message);
RelationNode ToNode(const proto::StatCorr& message);
RelationNode ToNode(const proto::StatApproxQuantile& message);
RelationNode ToNode(const proto::StatFreqItems& message);
RelationNode ToNode(const proto::StatSampleBy& message);
RelationNode ToNode(const proto::Catalog& message);
RelationNode ToNode(const proto::MapPartitions& message);
RelationNode ToNode(const proto::GroupMap& message);
RelationNode ToNode(const proto::CoGroupMap& message);
RelationNode ToNode(const proto::CommonInlineUserDefinedTableFunction& message);

// ---- commands
using CommandNode = spec::Command::Node;

CommandNode ToNode(const proto::CreateDataFrameViewCommand& message);
CommandNode ToNode(const proto::WriteOperation& message);
CommandNode ToNode(const proto::WriteOperationV2& message);
CommandNode ToNode(const proto::CheckpointCommand& message);
CommandNode ToRegistration(const proto::CommonInlineUserDefinedFunction& message);
CommandNode ToRegistration(const proto::CommonInlineUserDefinedTableFunction& message);

}  // namespace pyrite::connect
