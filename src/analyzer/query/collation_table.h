// The table function collations.
#pragma once

#include "analyzer/query/query.h"

namespace pyrite::analyzer {

// Spark's list. Strings of other collations than UTF8_BINARY are not there.
Resolved CollationTable(Analysis& analysis);

}  // namespace pyrite::analyzer
