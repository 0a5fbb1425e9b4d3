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
  kForward,    // the whole output of the task of the same number
};

struct Input {
  int stage = 0;
  Read read = Read::kAll;
};

struct Stage {
  int id = 0;  // its place in the graph
  std::shared_ptr<const Fragment> fragment;
  std::vector<Input> inputs;  // by slot of the fragment
  Partitioning output;
  int tasks = 1;
  // It reads what only the coordinator has: rows of the client, kept rows, files read row by row.
  bool at_coordinator = false;
  // Its tasks write files, and give no rows. What they have written outlives the worker.
  bool writes = false;
  double estimated_rows = 0;
  double estimated_bytes = 0;
};

struct StageGraph {
  // Each after its inputs. The last one has the result, in one task; or it writes, in any number.
  std::vector<Stage> stages;
  bool IsWrite() const { return stages.back().writes; }
};

// The plan of one task of a stage, as bytes that a worker reads. Raises INTERNAL_ERROR when
// something in it cannot travel.
std::string SerializeTask(const Fragment& fragment, int task);

// A stage as EXPLAIN shows it.
struct StageText {
  std::string title;  // "stage 1: 2 tasks, one partition"
  std::string plan;   // a line for each operator
};
// By stage. Whole before the graph runs: this process's own fragments are taken out of it then.
std::vector<StageText> TextsOf(const StageGraph& graph);

// For EXPLAIN and the golden tests: a stage after the other, the result's first.
std::string ToString(const StageGraph& graph);

}  // namespace pyrite::stages
