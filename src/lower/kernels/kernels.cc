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
  RegisterSortKeyKernels(loader);
  RegisterArrayJoinKernels(loader);
  RegisterArraySetKernels(loader);
  RegisterArrayKernels(loader);
  RegisterArraySortKernels(loader);
  RegisterMapKernels(loader);
  RegisterRandomKernels(loader);
  RegisterPoissonKernels(loader);
  RegisterKeyedDrawKernels(loader);
  RegisterFormatStringKernels(loader);
  RegisterFormatNumberKernels(loader);
  RegisterNumberFormatKernels(loader);
  RegisterCharsetKernels(loader);
  RegisterCryptoKernels(loader);
  RegisterSentenceKernels(loader);
  RegisterRaiseKernels(loader);
  RegisterMomentKernels(loader);
  RegisterIntervalKernels(loader);
  RegisterBitmapKernels(loader);
  RegisterHistogramKernels(loader);
  RegisterJsonWriteKernels(loader);
  RegisterTimeKernels(loader);
  RegisterJsonReadKernels(loader);
  RegisterStructuredReadKernels(loader);
  RegisterCsvWriteKernels(loader);
  RegisterThetaKernels(loader);
  RegisterTupleKernels(loader);
  RegisterHllKernels(loader);
  RegisterKllKernels(loader);
  RegisterVariantKernels(loader);
  RegisterXpathKernels(loader);
  RegisterLikeKernels(loader);
  RegisterCountMinKernels(loader);
  RegisterUrlKernels(loader);
  RegisterMaskKernels(loader);
  RegisterZoneKernels(loader);
  RegisterIndexKernels(loader);
  RegisterDateKernels(loader);
  RegisterDatetimePatternKernels(loader);
  RegisterCastKernels(loader);
}

}  // namespace pyrite::lower
