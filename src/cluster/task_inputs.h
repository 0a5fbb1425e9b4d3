// Which outputs of a stage, and which of their partitions, a task of another stage reads.
#pragma once

#include <vector>

#include "exchange/output_store.h"
#include "stages/stage_graph.h"

namespace pyrite::cluster {

// The same partitions of some tasks' outputs.
struct Portion {
  std::vector<size_t> tasks;
  exchange::Partitions partitions;
};

struct Reader {
  int task = 0;
  int tasks = 1;                    // of its stage
  exchange::Partitions partitions;  // that are its own, of those that go by number
};

// In the order in which they are read. `made`: the number of outputs.
std::vector<Portion> PortionsOf(const stages::Input& input, const stages::Stage& source,
                                size_t made, const Reader& reader);

// Runs of partitions of at least so many bytes, as many as there are: each becomes a task.
std::vector<exchange::Partitions> Coalesced(const std::vector<int64_t>& partition_bytes,
                                            int64_t least_bytes);

}  // namespace pyrite::cluster
