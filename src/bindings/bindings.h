// The parts of the native module.
#pragma once

#include <nanobind/nanobind.h>

#include <string>
#include <vector>

namespace pyrite::bindings {

// The interpreter and the script of the processes that run Python functions; needs the lock.
std::vector<std::string> PythonWorker();
// The same for functions of foreachBatch.
std::vector<std::string> ForeachBatchWorker();

void AddServer(nanobind::module_& module);
void AddExchange(nanobind::module_& module);
void AddFunctions(nanobind::module_& module);
void AddLocalSession(nanobind::module_& module);
void AddSqlText(nanobind::module_& module);
void AddWorker(nanobind::module_& module);
void AddWorkerList(nanobind::module_& module);

}  // namespace pyrite::bindings
