// Which Python runs the functions of PySpark programs: PYSPARK_PYTHON, as in Spark, or the host's.
#include <nanobind/stl/string.h>

#include <cstdlib>

#include "bindings/bindings.h"

namespace pyrite::bindings {

namespace {

std::vector<std::string> Worker(const char* script) {
  nanobind::module_ package = nanobind::module_::import_("pyrite");
  auto folder = nanobind::cast<std::string>(package.attr("__path__")[nanobind::int_(0)]);
  const char* chosen = std::getenv("PYSPARK_PYTHON");
  std::string python = chosen ? chosen : "";
  if (python.empty()) {
    nanobind::object executable = nanobind::module_::import_("sys").attr("executable");
    if (!executable.is_none()) python = nanobind::cast<std::string>(executable);
  }
  if (python.empty()) python = "python3";
  return {python, folder + "/" + script};
}

}  // namespace

std::vector<std::string> PythonWorker() { return Worker("_udf_worker.py"); }

std::vector<std::string> ForeachBatchWorker() { return Worker("_foreach_batch_worker.py"); }

}  // namespace pyrite::bindings
