// The fragment that gives a query's result, as a query of this node.
#pragma once

#include <memory>

#include "engine/engine.h"
#include "stages/exchange_read.h"
#include "stages/fragment.h"

namespace pyrite::worker {

// `plan` is the query's own: the schema, and the places that errors point at.
std::unique_ptr<engine::QueryRun> MakeResultRun(engine::Database& database, plan::RelationPtr plan,
                                                const stages::Fragment& fragment,
                                                const stages::OpenSlot& open,
                                                engine::QueryOptions options);

}  // namespace pyrite::worker
