// A query cut at its network boundaries: stages, each of which runs as tasks on many machines.
//
//   stage 2 (1 task, the result)   ORDER BY   <- gather 1
//   stage 1 (4 tasks)              final sum  <- hash 0
//   stage 0 (4 tasks)              partial sum over a quarter of the scan
//
// Values: nothing here is changed once it is made, and everything may be used by several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pyrite::stages {

// What one stage does: DuckDB's plan below its boundary (fragment.h).
class Fragment;
// Rows that are there already (kept_source.h).
class KeptSource;

// How the tasks of a stage cut their rows into partitions.
struct Partitioning {
  enum class Kind : uint8_t {
    kOne,         // one partition
    kHash,        // by the hash of the columns `keys`
    kRange,       // by the values of the one column of `keys`: partition i from bounds[i - 1] on
    kRoundRobin,  // evenly
  } kind = Kind::kOne;
  std::vector<int> keys;  // positions in the stage's output
  int count = 1;
  std::vector<int64_t> bounds;  // ascending
};

// What of another stage's output a task reads.
enum class Read : uint8_t {
  kAll,        // all of it: gather with one task, broadcast with many
  kPartition,  // the partition of the task's own number, of every task
  // The whole output of the task of the same number; of a stage with another number of tasks than
  // the reader's own, those of a run of them, in their order.
  kForward,
};

struct Input {
  int stage = 0;
  Read read = Read::kAll;
  // Partitions that are too large for one task, when others are read by their number: every task
  // has some of their rows (`spread`), or all of them (`copied`).
  std::vector<int> spread = {};
  std::vector<int> copied = {};
};

struct Stage {
  int id = 0;  // its place in the graph
  std::shared_ptr<const Fragment> fragment;
  std::vector<Input> inputs;  // by slot of the fragment
  Partitioning output;
  int tasks = 1;
  // It reads what only the coordinator has: rows of the client, kept rows, files read row by row.
  bool at_coordinator = false;
  // Each task scans a slice of its own.
  bool has_slices = false;
  // Its tasks write files, and give no rows. What they have written outlives the worker.
  bool writes = false;
  // The program wants its rows spread: a task reads its own partition alone, however small.
  bool spreads = false;
  // It calls functions of chance: its rows are others when they are made again.
  bool draws = false;
  // What its tasks make stays with their workers when the query is over.
  bool keeps = false;
  // Its tasks have run for an earlier query: it has no fragment.
  std::shared_ptr<const KeptSource> kept;
  double estimated_rows = 0;
  double estimated_bytes = 0;
};

struct StageGraph {
  // Each after its inputs. The last one has the result, in one task; or it writes or keeps its
  // rows, in any number.
  std::vector<Stage> stages;
  bool is_whole = true;  // false: the last ones are still to come
  // Whether sizes that are not known yet would have decided something else.
  bool may_adapt = false;

  bool HasResult() const { return is_whole && !stages.back().writes && !stages.back().keeps; }
};

// What all tasks of a stage have made.
struct StageSize {
  int64_t rows = 0;
  std::vector<int64_t> partition_bytes;

  int64_t bytes() const;
};

// The plan of one task of a stage, as bytes that a worker reads. Raises INTERNAL_ERROR when
// something in it cannot travel.
std::string SerializeTask(const Fragment& fragment, int task);

// A stage as EXPLAIN shows it.
struct StageText {
  std::string title;  // "stage 1: 2 tasks, one partition"
  std::string plan;   // a line for each operator
};
// By stage, from the `first` on. Whole before these run: this process's own fragments are taken out
// of the graph then.
std::vector<StageText> TextsOf(const StageGraph& graph, size_t first = 0);

// For EXPLAIN and the golden tests: a stage after the other, the result's first.
std::string ToString(const StageGraph& graph);

}  // namespace pyrite::stages
