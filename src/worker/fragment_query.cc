#include "worker/fragment_query.h"

#include "duckdb/optimizer/join_filter_pushdown_optimizer.hpp"
#include "duckdb/optimizer/optimizer.hpp"
#include "duckdb/optimizer/statistics_propagator.hpp"
#include "duckdb/parser/statement/logical_plan_statement.hpp"
#include "duckdb/planner/binder.hpp"

namespace pyrite::worker {

duckdb::unique_ptr<duckdb::SQLStatement> MakeFragmentStatement(
    duckdb::Connection& connection, duckdb::unique_ptr<duckdb::LogicalOperator> plan,
    const stages::OpenSlot& open) {
  duckdb::ClientContext& context = *connection.context;
  stages::ConnectSlots(context, *plan, open);
  auto binder = duckdb::Binder::CreateBinder(context);
  duckdb::Optimizer optimizer(*binder, context);
  // So that an aggregate over few groups takes the table made for those, and the like.
  duckdb::StatisticsPropagator(optimizer, plan).PropagateStatistics(plan);
  // A join's keys filter the scans on its other side, as in a plan that was never cut.
  duckdb::JoinFilterPushdownOptimizer(optimizer).VisitOperator(*plan);
  plan->ResolveOperatorTypes();
  return duckdb::make_uniq<duckdb::LogicalPlanStatement>(std::move(plan));
}

}  // namespace pyrite::worker
