// The arguments of start_server and describe_workers that are about a cluster.
#pragma once

#include <nanobind/nanobind.h>

#include <string>

#include "cluster/cluster_engine.h"

namespace pyrite::bindings {

// A cluster whose workers Python tells: set_workers.
inline constexpr char kPushed[] = "pushed";

struct ClusterArguments {
  std::string
      workers;  // as MakeResolver takes them, or kPushed; empty: queries run in this process
  cluster::ClusterOptions options;  // but for who the workers are
};

// workers, query_log, query_pictures, cluster_*. Raises TypeError for any other name.
ClusterArguments ReadClusterArguments(const nanobind::kwargs& arguments);

}  // namespace pyrite::bindings
