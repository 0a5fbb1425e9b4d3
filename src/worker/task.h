// What a worker is asked to do, and what it answers, as values and as bytes.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/write_files.h"
#include "exchange/peers.h"
#include "stages/stage_graph.h"

namespace pyrite::worker {

// The same partitions of some outputs.
struct Share {
  std::vector<exchange::OutputLocation> outputs;
  exchange::Partitions partitions;
};

// Where the rows of one slot of a fragment are, in their order.
struct Slot {
  std::vector<Share> shares;
};

struct Task {
  exchange::TaskId id;
  int32_t tasks = 1;        // of its stage, at the most
  std::string build;        // of the coordinator: a plan's bytes are read by the same build only
  std::string coordinator;  // its address
  std::string plan;         // stages::Fragment::Serialize
  std::vector<Slot> slots;
  stages::Partitioning output;
  std::string time_zone = "UTC";
  bool ansi = true;
  bool keeps = false;  // its output stays when the query is over
};

struct TaskResult {
  exchange::OutputLocation output;  // where it is
  exchange::OutputSize size;
  engine::WrittenFiles written;  // of a task that writes files: it has no output
  double seconds = 0;            // that it ran
  double waited = 0;             // seconds until the worker had room for it
  int64_t spill_bytes = 0;  // the most that the worker had on disk for joins, sorts, aggregates
};

// An output that the node's exchange takes over.
struct Adoption {
  exchange::OutputLocation output;  // with the path of the worker's file
  bool keeps = false;               // it stays when the query is over
};

std::string Encode(const Task& task);
std::string Encode(const TaskResult& result);
std::string Encode(const Adoption& adoption);
Task DecodeTask(const std::string& bytes);
TaskResult DecodeTaskResult(const std::string& bytes);
Adoption DecodeAdoption(const std::string& bytes);

// What must be the same on all nodes of a cluster.
std::string BuildId();

}  // namespace pyrite::worker
