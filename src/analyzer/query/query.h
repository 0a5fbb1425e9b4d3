// Relations: spec to plan. A file a construct; chains of one-input nodes are resolved in a loop, so
// that thousands of chained DataFrame calls need no stack.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

Resolved ResolveRelation(const spec::Relation& relation, Analysis& analysis);

// The plan with exactly the columns that the scope shows, under its names.
plan::RelationPtr Materialize(const Resolved& resolved);

// The same, in place: what the scope hid is gone.
void DropHidden(Resolved& resolved);

// ---- relations without an input
Resolved ResolveNamedTable(const spec::NamedTable& node, Analysis& analysis);
Resolved ResolveDataSource(const spec::DataSource& node, Analysis& analysis);
Resolved ResolveLocal(const spec::LocalRelation& node, Analysis& analysis);
Resolved ResolveCachedLocal(const spec::CachedLocalRelation& node, Analysis& analysis);
Resolved ResolveChunkedLocal(const spec::ChunkedCachedLocalRelation& node, Analysis& analysis);
Resolved ResolveCachedRemote(const spec::CachedRemoteRelation& node, Analysis& analysis);
// `column_names` are those of an alias right above, t(a, b); empty for none.
Resolved ResolveValues(const spec::Values& node, const std::vector<std::string>& column_names,
                       Analysis& analysis);
Resolved ResolveRange(const spec::Range& node, Analysis& analysis);
Resolved ResolveTableFunction(const spec::TableValuedFunction& node, Analysis& analysis);
Resolved ResolvePythonTable(const spec::PythonTableFunction& function,
                            const spec::Expressions& arguments, Analysis& analysis);
// A kept relation under ids of its own: it may be joined with itself.
plan::RelationPtr UnderOwnIds(plan::RelationPtr relation);

spec::Statement ParseStatement(const spec::SqlQuery& sql, Analysis& analysis);
Resolved ResolveSql(const spec::SqlQuery& node, Analysis& analysis);

// ---- one input, resolved
Resolved ResolveProject(const spec::Project& node, Resolved input, Analysis& analysis);
Resolved ResolveFilter(const spec::Filter& node, Resolved input, Analysis& analysis);
Resolved ResolveHaving(const spec::Having& node, Resolved input, Analysis& analysis);
Resolved ResolveAggregate(const spec::Aggregate& node, Resolved input, Analysis& analysis);
Resolved ResolvePivot(const spec::Aggregate& node, Resolved input, Analysis& analysis);
Resolved ResolveSort(const spec::Sort& node, Resolved input, Analysis& analysis);
Resolved ResolveLimit(const spec::Limit& node, Resolved input, Analysis& analysis);
Resolved ResolveOffset(const spec::Offset& node, Resolved input, Analysis& analysis);
Resolved ResolveTail(const spec::Tail& node, Resolved input, Analysis& analysis);
Resolved ResolveDeduplicate(const spec::Deduplicate& node, Resolved input, Analysis& analysis);
Resolved ResolveSample(const spec::Sample& node, Resolved input, Analysis& analysis);
Resolved ResolveSubqueryAlias(const spec::SubqueryAlias& node, Resolved input, Analysis& analysis);
Resolved ResolveHint(const spec::Hint& node, Resolved input, Analysis& analysis);
Resolved ResolveRepartition(const spec::Repartition& node, Resolved input, Analysis& analysis);
Resolved ResolveRepartitionBy(const spec::RepartitionByExpression& node, Resolved input,
                              Analysis& analysis);
Resolved ResolveToDf(const spec::ToDf& node, Resolved input, Analysis& analysis);
Resolved ResolveToSchema(const spec::ToSchema& node, Resolved input, Analysis& analysis);
Resolved ResolveWithColumns(const spec::WithColumns& node, Resolved input, Analysis& analysis);
Resolved ResolveUnpivot(const spec::Unpivot& node, Resolved input, Analysis& analysis);
Resolved ResolveLateralView(const spec::LateralView& node, Resolved input, Analysis& analysis);
Resolved ResolveCollectMetrics(const spec::CollectMetrics& node, Resolved input,
                               Analysis& analysis);
Resolved ResolveParse(const spec::Parse& node, Resolved input, Analysis& analysis);
Resolved ResolveMapPartitions(const spec::MapPartitions& node, Resolved input, Analysis& analysis);
Resolved ResolveGroupMap(const spec::GroupMap& node, Resolved input, Analysis& analysis);
Resolved ResolveFillNa(const spec::FillNa& node, Resolved input, Analysis& analysis);
Resolved ResolveDropNa(const spec::DropNa& node, Resolved input, Analysis& analysis);
Resolved ResolveReplaceNa(const spec::ReplaceNa& node, Resolved input, Analysis& analysis);

// ---- statistics
Resolved ResolveDescribe(const spec::StatDescribe& node, Analysis& analysis);
Resolved ResolveSummary(const spec::StatSummary& node, Analysis& analysis);
Resolved ResolveCrosstab(const spec::StatCrosstab& node, Analysis& analysis);
Resolved ResolveCov(const spec::StatCov& node, Analysis& analysis);
Resolved ResolveCorr(const spec::StatCorr& node, Analysis& analysis);

Resolved ResolveApproxQuantile(const spec::StatApproxQuantile& node, Resolved input,
                               Analysis& analysis);
Resolved ResolveFreqItems(const spec::StatFreqItems& node, Resolved input, Analysis& analysis);
Resolved ResolveSampleBy(const spec::StatSampleBy& node, Resolved input, Analysis& analysis);
Resolved ResolveTranspose(const spec::Transpose& node, Resolved input, Analysis& analysis);

// ---- several inputs, or names for the inputs
Resolved ResolveJoin(const spec::Join& node, Analysis& analysis);
Resolved ResolveAsOfJoin(const spec::AsOfJoin& node, Analysis& analysis);
Resolved ResolveCoGroupMap(const spec::CoGroupMap& node, Analysis& analysis);
Resolved ResolveSetOperation(const spec::SetOperation& node, Analysis& analysis);
Resolved ResolveWith(const spec::With& node, Analysis& analysis);
Resolved ResolveWithWindows(const spec::WithWindows& node, Analysis& analysis);
Resolved ResolveWithRelations(const spec::WithRelations& node, Analysis& analysis);

}  // namespace pyrite::analyzer
