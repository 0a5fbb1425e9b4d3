// What a task has made goes to the node's exchange: a worker that dies takes no finished output
// with it.
#pragma once

#include "exchange/output_store.h"
#include "exchange/peers.h"

namespace pyrite::worker {

// Where the finished output of `store` is from here on: in the exchange, or, when there is none or
// it does not answer, still in the store. `keeps`: it stays when the query is over. Raises what the
// exchange has refused it with, as for a disk that is full.
exchange::OutputLocation HandOver(exchange::OutputStore& store,
                                  const exchange::OutputLocation& output, bool keeps,
                                  exchange::Peers& peers, const std::string& exchange_address);

}  // namespace pyrite::worker
