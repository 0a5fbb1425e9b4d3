#include "base/text/pattern_fault.h"

#include <cctype>

namespace pyrite {
namespace {

using Kind = PatternFaultKind;
constexpr std::string_view kWeekBased = "YWwuec";
constexpr std::string_view kRefused = "ABnNp";
constexpr std::string_view kRefusedInReading = "EFqQ";
constexpr std::string_view kOfJava = "GuyDMLdQqYwWEecFaBhKkHmsSAnNVvzOXxZpg";
constexpr size_t kLongestName = 4;  // GMLEQq, in letters
constexpr size_t kLongestYear = 6;

bool Holds(std::string_view letters, char letter) {
  return letters.find(letter) != std::string_view::npos;
}

Kind KindOf(char letter, size_t count, bool for_reading) {
  if (Holds(kWeekBased, letter)) return Kind::kWeekBased;
  if (Holds(kRefused, letter)) return Kind::kIllegalCharacter;
  if (for_reading && Holds(kRefusedInReading, letter)) return Kind::kIllegalCharacter;
  if (Holds("GMLEQq", letter) && count > kLongestName) return Kind::kLength;
  if (letter == 'y' && count > kLongestYear) return Kind::kLength;
  return Holds(kOfJava, letter) ? Kind::kNone : Kind::kUnknownLetter;
}

// Letters of Java's SimpleDateFormat.
bool IsOfOldJava(std::string_view pattern) {
  constexpr std::string_view kOfOldJava = "GyYMLwWDdFEuaHkKhmsSzZX";
  bool quoted = false;
  for (char c : pattern) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && std::isalpha(static_cast<unsigned char>(c)) && !Holds(kOfOldJava, c)) {
      return false;
    }
  }
  return true;
}

PatternFault FirstFault(std::string_view pattern, bool for_reading) {
  bool quoted = false;
  PatternFault unknown;
  for (size_t at = 0, end = 0; at < pattern.size(); at = end) {
    char letter = pattern[at];
    end = at + 1;
    if (letter == '\'') quoted = !quoted;
    if (quoted || !std::isalpha(static_cast<unsigned char>(letter))) continue;
    while (end < pattern.size() && pattern[end] == letter) ++end;
    Kind kind = KindOf(letter, end - at, for_reading);
    if (kind == Kind::kNone) continue;
    size_t shown = kind == Kind::kLength ? (letter == 'y' ? kLongestYear : kLongestName) + 1 : 1;
    PatternFault fault{kind, pattern.substr(at, shown)};
    if (kind != Kind::kUnknownLetter) return fault;  // Java looks after Spark did
    unknown = fault;
  }
  return unknown;
}

}  // namespace

PatternFault FaultOf(std::string_view pattern, bool for_reading) {
  PatternFault fault = FirstFault(pattern, for_reading);
  if (fault.kind != Kind::kNone && IsOfOldJava(pattern)) fault.kind = Kind::kOfOldSpark;
  return fault;
}

}  // namespace pyrite
