#include "base/text/zone_offset.h"

namespace pyrite {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes `least` to two digits.
std::optional<int32_t> TakeNumber(std::string_view* text, size_t least) {
  size_t n = 0;
  int32_t value = 0;
  while (n < 2 && n < text->size() && IsDigit((*text)[n])) value = value * 10 + (*text)[n++] - '0';
  if (n < least) return std::nullopt;
  text->remove_prefix(n);
  return value;
}

// "+h", "+hh", "+hhmm", "+hhmmss" and with colons.
std::optional<int32_t> SignedOffset(std::string_view text) {
  const bool negative = text[0] == '-';
  text.remove_prefix(1);
  const bool one_digit_hour = text.size() > 1 && text[1] == ':';
  const std::optional<int32_t> hours =
      TakeNumber(&text, text.size() == 1 || one_digit_hour ? 1 : 2);
  if (!hours) return std::nullopt;
  int32_t parts[2] = {0, 0};
  const bool colons = !text.empty() && text[0] == ':';
  for (int32_t& part : parts) {
    if (text.empty()) break;
    if ((text[0] == ':') != colons) return std::nullopt;
    if (colons) text.remove_prefix(1);
    // One digit of minutes stands only at the end, after two of hours or one.
    const bool last_minutes = &part == &parts[0] && colons && text.size() == 1;
    const std::optional<int32_t> value = TakeNumber(&text, last_minutes ? 1 : 2);
    if (!value || *value > 59) return std::nullopt;
    part = *value;
  }
  if (!text.empty()) return std::nullopt;
  const int32_t seconds = *hours * 3600 + parts[0] * 60 + parts[1];
  if (seconds > 18 * 3600) return std::nullopt;
  return negative ? -seconds : seconds;
}

bool IsSign(char c) { return c == '+' || c == '-'; }

}  // namespace

std::optional<int32_t> ZoneOffsetSeconds(std::string_view id) {
  if (id == "Z" || id == "UTC" || id == "GMT" || id == "UT") return 0;
  for (std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (id.starts_with(prefix) && id.size() > prefix.size() && IsSign(id[prefix.size()])) {
      id.remove_prefix(prefix.size());
      break;
    }
  }
  if (id.size() < 2 || !IsSign(id[0])) return std::nullopt;
  return SignedOffset(id);
}

}  // namespace pyrite
