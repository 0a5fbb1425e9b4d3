#include "stages/planner.h"

#include "duckdb/optimizer/optimizer.hpp"
#include "duckdb/planner/planner.hpp"
#include "engine/database.h"
#include "engine/duckdb_errors.h"
#include "engine/error_place.h"
#include "lower/lower.h"
#include "stages/cut.h"

namespace pyrite::stages {
namespace {

StageGraph PlanOn(duckdb::Connection& connection, const plan::RelationPtr& plan,
                  const engine::QueryOptions& options, const CutOptions& cut) {
  duckdb::ClientContext& context = *connection.context;
  connection.BeginTransaction();
  duckdb::Planner planner(context);
  planner.CreatePlan(lower::LowerStatement(plan, options.time_zone));
  lower::CheckTypes(plan->output, planner.types);
  duckdb::Optimizer optimizer(*planner.binder, context);
  auto optimized = optimizer.Optimize(std::move(planner.plan));
  StageGraph graph = Cut(context, *planner.binder, std::move(optimized), cut);
  connection.Commit();
  return graph;
}

}  // namespace

StageGraph PlanStages(engine::Database& database, const plan::RelationPtr& plan,
                      const engine::QueryOptions& options, const CutOptions& cut) {
  auto connection = database.connections().Take(options);
  try {
    return PlanOn(*connection, plan, options, cut);
  } catch (const SparkError&) {
    throw;
  } catch (const std::exception& error) {
    throw engine::AtPlace(engine::FromDuckDB(duckdb::ErrorData(error)), *plan);
  }
}

}  // namespace pyrite::stages
