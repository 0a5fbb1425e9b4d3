// Engines run resolved plans. `embedded` runs them in this process on DuckDB; engines that cut the
// plan into stages stand behind the same interface.
//
//   auto query = engine.Execute(plan, options);
//   while (auto batch = query->Next()) { ... }
//
// An engine is thread-safe. A QueryRun belongs to one thread, but Interrupt and Progress may be
// called from any.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plan/relation.h"
#include "plan/stored_rows.h"

namespace arrow {
class RecordBatch;
class Schema;
}  // namespace arrow

namespace pyrite::udf {
class WorkerPool;
}

namespace pyrite::engine {

struct EngineOptions {
  int threads = 0;              // 0: all cores
  std::string memory_limit;     // "4GB"; empty: 80 % of the machine's
  std::string spill_directory;  // where the engine makes a folder of its own; empty: the system's
                                // temporary folder
  // The interpreter and the script that run Python functions; empty: none do.
  std::vector<std::string> python_worker = {};
};

// What an engine may decide anew by the sizes of what it has made so far.
struct AdaptiveOptions {
  bool broadcast = true;  // one side of a join to all tasks
  bool coalesce = true;   // small partitions into one task
  int64_t least_partition_bytes = 1 << 20;
  bool split_skewed = true;          // a large partition of a join between all tasks
  double skewed_factor = 5;          // so many times the median
  int64_t skewed_bytes = 256 << 20;  // and at least so large
};

struct QueryOptions {
  std::string time_zone = "UTC";
  bool ansi = true;
  int64_t batch_rows = 65536;       // rows in a record batch, at the most
  int64_t batch_bytes = 3 << 20;    // and bytes, but for a larger row
  int64_t buffer_bytes = 64 << 20;  // results made ahead of the reader, at the most
  bool profile = false;             // Report() is wanted
  AdaptiveOptions adaptive;
  bool rows_may_be_made_again = false;  // those that are stored, when a machine is lost
};

struct QueryProgress {
  double fraction = 0;  // 0 to 1
  int64_t rows = 0;
};

struct QueryMetrics {
  int64_t rows = 0;
  double seconds = 0;
};

class QueryRun {
 public:
  virtual ~QueryRun() = default;
  // Spark's Arrow form of the plan's schema (see base/type_arrow.h).
  virtual std::shared_ptr<arrow::Schema> schema() const = 0;
  // The next rows, nullptr at the end. Raises SparkError; OPERATION_CANCELED after Interrupt.
  virtual std::shared_ptr<arrow::RecordBatch> Next() = 0;
  virtual void Interrupt() = 0;
  virtual QueryProgress Progress() const = 0;
  virtual QueryMetrics Metrics() const = 0;
  // What it has done, as text, once it is over: EXPLAIN ANALYZE.
  virtual std::string Report() const { return ""; }
};

// What to write, and how (df.write). The job is atomic: a failed one leaves the old data whole.
struct WriteRequest {
  plan::RelationPtr input;
  // The files that there are to be (in each partition); 0: any number. Of several, the last column
  // of `input` has the number for each row, from 0 on, and is none of the data.
  int64_t files = 0;
  std::string format;
  std::string path;
  enum class Mode : uint8_t {
    kErrorIfExists,
    kAppend,
    kOverwrite,
    kIgnore,
    kOverwritePartitions,  // only those partitions that are written
  } mode = Mode::kErrorIfExists;
  std::vector<std::string> partition_columns;
  bool case_sensitive = false;
  std::string compression = "snappy";
  plan::Options options;  // of formats made of text: settled (sources/text/text_options.h)
  int64_t max_records_per_file = 0;  // 0 and below: any number
};

// A query whose rows stay with the engine: the first Next() runs it, and gives none.
class StoreRun : public QueryRun {
 public:
  virtual plan::StoredRows::KeptPtr rows() const = 0;
};

class ExecutionEngine {
 public:
  virtual ~ExecutionEngine() = default;
  virtual std::unique_ptr<QueryRun> Execute(plan::RelationPtr plan,
                                            const QueryOptions& options) = 0;
  // A write job: the first Next() carries it out and gives no rows.
  virtual std::unique_ptr<QueryRun> Write(WriteRequest request, const QueryOptions& options) = 0;
  // Rows to be kept within the memory limit, and spilled beyond it.
  virtual std::unique_ptr<StoreRun> Store(plan::RelationPtr plan, const QueryOptions& options) = 0;
  // The engine's own plan as text: EXPLAIN; with the sizes that are expected.
  virtual std::string Explain(plan::RelationPtr plan, const QueryOptions& options,
                              bool statistics) = 0;
  // Bytes that queries hold now.
  virtual int64_t MemoryUsed() const = 0;
  // The processes of Python on this machine.
  virtual udf::WorkerPool& PythonWorkers() = 0;
  // Removes what the engine has on disk: the process is to end at once, whatever runs.
  virtual void Abandon() = 0;
};

// What engines of one process share (database.h).
class Database;
// Raises SparkError when an option cannot be taken, or the spill folder cannot be written.
std::shared_ptr<Database> OpenDatabase(const EngineOptions& options);

std::unique_ptr<ExecutionEngine> MakeEmbeddedEngine(std::shared_ptr<Database> database);

}  // namespace pyrite::engine
