#include "lower/python/python_function.h"

#include <atomic>

#include "duckdb.hpp"
#include "duckdb/function/table_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "lower/files/guarded.h"
#include "lower/python/task.h"
#include "lower/python/task_run.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

struct Info : public duckdb::TableFunctionInfo {
  explicit Info(std::shared_ptr<udf::WorkerPool> pool) : pool(std::move(pool)) {}
  std::shared_ptr<udf::WorkerPool> pool;
};

struct BindData : public duckdb::TableFunctionData {
  PythonTask task;
  std::shared_ptr<udf::WorkerPool> pool;
};

struct GlobalState : public duckdb::GlobalTableFunctionState {
  explicit GlobalState(bool in_order) : in_order(in_order) {}
  bool in_order;
  std::atomic<int32_t> processes = 0;
  // The rows of a group come one after the other only to a single thread.
  duckdb::idx_t MaxThreads() const override { return in_order ? 1 : MAX_THREADS; }
};

struct LocalState : public duckdb::LocalTableFunctionState {
  LocalState(duckdb::ClientContext& context, const BindData& data, GlobalState& global)
      : run(context, *data.pool, data.task, global.processes) {}
  TaskRun run;
};

duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::ClientContext&,
                                              duckdb::TableFunctionBindInput& input,
                                              duckdb::vector<duckdb::LogicalType>& types,
                                              duckdb::vector<duckdb::Identifier>& names) {
  auto data = duckdb::make_uniq<BindData>();
  data->task = PythonTask::FromParameters(input.inputs);
  data->pool = static_cast<const Info&>(*input.info).pool;
  for (const StructField& column : data->task.result()) {
    names.emplace_back("v" + std::to_string(names.size()));
    types.push_back(PhysicalType(column.type));
  }
  if (names.empty()) {  // only a number of rows; but DuckDB wants a column
    names.emplace_back("v0");
    types.push_back(duckdb::LogicalType::BOOLEAN);
  }
  return data;
}

duckdb::unique_ptr<duckdb::GlobalTableFunctionState> InitGlobal(
    duckdb::ClientContext&, duckdb::TableFunctionInitInput& input) {
  const PythonTask& task = input.bind_data->Cast<BindData>().task;
  return duckdb::make_uniq<GlobalState>(!task.is_of_rows() || task.in_one);
}

duckdb::unique_ptr<duckdb::LocalTableFunctionState> InitLocal(
    duckdb::ExecutionContext& context, duckdb::TableFunctionInitInput& input,
    duckdb::GlobalTableFunctionState* global) {
  return duckdb::make_uniq<LocalState>(context.client, input.bind_data->Cast<BindData>(),
                                       global->Cast<GlobalState>());
}

duckdb::OperatorResultType Run(duckdb::ExecutionContext&, duckdb::TableFunctionInput& data,
                               duckdb::DataChunk& input, duckdb::DataChunk& output) {
  TaskRun& run = data.local_state->Cast<LocalState>().run;
  bool more = Guarded([&] { return run.Push(input, output); });
  return more ? duckdb::OperatorResultType::HAVE_MORE_OUTPUT
              : duckdb::OperatorResultType::NEED_MORE_INPUT;
}

duckdb::OperatorFinalizeResultType Finish(duckdb::ExecutionContext&,
                                          duckdb::TableFunctionInput& data,
                                          duckdb::DataChunk& output) {
  TaskRun& run = data.local_state->Cast<LocalState>().run;
  bool more = Guarded([&] { return run.Finish(output); });
  return more ? duckdb::OperatorFinalizeResultType::HAVE_MORE_OUTPUT
              : duckdb::OperatorFinalizeResultType::FINISHED;
}

}  // namespace

void RegisterPythonFunction(duckdb::DatabaseInstance& database,
                            std::shared_ptr<udf::WorkerPool> pool) {
  using duckdb::LogicalType;
  duckdb::vector<LogicalType> arguments = {
      LogicalType::TABLE,   LogicalType::BIGINT,  LogicalType::BLOB,   LogicalType::VARCHAR,
      LogicalType::VARCHAR, LogicalType::VARCHAR, LogicalType::BIGINT, LogicalType::BIGINT,
      LogicalType::BIGINT,  LogicalType::BIGINT,  LogicalType::BIGINT, LogicalType::BIGINT,
      LogicalType::BIGINT,  LogicalType::BIGINT,  LogicalType::BIGINT, LogicalType::BIGINT,
      LogicalType::VARCHAR};
  duckdb::TableFunction function(duckdb::Identifier(kPythonFunction), arguments, nullptr, Bind,
                                 InitGlobal, InitLocal);
  function.in_out_function = Run;
  function.in_out_function_final = Finish;
  function.function_info = duckdb::make_shared_ptr<Info>(std::move(pool));
  duckdb::ExtensionLoader(database, "pyrite").RegisterFunction(std::move(function));
}

const PythonTask* PythonTaskOf(const duckdb::LogicalGet& get) {
  if (get.function.GetName() != duckdb::Identifier(kPythonFunction)) return nullptr;
  return &get.bind_data->Cast<BindData>().task;
}

void ForEachPythonTask(duckdb::LogicalOperator& plan,
                       const std::function<void(PythonTask&)>& visit) {
  for (auto& child : plan.children) ForEachPythonTask(*child, visit);
  if (plan.type != duckdb::LogicalOperatorType::LOGICAL_GET) return;
  auto& get = plan.Cast<duckdb::LogicalGet>();
  if (PythonTaskOf(get) != nullptr) visit(get.bind_data->Cast<BindData>().task);
}

}  // namespace pyrite::lower
