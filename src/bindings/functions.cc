// The function registry as Python sees it: what docs/functions.md is made from.
#include "bindings/bindings.h"
#include "functions/registry.h"

namespace nb = nanobind;

namespace pyrite::bindings {
namespace {

const char* KindName(functions::FunctionClass kind) {
  switch (kind) {
    case functions::FunctionClass::kScalar: return "scalar";
    case functions::FunctionClass::kAggregate: return "aggregate";
    case functions::FunctionClass::kWindow: return "window";
    case functions::FunctionClass::kGenerator: return "generator";
    case functions::FunctionClass::kTableValued: return "table";
  }
  return "";
}

nb::dict Row(const functions::Function& function) {
  nb::dict row;
  row["name"] = function.name;
  row["aliases"] = function.aliases;
  row["signatures"] = function.signatures;
  row["kind"] = KindName(function.kind);
  row["doc"] = function.doc;
  const auto* unsupported = std::get_if<functions::Unsupported>(&function.means);
  row["unsupported"] =
      unsupported == nullptr ? nb::none() : nb::object(nb::str(unsupported->reason));
  return row;
}

nb::list Functions() {
  nb::list rows;
  for (const functions::Function* function : functions::AllFunctions()) rows.append(Row(*function));
  return rows;
}

}  // namespace

void AddFunctions(nb::module_& module) {
  module.def("functions", &Functions, "Every function that the registry knows, a dict each.");
}

}  // namespace pyrite::bindings
