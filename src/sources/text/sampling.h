// What the formats made of text share when their schema is inferred.
#pragma once

#include <cstdint>

namespace pyrite::sources {

// Whether a value is taken into a sample: the same ones in every run.
bool IsSampled(uint64_t number, double ratio);

}  // namespace pyrite::sources
