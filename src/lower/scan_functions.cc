#include "lower/scan_functions.h"

#include "duckdb.hpp"
#include "duckdb/function/scalar_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "lower/files/csv_line.h"
#include "lower/files/file_scan.h"
#include "lower/files/lines_copy.h"
#include "lower/files/orc_copy.h"

namespace pyrite::lower {
namespace {

// Microseconds since the epoch in both types.
void Relabel(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  result.Reinterpret(arguments.data[0]);
}

// What is an instant already stays the bare column, so that filters on it reach the reader.
duckdb::unique_ptr<duckdb::Expression> BareColumn(duckdb::FunctionBindExpressionInput& input) {
  return std::move(input.children[0]);
}

}  // namespace

void RegisterScanFunctions(duckdb::DatabaseInstance& database) {
  duckdb::ExtensionLoader loader(database, "pyrite");
  duckdb::ScalarFunctionSet set{duckdb::Identifier(kInstantFunction)};
  auto instant = duckdb::LogicalType::TIMESTAMP_TZ;
  set.AddFunction(duckdb::ScalarFunction({duckdb::LogicalType::TIMESTAMP}, instant, Relabel));
  duckdb::ScalarFunction bare({instant}, instant, Relabel);
  bare.SetBindExpressionCallback(BareColumn);
  set.AddFunction(bare);
  loader.RegisterFunction(std::move(set));
  RegisterFileScan(loader);
  RegisterLinesCopy(loader);
  RegisterCsvLine(loader);
  RegisterOrcCopy(loader);
}

}  // namespace pyrite::lower
