#include "worker/hand_over.h"

#include "worker/exchange_process.h"
#include "worker/task.h"

namespace pyrite::worker {
namespace {

// The exchange is gone, or the output has moved to a file of its own meanwhile.
bool MayStay(const SparkError& error) {
  return error.condition() == "WORKER_LOST.PYRITE" ||
         error.condition() == "TASK_OUTPUT_MISSING.PYRITE";
}

}  // namespace

exchange::OutputLocation HandOver(exchange::OutputStore& store, const exchange::TaskId& id,
                                  exchange::Peers& peers, const std::string& exchange_address,
                                  const std::string& own_address) {
  exchange::OutputLocation own{own_address, id, ""};
  if (exchange_address.empty()) return own;
  exchange::OutputLocation at_own_path{own_address, id, store.SharedPath(id)};
  std::string path;
  try {
    path = peers.Call(exchange_address, kAdoptOutput, Encode(at_own_path));
  } catch (const SparkError& error) {
    if (MayStay(error)) return own;
    throw;
  }
  store.Drop(id);
  return {exchange_address, id, path};
}

}  // namespace pyrite::worker
