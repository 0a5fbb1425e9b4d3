#include "lower/stored_rows.h"

#include "base/errors.h"
#include "duckdb/parser/tableref/column_data_ref.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {

AstTable KeptRows::Table(duckdb::vector<duckdb::Identifier> names) const {
  return duckdb::make_uniq<duckdb::ColumnDataRef>(
      duckdb::optionally_owned_ptr<duckdb::ColumnDataCollection>(rows_), std::move(names));
}

// Rows that nobody has computed yet are read from where they come.
Select Lowering::LowerStoredScan(const plan::Relation& relation) {
  const plan::StoredRows& stored = *relation.As<plan::StoredScan>().rows;
  if (plan::RelationPtr source = stored.source()) {
    return Select::Over(LowerQuery(source), ColumnNames(relation.output));
  }
  plan::StoredRows::KeptPtr kept = stored.kept();
  if (relation.output.empty()) {  // only a number of rows
    plan::Column row{plan::NextColumnId(), "row", DataType::Long(), false, ""};
    return LowerRange(*plan::MakeRelation(plan::Range{0, kept->rows(), 1}, {row}));
  }
  const auto* rows = dynamic_cast<const ReadableRows*>(kept.get());
  if (rows == nullptr) throw errors::Internal("rows of another engine");
  AstTable table = rows->Table(ColumnNames(relation.output));
  table->alias = duckdb::Identifier("rows");
  return Select(std::move(table));
}

}  // namespace pyrite::lower
