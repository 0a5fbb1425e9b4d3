// input_file_name() and its kind: what is known of the file that a row was read from.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

bool IsInputFileFunction(const std::string& name);

// A field of the hidden `_metadata` of the one source of files below; without one what Spark gives:
// an empty name, blocks of -1. Raises MULTI_SOURCES_UNSUPPORTED_FOR_EXPRESSION.
plan::ExpressionPtr ResolveInputFile(const std::string& name, Environment& names);

}  // namespace pyrite::analyzer
