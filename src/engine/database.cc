#include "engine/database.h"

#include "base/errors.h"
#include "duckdb.hpp"
#include "duckdb/main/config.hpp"
#include "duckdb/main/extension_helper.hpp"
#include "duckdb/parallel/task_scheduler.hpp"
#include "duckdb/storage/buffer_manager.hpp"
#include "engine/duckdb_errors.h"
#include "lower/kernels/kernels.h"
#include "lower/python/python_function.h"
#include "lower/scan_functions.h"
#include "udf/worker_pool.h"

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

// Of the extensions in DuckDB's library, not JSON's: nothing uses it, and its macros are SQL, for
// which DuckDB would make its parser at every start.
void LoadExtensions(duckdb::DuckDB& database) {
  for (const char* name : {"core_functions", "icu", "parquet"}) {
    auto result = duckdb::ExtensionHelper::LoadExtension(database, name);
    if (result != duckdb::ExtensionLoadResult::LOADED_EXTENSION) {
      throw errors::Internal(std::string("DuckDB's library has no extension ") + name);
    }
  }
}

std::unique_ptr<duckdb::DuckDB> Open(const EngineOptions& options,
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
  // DuckDB 2.0 waits for itself when a write is given up while another thread writes for it
  // (AsyncWriteQueue::AbortWrites). Without such threads writes take the same time.
  set("async_threads", duckdb::Value::BIGINT(0));
  set("autoinstall_known_extensions", duckdb::Value::BOOLEAN(false));
  set("autoload_known_extensions", duckdb::Value::BOOLEAN(false));
  config.options.load_extensions = false;
  auto database = std::make_unique<duckdb::DuckDB>(nullptr, &config);
  LoadExtensions(*database);
  return database;
}

}  // namespace

Database::Database(const EngineOptions& options)
    : spill_(options.spill_directory),
      database_(Open(options, spill_.path().string())),
      connections_(*database_) {
  lower::RegisterKernels(*database_->instance);
  lower::RegisterScanFunctions(*database_->instance);
  python_workers_ =
      std::make_shared<udf::WorkerPool>(options.python_worker, static_cast<size_t>(threads()));
  lower::RegisterPythonFunction(*database_->instance, python_workers_);
}

int64_t Database::MemoryUsed() const {
  return static_cast<int64_t>(
      duckdb::BufferManager::GetBufferManager(*database_->instance).GetUsedMemory());
}

int Database::threads() const {
  return duckdb::TaskScheduler::GetScheduler(*database_->instance).NumberOfThreads();
}

std::shared_ptr<Database> OpenDatabase(const EngineOptions& options) {
  try {
    return std::make_shared<Database>(options);
  } catch (const SparkError&) {
    throw;
  } catch (const std::exception& error) {
    throw FromDuckDB(duckdb::ErrorData(error));
  }
}

}  // namespace pyrite::engine
