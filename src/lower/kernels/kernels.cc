#include "lower/kernels/kernels.h"

#include "lower/kernels/families.h"

namespace pyrite::lower {

void RegisterKernels(duckdb::DatabaseInstance& database) {
  duckdb::ExtensionLoader loader(database, "pyrite");
  RegisterDecimalKernels(loader);
  RegisterNumberKernels(loader);
  RegisterStringKernels(loader);
  RegisterDateKernels(loader);
}

}  // namespace pyrite::lower
