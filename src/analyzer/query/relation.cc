// The dispatch over relation kinds.

#include <algorithm>
#include <span>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/column_steps.h"
#include "analyzer/query/query.h"
#include "base/stack_guard.h"

namespace pyrite::analyzer {
namespace {

using Kind = spec::RelationKind;

// The input of a node that resolves after it; null for leaves and for nodes that resolve their
// inputs themselves.
const spec::Relation* ChainInput(const spec::Relation& r) {
  switch (r.kind()) {
    case Kind::kProject: return r.As<spec::Project>().input.get();
    case Kind::kFilter: return r.As<spec::Filter>().input.get();
    case Kind::kHaving: return r.As<spec::Having>().input.get();
    case Kind::kAggregate: return r.As<spec::Aggregate>().input.get();
    case Kind::kSort: return r.As<spec::Sort>().input.get();
    case Kind::kLimit: return r.As<spec::Limit>().input.get();
    case Kind::kOffset: return r.As<spec::Offset>().input.get();
    case Kind::kTail: return r.As<spec::Tail>().input.get();
    case Kind::kDeduplicate: return r.As<spec::Deduplicate>().input.get();
    case Kind::kSample: return r.As<spec::Sample>().input.get();
    case Kind::kSubqueryAlias: return r.As<spec::SubqueryAlias>().input.get();
    case Kind::kRepartition: return r.As<spec::Repartition>().input.get();
    case Kind::kRepartitionByExpression: return r.As<spec::RepartitionByExpression>().input.get();
    case Kind::kToDf: return r.As<spec::ToDf>().input.get();
    case Kind::kToSchema: return r.As<spec::ToSchema>().input.get();
    case Kind::kWithColumns: return r.As<spec::WithColumns>().input.get();
    case Kind::kWithColumnsRenamed: return r.As<spec::WithColumnsRenamed>().input.get();
    case Kind::kDrop: return r.As<spec::Drop>().input.get();
    case Kind::kHint: return r.As<spec::Hint>().input.get();
    case Kind::kUnpivot: return r.As<spec::Unpivot>().input.get();
    case Kind::kLateralView: return r.As<spec::LateralView>().input.get();
    case Kind::kCollectMetrics: return r.As<spec::CollectMetrics>().input.get();
    case Kind::kMapPartitions: return r.As<spec::MapPartitions>().input.get();
    case Kind::kGroupMap: return r.As<spec::GroupMap>().input.get();
    case Kind::kFillNa: return r.As<spec::FillNa>().input.get();
    case Kind::kParse: return r.As<spec::Parse>().input.get();
    case Kind::kDropNa: return r.As<spec::DropNa>().input.get();
    case Kind::kReplaceNa: return r.As<spec::ReplaceNa>().input.get();
    case Kind::kTranspose: return r.As<spec::Transpose>().input.get();
    case Kind::kStatApproxQuantile: return r.As<spec::StatApproxQuantile>().input.get();
    case Kind::kStatFreqItems: return r.As<spec::StatFreqItems>().input.get();
    case Kind::kStatSampleBy: return r.As<spec::StatSampleBy>().input.get();
    case Kind::kNamedTable:
    case Kind::kDataSource:
    case Kind::kLocalRelation:
    case Kind::kCachedLocalRelation:
    case Kind::kChunkedCachedLocalRelation:
    case Kind::kCachedRemoteRelation:
    case Kind::kValues:
    case Kind::kOneRow:
    case Kind::kRange:
    case Kind::kTableValuedFunction:
    case Kind::kSqlQuery:
    case Kind::kWithWindows:
    case Kind::kJoin:
    case Kind::kAsOfJoin:
    case Kind::kCoGroupMap:
    case Kind::kSetOperation:
    case Kind::kWith:
    case Kind::kWithRelations:
    case Kind::kShowString:
    case Kind::kHtmlString:
    case Kind::kStatSummary:
    case Kind::kStatDescribe:
    case Kind::kStatCrosstab:
    case Kind::kStatCov:
    case Kind::kStatCorr:
    case Kind::kCatalogCall:
    case Kind::kUnsupportedRelation: return nullptr;
  }
  return nullptr;
}

Resolved ResolveStart(const spec::Relation& r, Analysis& analysis) {
  switch (r.kind()) {
    case Kind::kNamedTable: return ResolveNamedTable(r.As<spec::NamedTable>(), analysis);
    case Kind::kDataSource: return ResolveDataSource(r.As<spec::DataSource>(), analysis);
    case Kind::kLocalRelation: return ResolveLocal(r.As<spec::LocalRelation>(), analysis);
    case Kind::kCachedRemoteRelation:
      return ResolveCachedRemote(r.As<spec::CachedRemoteRelation>(), analysis);
    case Kind::kValues: return ResolveValues(r.As<spec::Values>(), {}, analysis);
    case Kind::kOneRow: {
      Resolved row;
      row.plan = plan::MakeRelation(plan::OneRow{}, {});
      row.scope = ScopeOf({}, nullptr, analysis.case_sensitive);
      return row;
    }
    case Kind::kRange: return ResolveRange(r.As<spec::Range>(), analysis);
    case Kind::kTableValuedFunction:
      return ResolveTableFunction(r.As<spec::TableValuedFunction>(), analysis);
    case Kind::kSqlQuery: return ResolveSql(r.As<spec::SqlQuery>(), analysis);
    case Kind::kJoin: return ResolveJoin(r.As<spec::Join>(), analysis);
    case Kind::kSetOperation: return ResolveSetOperation(r.As<spec::SetOperation>(), analysis);
    case Kind::kWith: return ResolveWith(r.As<spec::With>(), analysis);
    case Kind::kWithWindows: return ResolveWithWindows(r.As<spec::WithWindows>(), analysis);
    case Kind::kWithRelations: return ResolveWithRelations(r.As<spec::WithRelations>(), analysis);
    case Kind::kUnsupportedRelation:
      throw errors::UnsupportedFeature(r.As<spec::UnsupportedRelation>().feature);
    case Kind::kChunkedCachedLocalRelation:
      return ResolveChunkedLocal(r.As<spec::ChunkedCachedLocalRelation>(), analysis);
    case Kind::kCachedLocalRelation:
      return ResolveCachedLocal(r.As<spec::CachedLocalRelation>(), analysis);
    case Kind::kCoGroupMap: return ResolveCoGroupMap(r.As<spec::CoGroupMap>(), analysis);
    case Kind::kAsOfJoin: return ResolveAsOfJoin(r.As<spec::AsOfJoin>(), analysis);
    case Kind::kShowString:
    case Kind::kHtmlString: throw errors::Internal("a text form of a query inside a query");
    case Kind::kStatSummary: return ResolveSummary(r.As<spec::StatSummary>(), analysis);
    case Kind::kStatDescribe: return ResolveDescribe(r.As<spec::StatDescribe>(), analysis);
    case Kind::kStatCrosstab: return ResolveCrosstab(r.As<spec::StatCrosstab>(), analysis);
    case Kind::kStatCov: return ResolveCov(r.As<spec::StatCov>(), analysis);
    case Kind::kStatCorr: return ResolveCorr(r.As<spec::StatCorr>(), analysis);
    case Kind::kCatalogCall:
      throw errors::UnsupportedFeature("catalog." + r.As<spec::CatalogCall>().method);
    default: throw errors::Internal("a relation that is no start of a chain");
  }
}

Resolved ResolveStep(const spec::Relation& r, Resolved in, Analysis& a) {
  switch (r.kind()) {
    case Kind::kProject: return ResolveProject(r.As<spec::Project>(), std::move(in), a);
    case Kind::kFilter: return ResolveFilter(r.As<spec::Filter>(), std::move(in), a);
    case Kind::kHaving: return ResolveHaving(r.As<spec::Having>(), std::move(in), a);
    case Kind::kAggregate: return ResolveAggregate(r.As<spec::Aggregate>(), std::move(in), a);
    case Kind::kSort: return ResolveSort(r.As<spec::Sort>(), std::move(in), a);
    case Kind::kLimit: return ResolveLimit(r.As<spec::Limit>(), std::move(in), a);
    case Kind::kOffset: return ResolveOffset(r.As<spec::Offset>(), std::move(in), a);
    case Kind::kTail: return ResolveTail(r.As<spec::Tail>(), std::move(in), a);
    case Kind::kDeduplicate: return ResolveDeduplicate(r.As<spec::Deduplicate>(), std::move(in), a);
    case Kind::kSample: return ResolveSample(r.As<spec::Sample>(), std::move(in), a);
    case Kind::kSubqueryAlias:
      return ResolveSubqueryAlias(r.As<spec::SubqueryAlias>(), std::move(in), a);
    case Kind::kRepartition: return ResolveRepartition(r.As<spec::Repartition>(), std::move(in), a);
    case Kind::kRepartitionByExpression:
      return ResolveRepartitionBy(r.As<spec::RepartitionByExpression>(), std::move(in), a);
    case Kind::kToDf: return ResolveToDf(r.As<spec::ToDf>(), std::move(in), a);
    case Kind::kToSchema: return ResolveToSchema(r.As<spec::ToSchema>(), std::move(in), a);
    case Kind::kHint: return ResolveHint(r.As<spec::Hint>(), std::move(in), a);
    case Kind::kUnpivot: return ResolveUnpivot(r.As<spec::Unpivot>(), std::move(in), a);
    case Kind::kLateralView: return ResolveLateralView(r.As<spec::LateralView>(), std::move(in), a);
    case Kind::kCollectMetrics:
      return ResolveCollectMetrics(r.As<spec::CollectMetrics>(), std::move(in), a);
    case Kind::kParse: return ResolveParse(r.As<spec::Parse>(), std::move(in), a);
    case Kind::kMapPartitions:
      return ResolveMapPartitions(r.As<spec::MapPartitions>(), std::move(in), a);
    case Kind::kGroupMap: return ResolveGroupMap(r.As<spec::GroupMap>(), std::move(in), a);
    case Kind::kFillNa: return ResolveFillNa(r.As<spec::FillNa>(), std::move(in), a);
    case Kind::kDropNa: return ResolveDropNa(r.As<spec::DropNa>(), std::move(in), a);
    case Kind::kReplaceNa: return ResolveReplaceNa(r.As<spec::ReplaceNa>(), std::move(in), a);
    case Kind::kTranspose: return ResolveTranspose(r.As<spec::Transpose>(), std::move(in), a);
    case Kind::kStatApproxQuantile:
      return ResolveApproxQuantile(r.As<spec::StatApproxQuantile>(), std::move(in), a);
    case Kind::kStatFreqItems:
      return ResolveFreqItems(r.As<spec::StatFreqItems>(), std::move(in), a);
    case Kind::kStatSampleBy: return ResolveSampleBy(r.As<spec::StatSampleBy>(), std::move(in), a);
    default: throw errors::Internal("a relation that is no step of a chain");
  }
}

}  // namespace

Resolved ResolveRelation(const spec::Relation& relation, Analysis& analysis) {
  CheckStack();
  std::vector<const spec::Relation*> chain;
  const spec::Relation* start = &relation;
  while (const spec::Relation* input = ChainInput(*start)) {
    chain.push_back(start);
    start = input;
  }
  auto* alias = chain.empty() ? nullptr : chain.back()->TryAs<spec::SubqueryAlias>();
  auto* values = start->TryAs<spec::Values>();
  Resolved resolved = AtOrigin(start->origin, [&] {
    if (alias && values) return ResolveValues(*values, alias->column_aliases, analysis);
    return ResolveStart(*start, analysis);
  });
  resolved.scope = TaggedScope(resolved.scope, start->plan_id);
  std::reverse(chain.begin(), chain.end());
  for (std::span<const spec::Relation* const> steps(chain); !steps.empty();) {
    const spec::Relation& step = *steps.front();
    if (IsColumnStep(step)) {
      resolved = ResolveColumnSteps(std::move(resolved), steps, analysis);
      continue;
    }
    resolved =
        AtOrigin(step.origin, [&] { return ResolveStep(step, std::move(resolved), analysis); });
    resolved.scope = TaggedScope(resolved.scope, step.plan_id);
    steps = steps.subspan(1);
  }
  return resolved;
}

plan::RelationPtr Materialize(const Resolved& resolved) {
  const ScopeColumns& shown = resolved.scope->columns->all();
  const plan::Columns& made = resolved.plan->output;
  bool same = shown.size() == made.size();
  for (size_t i = 0; same && i < shown.size(); ++i) {
    same = shown[i].column.id == made[i].id && shown[i].column.name == made[i].name;
  }
  if (same) return resolved.plan;
  plan::NamedExpressions expressions;
  for (const ScopeColumn& item : shown) {
    expressions.push_back({item.column, plan::MakeRef(item.column)});
  }
  return plan::MakeProject(resolved.plan, std::move(expressions));
}

void DropHidden(Resolved& resolved) {
  resolved.plan = Materialize(resolved);
  if (!resolved.scope->hidden) return;
  auto scope = std::make_shared<Scope>(*resolved.scope);
  scope->hidden = nullptr;
  resolved.scope = std::move(scope);
}

}  // namespace pyrite::analyzer
