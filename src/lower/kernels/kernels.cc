#include "lower/kernels/kernels.h"

#include "lower/kernels/cast_kernels.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {

void RegisterKernels(duckdb::DatabaseInstance& database) {
  duckdb::ExtensionLoader loader(database, "pyrite");
  RegisterDecimalKernels(loader);
  RegisterNumberKernels(loader);
  RegisterStringKernels(loader);
  RegisterMathKernels(loader);
  RegisterTextKernels(loader);
  RegisterEncodingKernels(loader);
  RegisterRegexKernels(loader);
  RegisterHashKernels(loader);
  RegisterUrlKernels(loader);
  RegisterMaskKernels(loader);
  RegisterZoneKernels(loader);
  RegisterIndexKernels(loader);
  RegisterDateKernels(loader);
  RegisterDatetimePatternKernels(loader);
  RegisterCastKernels(loader);
}

}  // namespace pyrite::lower
