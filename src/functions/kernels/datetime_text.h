// Dates and timestamps as Spark's casts print them: "2020-01-02", "2020-01-02 03:04:05.6", years
// beyond four digits with a sign.
#pragma once

#include <cstdint>

namespace pyrite::functions {

// The longest text that the writers make.
constexpr int kDatetimeTextSize = 48;

// Each writes to `out` and returns the end.
char* WriteDate(char* out, int64_t days);
char* WriteTimestamp(char* out, int64_t local_micros);

}  // namespace pyrite::functions
