#include "passes/pipeline.h"

#include "passes/inline_ctes.h"
#include "plan/validate.h"

namespace pyrite::passes {
namespace {

struct Pass {
  const char* name;
  plan::RelationPtr (*run)(plan::RelationPtr);
};

constexpr Pass kPasses[] = {
    // First: what is used once is then seen by the others where it is used.
    {"inline_ctes", InlineCtes},
};

}  // namespace

plan::RelationPtr RunAll(plan::RelationPtr plan) {
  for (const Pass& pass : kPasses) {
    plan = pass.run(std::move(plan));
#ifndef NDEBUG
    plan::Validate(*plan, pass.name);
#endif
  }
  return plan;
}

}  // namespace pyrite::passes
