// The passes between analysis and lowering, in their order.
//
//   passes::Options options;
//   options.excluded = {"collapse_projects"};
//   plan = passes::RunAll(std::move(plan), options);
//
// No pass is needed for right results, but inline_ctes and collapse_projects keep large plans
// within what the engine's binder takes.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "plan/relation.h"

namespace pyrite::passes {

struct Timing {
  const char* pass;
  std::chrono::nanoseconds elapsed;
};

struct Options {
  std::set<std::string> excluded;          // names of passes to leave out
  bool validate = false;                   // check the plan before the first pass and after each
  std::vector<Timing>* timings = nullptr;  // one is added for each pass that ran
};

std::vector<std::string> Names();

// Runs every pass. Unchanged parts keep their pointers.
plan::RelationPtr RunAll(plan::RelationPtr plan, const Options& options = {});

}  // namespace pyrite::passes
