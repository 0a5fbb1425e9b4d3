// Paths into variants: $, $.name, $[0], $['name'], $["name"].
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lower/kernels/variant/variant_view.h"

namespace pyrite::lower {

class VariantPath {
 public:
  // nullopt: no path.
  static std::optional<VariantPath> Read(std::string_view text);

  // nullopt: there is nothing.
  std::optional<VariantView> Follow(VariantView variant) const;

 private:
  struct Step {
    std::optional<std::string> name;  // or an index
    size_t index = 0;
  };
  std::vector<Step> steps_;
};

}  // namespace pyrite::lower
