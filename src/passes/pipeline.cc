#include "passes/pipeline.h"

#include "passes/collapse_projects.h"
#include "passes/extract_python.h"
#include "passes/inline_ctes.h"
#include "passes/lateral_python.h"
#include "passes/order_limited_windows.h"
#include "passes/order_small_products.h"
#include "passes/partition_ids.h"
#include "passes/python_columns.h"
#include "passes/python_filters.h"
#include "plan/validate.h"

namespace pyrite::passes {
namespace {

using Clock = std::chrono::steady_clock;

struct Pass {
  const char* name;
  plan::RelationPtr (*run)(plan::RelationPtr);
  bool is_needed = false;  // the plan cannot run without it
};

constexpr Pass kPasses[] = {
    // First: what is used once is then seen by the others where it is used.
    {"inline_ctes", InlineCtes},
    // Before projections are merged: they add some.
    {"order_small_products", OrderSmallProducts},
    {"partition_ids", PartitionIds, true},
    // After them: inlined tables bring projections right below others.
    {"collapse_projects", CollapseProjects},
    // Before calls are taken out of expressions: those of the arguments are, too.
    {"lateral_python", LateralPython, true},
    // After projections are merged: what is selected in one step is then run by one worker.
    {"extract_python", ExtractPython, true},
    {"python_filters", PythonFilters},
    // After them: what only they have read need not pass.
    {"python_columns", PythonColumns},
    // Where the windows stand is known by now.
    {"order_limited_windows", OrderLimitedWindows},
};

}  // namespace

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const Pass& pass : kPasses) names.push_back(pass.name);
  return names;
}

plan::RelationPtr RunAll(plan::RelationPtr plan, const Options& options) {
  if (options.validate) plan::Validate(*plan, "analysis");
  for (const Pass& pass : kPasses) {
    if (!pass.is_needed && options.excluded.contains(pass.name)) continue;
    Clock::time_point start = Clock::now();
    plan = pass.run(std::move(plan));
    if (options.timings) options.timings->push_back({pass.name, Clock::now() - start});
    if (options.validate) plan::Validate(*plan, pass.name);
  }
  return plan;
}

}  // namespace pyrite::passes
