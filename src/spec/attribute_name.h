// Names of columns as DataFrame code writes them: col("a.b"), col("`a.b`.c"), col("sum(v)"). Only
// dots and backticks mean something.
#pragma once

#include <string>

#include "spec/expression.h"

namespace pyrite::spec {

// Raises INVALID_ATTRIBUTE_NAME_SYNTAX.
NameParts ParseAttributeName(const std::string& name);

}  // namespace pyrite::spec
