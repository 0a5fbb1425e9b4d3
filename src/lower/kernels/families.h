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
