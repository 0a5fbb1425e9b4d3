#include "lower/scan_functions.h"

#include "duckdb.hpp"
#include "duckdb/function/scalar_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "lower/files/csv_line.h"
#include "lower/files/file_scan.h"
#include "lower/files/file_value.h"
#include "lower/files/lines_copy.h"
#include "lower/files/orc_copy.h"

namespace pyrite::lower {
namespace {

// The same count since the epoch in both types.
void Relabel(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  result.Reinterpret(arguments.data[0]);
}

// What is an instant already stays the bare column, so that filters on it reach the reader.
duckdb::unique_ptr<duckdb::Expression> BareColumn(duckdb::FunctionBindExpressionInput& input) {
  return std::move(input.children[0]);
}

duckdb::ScalarFunctionSet LongFunction() {
  duckdb::ScalarFunctionSet set{duckdb::Identifier(kLongFunction)};
  auto number = duckdb::LogicalType::BIGINT;
  for (auto nanos : {duckdb::LogicalType::TIMESTAMP_NS, duckdb::LogicalType::TIMESTAMP_TZ_NS}) {
    set.AddFunction(duckdb::ScalarFunction({nanos}, number, Relabel));
  }
  duckdb::ScalarFunction bare({number}, number, Relabel);
  bare.SetBindExpressionCallback(BareColumn);
  set.AddFunction(bare);
  return set;
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
  loader.RegisterFunction(LongFunction());
  RegisterFileScan(loader);
  RegisterFileValue(loader);
  RegisterLinesCopy(loader);
  RegisterCsvLine(loader);
  RegisterOrcCopy(loader);
}

}  // namespace pyrite::lower
