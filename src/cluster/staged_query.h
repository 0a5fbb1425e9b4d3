// A query as stages, and the names that its outputs go by.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "stages/stage_graph.h"

namespace pyrite::cluster {

struct StagedQuery {
  stages::StageGraph graph;
  std::shared_ptr<const std::string> name;       // LiveQueries::Begin
  std::shared_ptr<const std::string> kept_name;  // of the last stage's outputs, when they are kept
  // Plans it anew while its stages run. Empty: the graph stands.
  using Run = std::function<stages::StageSize(const stages::StageGraph& graph, int stage)>;
  std::function<stages::StageGraph(const Run& run)> adapt;
};

}  // namespace pyrite::cluster
