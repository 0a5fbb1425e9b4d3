// raise_error: ends the query at the first row that it is evaluated for.

#include "duckdb/common/vector/vector_iterator.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;

void Raise(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector&) {
  const auto messages = arguments.data[0].Values<duckdb::string_t>();
  if (arguments.size() == 0) return;
  if (!messages[0].IsValid()) ThrowSpark("USER_RAISED_EXCEPTION", {{"errorMessage", "null"}});
  std::string_view text = Storage<std::string_view>::Read(messages[0].GetValue());
  ThrowSpark("USER_RAISED_EXCEPTION", {{"errorMessage", std::string(text)}});
}

}  // namespace

void RegisterRaiseKernels(duckdb::ExtensionLoader& loader) {
  auto kernel =
      MakeKernel("spark_raise_error", {LogicalType::VARCHAR}, LogicalType::INTEGER, Raise, true);
  kernel.SetVolatile();  // it must not run before the query does
  kernel.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  loader.RegisterFunction(std::move(kernel));
}

}  // namespace pyrite::lower
