// What Spark refuses in a date pattern before it reads or writes anything by it.
#pragma once

#include <cstdint>
#include <string_view>

namespace pyrite {

enum class PatternFaultKind : uint8_t {
  kNone,
  kOfOldSpark,        // one of the following, in a pattern that Spark 2 would take
  kWeekBased,         // a letter of weeks, which Spark 3 took out
  kIllegalCharacter,  // a letter that Spark does not take, or not for reading
  kLength,            // a letter too often
  kUnknownLetter,     // a letter that Java does not know
};

struct PatternFault {
  PatternFaultKind kind = PatternFaultKind::kNone;
  std::string_view part;  // the letter, or the letters
};

PatternFault FaultOf(std::string_view pattern, bool for_reading);

}  // namespace pyrite
