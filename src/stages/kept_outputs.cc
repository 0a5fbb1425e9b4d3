#include "stages/kept_outputs.h"

#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "lower/ast.h"
#include "stages/exchange_read.h"
#include "stages/fragment.h"

namespace pyrite::stages {

KeptOutputs::KeptOutputs(std::shared_ptr<const KeptSource> source,
                         duckdb::vector<duckdb::LogicalType> types)
    : source_(std::move(source)), types_(std::move(types)) {}

int64_t KeptOutputs::rows() const {
  int64_t rows = 0;
  for (const KeptOutput& output : source_->outputs()) rows += output.rows;
  return rows;
}

lower::AstTable KeptOutputs::Table(duckdb::vector<duckdb::Identifier> names) const {
  if (auto here = source_->Here()) {
    return dynamic_cast<const lower::ReadableRows&>(*here).Table(std::move(names));
  }
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  table->function = lower::MakeFunction(kExchangeFunction, lower::AstExpressions());
  table->bind_info = duckdb::make_shared_ptr<KeptOutputsInfo>(shared_from_this());
  table->column_name_alias = std::move(names);
  return table;
}

plan::StoredRows::KeptPtr MakeKeptRows(std::shared_ptr<const KeptSource> source,
                                       const Fragment& made_by) {
  return std::make_shared<const KeptOutputs>(std::move(source), made_by.types());
}

}  // namespace pyrite::stages
