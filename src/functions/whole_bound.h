// An integer compared with a decimal literal is compared with the whole number that decides the
// same: a < 2.5 is a < 3. It shows in the names of columns, and an index or a statistic of the
// integer stays of use.
#pragma once

#include <optional>
#include <string_view>

#include "functions/registry.h"

namespace pyrite::functions {

struct WholeBound {
  std::optional<int64_t> number;  // absent: no integer reaches the literal
  bool result = false;            // of every comparison then
};

// For `integer <symbol> literal`; nullopt for other operators and literals.
std::optional<WholeBound> FindWholeBound(std::string_view symbol, const Literal& literal);

// The operator with its sides exchanged: > for <.
std::string_view Flipped(std::string_view symbol);

}  // namespace pyrite::functions
