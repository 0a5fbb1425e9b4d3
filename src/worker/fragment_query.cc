#include "worker/fragment_query.h"

#include "duckdb/execution/physical_plan_generator.hpp"
#include "duckdb/main/settings.hpp"
#include "duckdb/optimizer/join_filter_pushdown_optimizer.hpp"
#include "duckdb/optimizer/optimizer.hpp"
#include "duckdb/optimizer/statistics_propagator.hpp"
#include "duckdb/parser/statement/logical_plan_statement.hpp"
#include "duckdb/planner/binder.hpp"
#include "duckdb/planner/operator/logical_extension_operator.hpp"

namespace pyrite::worker {
namespace {

// A plan that came out of the optimizer before it was cut. The optimizer stays on and leaves it
// alone: the same setting has windows read rows in their order, and aggregates share their work.
struct OptimizedPlan : duckdb::LogicalExtensionOperator {
  explicit OptimizedPlan(duckdb::unique_ptr<duckdb::LogicalOperator> plan) {
    children.push_back(std::move(plan));
    ResolveOperatorTypes();
  }
  bool RequireOptimizer() const override { return false; }
  duckdb::vector<duckdb::ColumnBinding> GetColumnBindings() override {
    return children[0]->GetColumnBindings();
  }
  void ResolveTypes() override { types = children[0]->types; }
  duckdb::PhysicalOperator& CreatePlan(duckdb::ClientContext&,
                                       duckdb::PhysicalPlanGenerator& planner) override {
    return planner.CreatePlan(*children[0]);
  }
};

// Off for as long as it lives: with statistics of a plan the optimizer would compress columns, and
// can for whole plans only.
class OptimizerOff {
 public:
  explicit OptimizerOff(duckdb::ClientContext& context) : context_(context) { Set(false); }
  ~OptimizerOff() { Set(true); }
  OptimizerOff(const OptimizerOff&) = delete;
  OptimizerOff& operator=(const OptimizerOff&) = delete;

 private:
  void Set(bool on) {
    duckdb::Settings::Set<duckdb::EnableOptimizerSetting>(context_, duckdb::SetScope::SESSION,
                                                          duckdb::Value::BOOLEAN(on));
  }

  duckdb::ClientContext& context_;
};

}  // namespace

duckdb::unique_ptr<duckdb::SQLStatement> MakeFragmentStatement(
    duckdb::Connection& connection, duckdb::unique_ptr<duckdb::LogicalOperator> plan,
    const stages::OpenSlot& open) {
  duckdb::ClientContext& context = *connection.context;
  stages::ConnectSlots(context, *plan, open);
  OptimizerOff off(context);
  auto binder = duckdb::Binder::CreateBinder(context);
  duckdb::Optimizer optimizer(*binder, context);
  // So that an aggregate over few groups takes the table made for those, and the like.
  duckdb::StatisticsPropagator(optimizer, plan).PropagateStatistics(plan);
  // A join's keys filter the scans on its other side, as in a plan that was never cut.
  duckdb::JoinFilterPushdownOptimizer(optimizer).VisitOperator(*plan);
  plan = optimizer.LowerMandatoryAggregateRewrites(std::move(plan));
  return duckdb::make_uniq<duckdb::LogicalPlanStatement>(
      duckdb::make_uniq<OptimizedPlan>(std::move(plan)));
}

}  // namespace pyrite::worker
