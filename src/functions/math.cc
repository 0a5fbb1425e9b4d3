#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

constexpr Function kRows[] = {
    {.name = "sqrt", .signatures = "(double) -> double", .doc = "The square root.",
     .means = Kernel{"spark_sqrt"}},
};

}  // namespace

std::span<const Function> MathFunctions() { return kRows; }

}  // namespace pyrite::functions
