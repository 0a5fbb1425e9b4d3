// Casts of text to ANSI intervals: "1-2", "-1 02:03:04.5", "INTERVAL -'1-2' YEAR TO MONTH".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/types.h"

namespace pyrite {

enum class IntervalOutcome : uint8_t { kOk, kMalformed, kOutOfRange };

// Months or microseconds, by `type`, whose fields the text must have exactly.
IntervalOutcome TextToInterval(std::string_view text, const DataType& type, int64_t* out);

// What a unit of the field counts: months of a year-month type, else microseconds.
int64_t IntervalFieldUnit(const DataType& type, int field);

// The forms that the type takes, as Spark's messages show them.
std::string IntervalFormats(const DataType& type);

}  // namespace pyrite
