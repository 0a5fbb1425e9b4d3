#include "functions/registry.h"

namespace pyrite::functions {

const char* NameOf(const Function& function) { return function.name; }

bool IsDeterministic(const Function& function) {
  return function.determinism == Determinism::kDeterministic;
}

}  // namespace pyrite::functions
