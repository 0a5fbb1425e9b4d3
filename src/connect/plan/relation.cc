#include "connect/plan/convert_internal.h"
#include "connect/plan/nearest_by_join.h"
#include "connect/plan/stream.h"

namespace pyrite::connect {
namespace {

RelationNode Unsupported(std::string feature) {
  return spec::UnsupportedRelation{std::move(feature)};
}

RelationNode Convert(const proto::Relation& message) {
  using Kind = proto::Relation;
  switch (message.rel_type_case()) {
    case Kind::kRead: return ToNode(message.read());
    case Kind::kProject: return ToNode(message.project());
    case Kind::kFilter: return ToNode(message.filter());
    case Kind::kJoin: return ToNode(message.join());
    case Kind::kSetOp: return ToNode(message.set_op());
    case Kind::kSort: return ToNode(message.sort());
    case Kind::kLimit: return ToNode(message.limit());
    case Kind::kAggregate: return ToNode(message.aggregate());
    case Kind::kSql: return ToNode(message.sql());
    case Kind::kLocalRelation: return ToNode(message.local_relation());
    case Kind::kSample: return ToNode(message.sample());
    case Kind::kOffset: return ToNode(message.offset());
    case Kind::kDeduplicate: return ToNode(message.deduplicate());
    case Kind::kRange: return ToNode(message.range());
    case Kind::kSubqueryAlias: return ToNode(message.subquery_alias());
    case Kind::kRepartition: return ToNode(message.repartition());
    case Kind::kToDf: return ToNode(message.to_df());
    case Kind::kWithColumnsRenamed: return ToNode(message.with_columns_renamed());
    case Kind::kShowString: return ToNode(message.show_string());
    case Kind::kDrop: return ToNode(message.drop());
    case Kind::kTail: return ToNode(message.tail());
    case Kind::kWithColumns: return ToNode(message.with_columns());
    case Kind::kHint: return ToNode(message.hint());
    case Kind::kUnpivot: return ToNode(message.unpivot());
    case Kind::kToSchema: return ToNode(message.to_schema());
    case Kind::kRepartitionByExpression: return ToNode(message.repartition_by_expression());
    case Kind::kCollectMetrics: return ToNode(message.collect_metrics());
    case Kind::kParse: return ToNode(message.parse());
    case Kind::kHtmlString: return ToNode(message.html_string());
    case Kind::kCachedLocalRelation:
      return spec::CachedLocalRelation{message.cached_local_relation().hash()};
    case Kind::kCachedRemoteRelation:
      return spec::CachedRemoteRelation{message.cached_remote_relation().relation_id()};
    case Kind::kAsOfJoin: return ToNode(message.as_of_join());
    case Kind::kNearestByJoin: return ToNode(message.nearest_by_join());
    case Kind::kWithWatermark: return ToWatermark(message.with_watermark());
    case Kind::kWithRelations: return ToNode(message.with_relations());
    case Kind::kTranspose: return ToNode(message.transpose());
    case Kind::kUnresolvedTableValuedFunction:
      return ToNode(message.unresolved_table_valued_function());
    case Kind::kLateralJoin: return ToNode(message.lateral_join());
    case Kind::kChunkedCachedLocalRelation: return ToNode(message.chunked_cached_local_relation());
    case Kind::kFillNa: return ToNode(message.fill_na());
    case Kind::kDropNa: return ToNode(message.drop_na());
    case Kind::kReplace: return ToNode(message.replace());
    case Kind::kSummary: return ToNode(message.summary());
    case Kind::kCrosstab: return ToNode(message.crosstab());
    case Kind::kDescribe: return ToNode(message.describe());
    case Kind::kCov: return ToNode(message.cov());
    case Kind::kCorr: return ToNode(message.corr());
    case Kind::kApproxQuantile: return ToNode(message.approx_quantile());
    case Kind::kFreqItems: return ToNode(message.freq_items());
    case Kind::kSampleBy: return ToNode(message.sample_by());
    case Kind::kCatalog: return ToNode(message.catalog());
    case Kind::kMapPartitions: return ToNode(message.map_partitions());
    case Kind::kGroupMap: return ToNode(message.group_map());
    case Kind::kCoGroupMap: return ToNode(message.co_group_map());
    case Kind::kApplyInPandasWithState: return Unsupported("applyInPandasWithState");
    case Kind::kCommonInlineUserDefinedTableFunction:
      return ToNode(message.common_inline_user_defined_table_function());
    case Kind::kCommonInlineUserDefinedDataSource: return Unsupported("Python data sources");
    case Kind::kRelationChanges: return Unsupported("reading a table's changes");
    case Kind::kMlRelation: return Unsupported("Spark ML");
    case Kind::kExtension:
      RaiseInvalidPlan("NO_HANDLER_FOR_EXTENSION",
                       {{"extensionTypeUrl", message.extension().type_url()}});
    case Kind::kUnknown:
    case Kind::REL_TYPE_NOT_SET: break;
  }
  RaiseInvalidOneof(message);
}

}  // namespace

spec::RelationPtr ToSpec(const proto::Relation& message) {
  DepthGuard guard;
  const proto::RelationCommon& common = message.common();
  return std::make_shared<const spec::Relation>(spec::Relation{
      Convert(message), ToOrigin(common.origin()),
      common.has_plan_id() ? std::optional<int64_t>(common.plan_id()) : std::nullopt});
}

}  // namespace pyrite::connect
