// A small JSON reader, for schemas and the like.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pyrite {

struct Json {
  enum class Kind : uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  std::string text;  // a string's characters; a number's, true's or false's own text
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>> members;

  // The member `name`, nullptr when there is none.
  const Json* Find(std::string_view name) const;
};

// Raises INVALID_JSON_DATA_TYPE.
Json ParseJson(std::string_view text);
// Compact text again: members in their order.
std::string ToText(const Json& json);
// With quotes and escapes.
std::string QuoteJson(std::string_view text);

}  // namespace pyrite
