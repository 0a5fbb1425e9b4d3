// The parts of the native module.
#pragma once

#include <nanobind/nanobind.h>

namespace pyrite::bindings {

void AddServer(nanobind::module_& module);
void AddFunctions(nanobind::module_& module);
void AddLocalSession(nanobind::module_& module);
void AddSqlText(nanobind::module_& module);
void AddWorker(nanobind::module_& module);
void AddWorkerList(nanobind::module_& module);

}  // namespace pyrite::bindings
