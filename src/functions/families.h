// The tables of all families; each stands in the file of its name.
#pragma once

#include <span>

#include "functions/registry.h"

namespace pyrite::functions {

std::span<const Function> OperatorFunctions();
std::span<const Function> ConditionalFunctions();
std::span<const Function> MathFunctions();
std::span<const Function> StringFunctions();
std::span<const Function> DateFunctions();
std::span<const Function> CollectionFunctions();
std::span<const Function> ArrayFunctions();
std::span<const Function> MapFunctions();
std::span<const Function> HigherOrderFunctions();
std::span<const Function> MomentFunctions();
std::span<const Function> AggregateFunctions();
std::span<const Function> WindowFunctions();
std::span<const Function> RandomFunctions();
std::span<const Function> FormatFunctions();
std::span<const Function> EncodingFunctions();
std::span<const Function> IntervalFunctions();
std::span<const Function> TimeFunctions();
std::span<const Function> StackFunctions();
std::span<const Function> JsonFunctions();
std::span<const Function> SketchFunctions();
std::span<const Function> HllFunctions();
std::span<const Function> KllFunctions();
std::span<const Function> XpathFunctions();
std::span<const Function> VariantFunctions();
std::span<const Function> MiscFunctions();
std::span<const Function> UnsupportedFunctions();

}  // namespace pyrite::functions
