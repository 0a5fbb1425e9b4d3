// The engine in this process, on its DuckDB.
#include "duckdb.hpp"
#include "duckdb/main/query_result.hpp"
#include "duckdb/parser/statement/explain_statement.hpp"
#include "engine/database.h"
#include "engine/duckdb_errors.h"
#include "engine/engine.h"
#include "engine/physical_plan.h"
#include "engine/query_run.h"
#include "engine/store.h"
#include "engine/write.h"
#include "lower/lower.h"

namespace pyrite::engine {
namespace {

class EmbeddedEngine : public ExecutionEngine {
 public:
  explicit EmbeddedEngine(std::shared_ptr<Database> database)
      : database_(std::move(database)), pool_(database_->connections()) {}

  std::unique_ptr<QueryRun> Execute(plan::RelationPtr plan, const QueryOptions& options) override {
    auto statement = lower::LowerStatement(plan, options.time_zone);
    return std::make_unique<EmbeddedRun>(pool_.Take(options), std::move(plan), std::move(statement),
                                         options);
  }

  std::unique_ptr<QueryRun> Write(WriteRequest request, const QueryOptions& options) override {
    return std::make_unique<WriteRun>(
        std::move(request), [this, options](const WriteRequest& rows, const std::string& folder) {
          return MakeFilesRun(*database_, rows, folder, options);
        });
  }

  std::unique_ptr<StoreRun> Store(plan::RelationPtr plan, const QueryOptions& options) override {
    auto statement = lower::LowerStatement(plan, options.time_zone);
    return std::make_unique<EmbeddedStoreRun>(pool_.Take(options), std::move(plan),
                                              std::move(statement));
  }

  std::string Explain(plan::RelationPtr plan, const QueryOptions& options,
                      bool statistics) override {
    auto statement = duckdb::make_uniq<duckdb::ExplainStatement>(
        lower::LowerStatement(plan, options.time_zone), duckdb::ExplainType::EXPLAIN_STANDARD,
        duckdb::ProfilerPrintFormat::JSON());
    auto connection = pool_.Take(options);
    auto result = connection->Query(std::move(statement));
    if (result->HasError()) throw FromDuckDB(result->GetErrorObject());
    std::string text;
    for (auto& row : *result) text += row.GetValue<std::string>(1);
    return PhysicalPlanText(text, *plan, statistics);
  }

  int64_t MemoryUsed() const override { return database_->MemoryUsed(); }
  udf::WorkerPool& PythonWorkers() override { return database_->python_workers(); }
  void Abandon() override { database_->Abandon(); }

 private:
  const std::shared_ptr<Database> database_;
  ConnectionPool& pool_;
};

}  // namespace

std::unique_ptr<ExecutionEngine> MakeEmbeddedEngine(std::shared_ptr<Database> database) {
  return std::make_unique<EmbeddedEngine>(std::move(database));
}

}  // namespace pyrite::engine
