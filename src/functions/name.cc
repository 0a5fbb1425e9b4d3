#include "functions/registry.h"

namespace pyrite::functions {

const char* NameOf(const Function& function) { return function.name; }

}  // namespace pyrite::functions
