// The native module of the Python package.
#include "bindings/bindings.h"

NB_MODULE(_native, module) {
  module.attr("__version__") = PYRITE_VERSION;
  pyrite::bindings::AddServer(module);
  pyrite::bindings::AddExchange(module);
  pyrite::bindings::AddFunctions(module);
  pyrite::bindings::AddLocalSession(module);
  pyrite::bindings::AddSqlText(module);
  pyrite::bindings::AddWorker(module);
  pyrite::bindings::AddWorkerList(module);
}
