// What the session's configuration means for parsing, inside an analysis.
#pragma once

#include "analyzer/analysis.h"
#include "sql/parser.h"

namespace pyrite::analyzer {

sql::ParserOptions ParserOptionsOf(const Analysis& analysis);

}  // namespace pyrite::analyzer
