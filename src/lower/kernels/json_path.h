// Paths of get_json_object: $.a.b[0].c, $['a'], $.a[*], $.*.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/json/json_document.h"

namespace pyrite::lower {

// Node `at` as compact JSON, numbers with a fraction as Java's doubles.
void AppendJson(const sources::JsonNodes& nodes, uint32_t at, std::string& out);

class JsonPath {
 public:
  // nullopt: malformed.
  static std::optional<JsonPath> Read(std::string_view text);

  // What is there: text as it is, other values as JSON; nullopt for nothing and for null.
  std::optional<std::string> Evaluate(const sources::JsonNodes& nodes) const;

 private:
  struct Step {
    enum class Kind : uint8_t { kName, kAnyName, kIndex, kAnyIndex } kind;
    std::string name;
    uint64_t index = 0;
  };
  enum class Style : uint8_t { kRaw, kQuoted, kFlatten };
  class Output;

  bool Walk(const sources::JsonNodes& nodes, uint32_t at, size_t step, Style style,
            Output& out) const;
  bool WalkObject(const sources::JsonNodes& nodes, uint32_t at, size_t step, Style style,
                  Output& out) const;
  bool WalkArray(const sources::JsonNodes& nodes, uint32_t at, size_t step, Style style,
                 Output& out) const;
  bool IsAnyIndex(size_t step) const {
    return step < steps_.size() && steps_[step].kind == Step::Kind::kAnyIndex;
  }

  std::vector<Step> steps_;
};

}  // namespace pyrite::lower
