// Rows that a client sent along: an Arrow stream and, often, the Spark schema that it stands for.
#pragma once

#include <memory>
#include <string>

#include "spec/relation.h"

namespace arrow {
class Table;
}

namespace pyrite::session {

// The rows, in Arrow types as the schema says (see base/type_arrow.h). Raises
// INVALID_LOCAL_RELATION conditions for malformed streams.
std::shared_ptr<const arrow::Table> DecodeLocalRelation(const spec::LocalRelation& relation,
                                                        const std::string& time_zone);

}  // namespace pyrite::session
