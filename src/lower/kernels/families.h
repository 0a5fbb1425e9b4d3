// The kernels of each file, and what they share.
#pragma once

#include "duckdb/function/scalar_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"

namespace pyrite::lower {

void RegisterDecimalKernels(duckdb::ExtensionLoader& loader);
void RegisterNumberKernels(duckdb::ExtensionLoader& loader);
void RegisterStringKernels(duckdb::ExtensionLoader& loader);
void RegisterMathKernels(duckdb::ExtensionLoader& loader);
void RegisterTextKernels(duckdb::ExtensionLoader& loader);
void RegisterEncodingKernels(duckdb::ExtensionLoader& loader);
void RegisterRegexKernels(duckdb::ExtensionLoader& loader);
void RegisterHashKernels(duckdb::ExtensionLoader& loader);
void RegisterSortKeyKernels(duckdb::ExtensionLoader& loader);
void RegisterArrayJoinKernels(duckdb::ExtensionLoader& loader);
void RegisterArraySetKernels(duckdb::ExtensionLoader& loader);
void RegisterArrayKernels(duckdb::ExtensionLoader& loader);
void RegisterArraySortKernels(duckdb::ExtensionLoader& loader);
void RegisterMapKernels(duckdb::ExtensionLoader& loader);
void RegisterRandomKernels(duckdb::ExtensionLoader& loader);
void RegisterPoissonKernels(duckdb::ExtensionLoader& loader);
void RegisterKeyedDrawKernels(duckdb::ExtensionLoader& loader);
void RegisterFormatStringKernels(duckdb::ExtensionLoader& loader);
void RegisterFormatNumberKernels(duckdb::ExtensionLoader& loader);
void RegisterNumberFormatKernels(duckdb::ExtensionLoader& loader);
void RegisterCharsetKernels(duckdb::ExtensionLoader& loader);
void RegisterCryptoKernels(duckdb::ExtensionLoader& loader);
void RegisterSentenceKernels(duckdb::ExtensionLoader& loader);
void RegisterRaiseKernels(duckdb::ExtensionLoader& loader);
void RegisterMomentKernels(duckdb::ExtensionLoader& loader);
void RegisterIntervalKernels(duckdb::ExtensionLoader& loader);
void RegisterBitmapKernels(duckdb::ExtensionLoader& loader);
void RegisterHistogramKernels(duckdb::ExtensionLoader& loader);
void RegisterJsonWriteKernels(duckdb::ExtensionLoader& loader);
void RegisterTimeKernels(duckdb::ExtensionLoader& loader);
void RegisterJsonReadKernels(duckdb::ExtensionLoader& loader);
void RegisterStructuredReadKernels(duckdb::ExtensionLoader& loader);
void RegisterCsvWriteKernels(duckdb::ExtensionLoader& loader);
void RegisterThetaKernels(duckdb::ExtensionLoader& loader);
void RegisterTupleKernels(duckdb::ExtensionLoader& loader);
void RegisterHllKernels(duckdb::ExtensionLoader& loader);
void RegisterKllKernels(duckdb::ExtensionLoader& loader);
void RegisterVariantKernels(duckdb::ExtensionLoader& loader);
void RegisterXpathKernels(duckdb::ExtensionLoader& loader);
void RegisterLikeKernels(duckdb::ExtensionLoader& loader);
void RegisterCountMinKernels(duckdb::ExtensionLoader& loader);
void RegisterUrlKernels(duckdb::ExtensionLoader& loader);
void RegisterMaskKernels(duckdb::ExtensionLoader& loader);
void RegisterZoneKernels(duckdb::ExtensionLoader& loader);
void RegisterIndexKernels(duckdb::ExtensionLoader& loader);
void RegisterDateKernels(duckdb::ExtensionLoader& loader);
void RegisterDatetimePatternKernels(duckdb::ExtensionLoader& loader);

// NULL in, NULL out. `fallible`: may throw, so the optimizer must not run it on more rows.
inline duckdb::ScalarFunction MakeKernel(const char* name,
                                         duckdb::vector<duckdb::LogicalType> arguments,
                                         duckdb::LogicalType result,
                                         duckdb::scalar_function_t function,
                                         bool fallible = false) {
  duckdb::ScalarFunction kernel{duckdb::Identifier(name), std::move(arguments), std::move(result),
                                std::move(function)};
  if (fallible) kernel.SetFallible();
  return kernel;
}

}  // namespace pyrite::lower
