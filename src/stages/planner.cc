#include "stages/planner.h"

#include <algorithm>
#include <functional>

#include "duckdb/main/config.hpp"
#include "duckdb/optimizer/optimizer.hpp"
#include "duckdb/planner/planner.hpp"
#include "engine/database.h"
#include "engine/duckdb_errors.h"
#include "engine/error_place.h"
#include "engine/write_statement.h"
#include "lower/lower.h"
#include "plan/repartition.h"
#include "stages/cut.h"
#include "stages/exchange_read.h"
#include "stages/sort_ranges.h"

namespace pyrite::stages {
namespace {

using MakeStatement = std::function<duckdb::unique_ptr<duckdb::SQLStatement>()>;

StageGraph PlanOn(duckdb::Connection& connection, const MakeStatement& make,
                  const plan::Columns* result, const CutOptions& cut) {
  duckdb::ClientContext& context = *connection.context;
  connection.BeginTransaction();
  duckdb::Planner planner(context);
  planner.CreatePlan(make());
  if (result != nullptr) lower::CheckTypes(*result, planner.types);
  duckdb::Optimizer optimizer(*planner.binder, context);
  auto optimized = optimizer.Optimize(std::move(planner.plan));
  StageGraph graph = Cut(context, *planner.binder, std::move(optimized), cut);
  connection.Commit();
  return graph;
}

StageGraph Plan(engine::Database& database, const plan::Relation& plan, const MakeStatement& make,
                const plan::Columns* result, const engine::QueryOptions& options,
                const CutOptions& cut) {
  auto connection = database.connections().Take(options);
  try {
    return PlanOn(*connection, make, result, cut);
  } catch (const SparkError&) {
    throw;
  } catch (const std::exception& error) {
    throw engine::AtPlace(engine::FromDuckDB(duckdb::ErrorData(error)), plan);
  }
}

// As in `df.repartition("day").write.partitionBy("day")`.
bool IsByFolders(const plan::Repartition& wish, const engine::WriteRequest& request) {
  return wish.num_partitions == 0 && !wish.expressions.empty() &&
         std::ranges::all_of(wish.expressions, [&](const plan::ExpressionPtr& key) {
           const auto* column = key->TryAs<plan::ColumnRef>();
           return column != nullptr && engine::PartitionName(request, column->name) != nullptr;
         });
}

FilesWanted WantedOf(const engine::WriteRequest& request) {
  FilesWanted wanted{.count = request.files};
  const plan::Repartition* wish = plan::RepartitionOf(*request.input);
  if (wish == nullptr || request.files > 0) return wanted;
  if (!wish->shuffle) wanted.most = wish->num_partitions;
  wanted.one_a_folder = IsByFolders(*wish, request);
  return wanted;
}

}  // namespace

void PrepareForStages(engine::Database& database) {
  RegisterExchangeRead(*database.duckdb().instance);
  RegisterSortRanges(*database.duckdb().instance);
  auto& disabled =
      duckdb::DBConfig::GetConfig(*database.duckdb().instance).options.disabled_optimizers;
  // Their plans name rows by the place of their file among all files, and a slice has others.
  disabled.insert(duckdb::OptimizerType::LATE_MATERIALIZATION);
  disabled.insert(duckdb::OptimizerType::ROW_NUMBER_REWRITER);
  // They change scans in ways that do not travel: a scan is bound again from its arguments.
  disabled.insert(duckdb::OptimizerType::TYPE_PUSHDOWN);
  disabled.insert(duckdb::OptimizerType::SCALAR_FN_PUSHDOWN);
  // It cuts scans for the threads of one process.
  disabled.insert(duckdb::OptimizerType::PARTITIONED_EXECUTION);
}

StageGraph PlanStages(engine::Database& database, const plan::RelationPtr& plan,
                      const engine::QueryOptions& options, const CutOptions& cut) {
  return Plan(
      database, *plan, [&] { return lower::LowerStatement(plan, options.time_zone); },
      &plan->output, options, cut);
}

StageGraph PlanWrite(engine::Database& database, const engine::WriteRequest& request,
                     const std::string& folder, const engine::QueryOptions& options,
                     CutOptions cut) {
  cut.files = WantedOf(request);
  return Plan(
      database, *request.input,
      [&] { return engine::MakeCopy(request, folder, options.time_zone); },
      /*result=*/nullptr, options, cut);
}

}  // namespace pyrite::stages
