#include "cluster/task_inputs.h"

#include <algorithm>
#include <numeric>

namespace pyrite::cluster {
namespace {

using exchange::Partitions;

std::vector<size_t> Run(size_t from, size_t to) {
  std::vector<size_t> run(to - from);
  std::iota(run.begin(), run.end(), from);
  return run;
}

bool Has(const std::vector<int>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

std::vector<Portion> OwnPartitions(const stages::Input& input, size_t made, const Reader& reader) {
  if (input.spread.empty() && input.copied.empty()) {
    return {{Run(0, made), reader.partitions}};
  }
  std::vector<Portion> portions;
  if (!Has(input.spread, reader.task) && !Has(input.copied, reader.task)) {
    portions.push_back({Run(0, made), reader.partitions});
  }
  for (int partition : input.copied) {
    portions.push_back({Run(0, made), {partition, partition + 1}});
  }
  std::vector<size_t> share;
  for (size_t i = 0; i < made; ++i) {
    if (static_cast<int>(i) % reader.tasks == reader.task) share.push_back(i);
  }
  for (int partition : input.spread) portions.push_back({share, {partition, partition + 1}});
  return portions;
}

}  // namespace

std::vector<Portion> PortionsOf(const stages::Input& input, const stages::Stage& source,
                                size_t made, const Reader& reader) {
  auto task = static_cast<size_t>(reader.task);
  auto tasks = static_cast<size_t>(reader.tasks);
  Partitions all{0, source.output.count};
  switch (input.read) {
    case stages::Read::kAll: return {{Run(0, made), all}};
    case stages::Read::kPartition: return OwnPartitions(input, made, reader);
    case stages::Read::kForward:
      return {{Run(made * task / tasks, made * (task + 1) / tasks), all}};
  }
  return {};
}

std::vector<Partitions> Coalesced(const std::vector<int64_t>& partition_bytes,
                                  int64_t least_bytes) {
  std::vector<Partitions> runs;
  int64_t bytes = least_bytes;  // of the last run
  for (int i = 0; i < static_cast<int>(partition_bytes.size()); ++i) {
    if (bytes >= least_bytes) {
      runs.push_back({i, i});
      bytes = 0;
    }
    runs.back().to = i + 1;
    bytes += partition_bytes[i];
  }
  if (bytes < least_bytes && runs.size() > 1) {  // too little is left for a task of its own
    runs[runs.size() - 2].to = runs.back().to;
    runs.pop_back();
  }
  return runs;
}

}  // namespace pyrite::cluster
