// Kernels over arguments of any type; the result's type follows from theirs.
#pragma once

#include "duckdb/planner/expression.hpp"
#include "lower/kernels/families.h"

namespace pyrite::lower {

using ResultTypeRule = duckdb::LogicalType (*)(const duckdb::vector<duckdb::LogicalType>&);

template <ResultTypeRule rule>
duckdb::unique_ptr<duckdb::FunctionData> BindAny(duckdb::BindScalarFunctionInput& input) {
  duckdb::BoundScalarFunction& function = input.GetBoundFunction();
  duckdb::vector<duckdb::LogicalType> types;
  for (const auto& argument : input.GetArguments()) types.push_back(argument->GetReturnType());
  for (size_t i = 0; i < function.GetArguments().size(); ++i) function.GetArguments()[i] = types[i];
  function.SetReturnType(rule(types));
  return nullptr;
}

// A kernel of `count` arguments.
template <ResultTypeRule rule>
duckdb::ScalarFunction MakeAnyKernel(const char* name, size_t count,
                                     duckdb::scalar_function_t function, bool fallible = false) {
  duckdb::vector<duckdb::LogicalType> arguments(count, duckdb::LogicalType::ANY);
  auto kernel = MakeKernel(name, std::move(arguments), duckdb::LogicalType::ANY,
                           std::move(function), fallible);
  kernel.SetBindCallback(BindAny<rule>);
  kernel.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  return kernel;
}

// A kernel that takes any number of further arguments of any type; NULLs reach it.
inline duckdb::ScalarFunction MakeVariadicKernel(const char* name,
                                                 duckdb::vector<duckdb::LogicalType> first,
                                                 duckdb::LogicalType result,
                                                 duckdb::scalar_function_t function) {
  duckdb::ScalarFunction kernel{duckdb::Identifier(name),
                                std::move(first),
                                std::move(result),
                                std::move(function),
                                nullptr,
                                nullptr,
                                nullptr,
                                duckdb::LogicalType::ANY};
  kernel.SetFallible();
  kernel.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  return kernel;
}

}  // namespace pyrite::lower
