// What must be there before a plan can run: rows that are to be stored, and the metrics of
// df.observe.
#include <arrow/table.h>

#include "plan/stream_scan.h"
#include "plan/walk.h"
#include "session/plan_parts.h"
#include "session/running_query.h"
#include "session/session.h"

namespace pyrite::session {
namespace {

// Sums and counts computed from the rows: aggregates below, what is computed from them above.
plan::RelationPtr MetricsOf(plan::RelationPtr rows, const plan::NamedExpressions& metrics) {
  plan::NamedExpressions aggregates, items;
  for (const plan::NamedExpression& metric : metrics) {
    plan::ExpressionPtr value =
        plan::Rewrite(metric.expression, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
          if (e->TryAs<plan::AggregateCall>() == nullptr) return nullptr;
          plan::Column column{plan::NextColumnId(), metric.column.name, e->type, e->nullable, ""};
          aggregates.push_back({column, e});
          return plan::MakeRef(column);
        });
    items.push_back({metric.column, std::move(value)});
  }
  return plan::MakeProject(plan::MakeAggregate(std::move(rows), {}, std::move(aggregates)),
                           std::move(items));
}

SparkError StreamWithoutStart() {
  return SparkError("_LEGACY_ERROR_TEMP_3102", {{"msg",
                                                 "Queries with streaming sources must be executed "
                                                 "with writeStream.start()"}});
}

bool NeedsPreparation(const plan::Relation& relation) {
  return relation.kind() == plan::RelationKind::kStoredScan ||
         relation.kind() == plan::RelationKind::kCollectMetrics ||
         plan::AsStreamScan(relation) != nullptr;
}

}  // namespace

plan::RelationPtr Session::Prepare(const plan::RelationPtr& plan) {
  if (!AnyRelation(plan, NeedsPreparation)) return plan;
  return ReplaceParts(plan, [&](const plan::RelationPtr& part) -> plan::RelationPtr {
    if (const auto* stored = part->TryAs<plan::StoredScan>()) Fill(*stored->rows);
    if (plan::AsStreamScan(*part) != nullptr) throw StreamWithoutStart();
    const auto* metrics = part->TryAs<plan::CollectMetrics>();
    return metrics == nullptr ? nullptr : Observe(*metrics, part->output);
  });
}

void Session::Fill(plan::StoredRows& rows) {
  bool may_be_made_again = rows.may_be_made_again();
  rows.Fill([&](const plan::RelationPtr& source) { return Store(source, may_be_made_again); },
            RunningQuery::RaiseIfCurrentInterrupted);
}

plan::StoredRows::KeptPtr Session::Store(const plan::RelationPtr& plan, bool may_be_made_again) {
  Configuration configuration = ConfigurationNow();
  engine::QueryOptions options = OptionsOf(configuration);
  options.rows_may_be_made_again = may_be_made_again;
  std::unique_ptr<engine::StoreRun> job =
      engine_->Store(Prepare(RunPasses(plan, configuration)), options);
  RunningQuery::Use use(job.get());
  job->Next();
  return job->rows();
}

// The rows are computed once: the metrics and whoever asked for the rows see the same ones.
plan::RelationPtr Session::Observe(const plan::CollectMetrics& node, const plan::Columns& output) {
  auto rows = std::make_shared<plan::StoredRows>(node.input);
  Fill(*rows);
  const auto scan = [&](const plan::Columns& columns) {
    return plan::MakeRelation(plan::StoredScan{rows}, columns);
  };
  if (RunningQuery* operation = RunningQuery::Current()) {
    Observed observed;
    observed.name = node.name;
    plan::RelationPtr metrics = MetricsOf(scan(node.input->output), node.metrics);
    observed.columns = metrics->output;
    try {
      observed.row = Collect(metrics);
    } catch (const SparkError& error) {
      operation->RaiseIfInterrupted();
      observed.error = error;  // the observation's, not the query's
    }
    operation->AddObserved(std::move(observed));
  }
  return scan(output);
}

}  // namespace pyrite::session
