// What is wrong with the fields of a date or time, in java.time's words, which Spark passes on.
#pragma once

#include <cstdint>
#include <string>

namespace pyrite::lower {

std::string RangeFault(const char* field, int64_t least, int64_t most, int64_t value);
// Empty: nothing.
std::string DateFault(int64_t year, int64_t month, int64_t day);
std::string TimeFault(int64_t hour, int64_t minute, int64_t second);

// DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION.
[[noreturn]] void ThrowOutOfRange(const std::string& fault);

}  // namespace pyrite::lower
