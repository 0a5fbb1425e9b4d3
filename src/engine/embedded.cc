// The engine in this process: one DuckDB instance, a pool of connections.
#include "duckdb.hpp"
#include "duckdb/main/config.hpp"
#include "duckdb/main/query_result.hpp"
#include "duckdb/parser/statement/explain_statement.hpp"
#include "duckdb/storage/buffer_manager.hpp"
#include "engine/connection_pool.h"
#include "engine/duckdb_errors.h"
#include "engine/engine.h"
#include "engine/query_run.h"
#include "engine/spill_folder.h"
#include "engine/store.h"
#include "engine/write.h"
#include "lower/kernels/kernels.h"
#include "lower/lower.h"
#include "lower/scan_functions.h"

namespace pyrite::engine {
namespace {

// Frames of DuckDB's binder are large: beyond this its recursion could meet the end of the stack.
constexpr int64_t kMaxExpressionDepth = 2000;

constexpr int kMaxThreads = 1024;

void CheckOptions(const EngineOptions& options) {
  if (options.threads < 0 || options.threads > kMaxThreads) {
    throw SparkError("THREADS.PYRITE", {{"value", std::to_string(options.threads)}});
  }
  try {
    if (!options.memory_limit.empty()) duckdb::DBConfig::ParseMemoryLimit(options.memory_limit);
  } catch (const duckdb::Exception&) {
    throw SparkError("MEMORY_LIMIT.PYRITE", {{"value", "'" + options.memory_limit + "'"}});
  }
}

std::unique_ptr<duckdb::DuckDB> OpenDatabase(const EngineOptions& options,
                                             const std::string& spill_folder) {
  duckdb::DBConfig config;
  auto set = [&](const char* name, const duckdb::Value& value) {
    config.SetOptionByName(duckdb::Identifier(name), value);
  };
  CheckOptions(options);
  if (options.threads > 0) set("threads", duckdb::Value::BIGINT(options.threads));
  if (!options.memory_limit.empty()) set("memory_limit", duckdb::Value(options.memory_limit));
  set("temp_directory", duckdb::Value(spill_folder));
  set("max_expression_depth", duckdb::Value::BIGINT(kMaxExpressionDepth));
  set("autoinstall_known_extensions", duckdb::Value::BOOLEAN(false));
  set("autoload_known_extensions", duckdb::Value::BOOLEAN(false));
  return std::make_unique<duckdb::DuckDB>(nullptr, &config);
}

class EmbeddedEngine : public ExecutionEngine {
 public:
  explicit EmbeddedEngine(const EngineOptions& options)
      : spill_(options.spill_directory),
        database_(OpenDatabase(options, spill_.path().string())),
        pool_(*database_) {
    lower::RegisterKernels(*database_->instance);
    lower::RegisterScanFunctions(*database_->instance);
  }

  std::unique_ptr<QueryRun> Execute(plan::RelationPtr plan, const QueryOptions& options) override {
    auto statement = lower::LowerStatement(plan, options.time_zone);
    return std::make_unique<EmbeddedRun>(pool_, std::move(plan), std::move(statement), options);
  }

  std::unique_ptr<QueryRun> Write(WriteRequest request, const QueryOptions& options) override {
    return std::make_unique<WriteRun>(pool_, std::move(request), options);
  }

  std::unique_ptr<StoreRun> Store(plan::RelationPtr plan, const QueryOptions& options) override {
    auto statement = lower::LowerStatement(plan, options.time_zone);
    return std::make_unique<EmbeddedStoreRun>(pool_, std::move(plan), std::move(statement),
                                              options);
  }

  std::string Explain(plan::RelationPtr plan, const QueryOptions& options) override {
    auto statement =
        duckdb::make_uniq<duckdb::ExplainStatement>(lower::LowerStatement(plan, options.time_zone));
    auto connection = pool_.Take(options);
    auto result = connection->Query(std::move(statement));
    if (result->HasError()) throw FromDuckDB(result->GetErrorObject());
    std::string text;
    for (auto& row : *result) text += row.GetValue<std::string>(1);
    return text;
  }

  int64_t MemoryUsed() const override {
    return static_cast<int64_t>(
        duckdb::BufferManager::GetBufferManager(*database_->instance).GetUsedMemory());
  }

  void Abandon() override { spill_.Remove(); }

 private:
  SpillFolder spill_;  // outlives the database
  std::unique_ptr<duckdb::DuckDB> database_;
  ConnectionPool pool_;
};

}  // namespace

std::unique_ptr<ExecutionEngine> MakeEmbeddedEngine(const EngineOptions& options) {
  try {
    return std::make_unique<EmbeddedEngine>(options);
  } catch (const SparkError&) {
    throw;
  } catch (const std::exception& error) {
    throw FromDuckDB(duckdb::ErrorData(error));
  }
}

}  // namespace pyrite::engine
