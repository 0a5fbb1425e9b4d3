// The fragment that gives a query's result, as a query of this node.
#pragma once

#include <memory>

#include "engine/engine.h"
#include "exchange/peers.h"
#include "stages/fragment.h"
#include "worker/task.h"

namespace pyrite::worker {

// `plan` is the query's own: the schema, and the places that errors point at.
std::unique_ptr<engine::QueryRun> MakeResultRun(engine::Database& database, plan::RelationPtr plan,
                                                const stages::Fragment& fragment,
                                                std::shared_ptr<exchange::Peers> peers,
                                                std::vector<Slot> slots,
                                                engine::QueryOptions options);

// The same, with the rows kept on this node instead of given out.
std::unique_ptr<engine::StoreRun> MakeStoreRun(engine::Database& database, plan::RelationPtr plan,
                                               const stages::Fragment& fragment,
                                               std::shared_ptr<exchange::Peers> peers,
                                               std::vector<Slot> slots,
                                               engine::QueryOptions options);

}  // namespace pyrite::worker
