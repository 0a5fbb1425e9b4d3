// Variants of JSON texts.
#pragma once

#include <string_view>

#include "lower/kernels/variant/variant_builder.h"

namespace pyrite::lower {

// False for a text that is no JSON when `lenient`, else it raises MALFORMED_RECORD_IN_PARSING.
bool AppendJsonVariant(std::string_view text, bool lenient, VariantBuilder& builder);

}  // namespace pyrite::lower
