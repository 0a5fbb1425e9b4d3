// Arguments that are options: constant maps of texts.
#pragma once

#include "functions/build.h"

namespace pyrite::functions {

// Names and values in turn as one constant text, for kernels; the session's time zone is added.
// `place`: of the map among the arguments; there may be none. Raises INVALID_OPTIONS.*.
plan::ExpressionPtr OptionsText(const plan::Expressions& arguments, size_t place,
                                const CallContext& context);

// What stands between names and values there.
inline constexpr char kOptionEnd = '\x1f';

}  // namespace pyrite::functions
