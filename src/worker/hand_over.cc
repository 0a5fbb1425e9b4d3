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

exchange::OutputLocation HandOver(exchange::OutputStore& store,
                                  const exchange::OutputLocation& output, bool keeps,
                                  exchange::Peers& peers, const std::string& exchange_address) {
  if (exchange_address.empty()) return output;
  const exchange::TaskId& id = output.id;
  Adoption adoption{{output.address, id, store.SharedPath(id)}, keeps};
  std::string path;
  try {
    path = peers.Call(exchange_address, kAdoptOutput, Encode(adoption));
  } catch (const SparkError& error) {
    if (MayStay(error)) return output;
    throw;
  }
  store.Drop(id);
  return {exchange_address, id, path};
}

}  // namespace pyrite::worker
