#include "lower/local_data.h"

#include <arrow/api.h>
#include <arrow/c/bridge.h>

#include "base/errors.h"
#include "base/type_arrow.h"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

void CheckArrow(const arrow::Status& status) {
  if (!status.ok()) throw errors::Internal("Arrow: " + status.ToString());
}
template <typename T>
T ValueOf(arrow::Result<T> result) {
  CheckArrow(result.status());
  return std::move(result).ValueUnsafe();
}

std::shared_ptr<arrow::Field> PhysicalField(const std::shared_ptr<arrow::Field>& field);

// The type of the same buffers that DuckDB reads as the physical type.
std::shared_ptr<arrow::DataType> PhysicalArrow(const std::shared_ptr<arrow::DataType>& type) {
  switch (type->id()) {
    case arrow::Type::INTERVAL_MONTHS: return arrow::int32();
    case arrow::Type::DURATION: return arrow::int64();
    case arrow::Type::LIST: return arrow::list(PhysicalField(type->field(0)));
    case arrow::Type::MAP: {
      const auto& map = static_cast<const arrow::MapType&>(*type);
      return std::make_shared<arrow::MapType>(PhysicalField(map.key_field()),
                                              PhysicalField(map.item_field()));
    }
    case arrow::Type::STRUCT: {
      arrow::FieldVector fields;
      for (const auto& field : type->fields()) fields.push_back(PhysicalField(field));
      return arrow::struct_(std::move(fields));
    }
    default: return type;
  }
}

std::shared_ptr<arrow::Field> PhysicalField(const std::shared_ptr<arrow::Field>& field) {
  return field->WithType(PhysicalArrow(field->type()));
}

// Structs without fields: true, or NULL.
std::shared_ptr<arrow::ChunkedArray> AsBooleans(const arrow::ChunkedArray& column) {
  arrow::BooleanBuilder builder;
  for (const auto& chunk : column.chunks()) {
    for (int64_t i = 0; i < chunk->length(); ++i) {
      CheckArrow(chunk->IsNull(i) ? builder.AppendNull() : builder.Append(true));
    }
  }
  return std::make_shared<arrow::ChunkedArray>(ValueOf(builder.Finish()));
}

std::shared_ptr<arrow::ChunkedArray> PhysicalColumn(
    const std::shared_ptr<arrow::ChunkedArray>& column) {
  if (column->type()->id() == arrow::Type::STRUCT && column->type()->num_fields() == 0) {
    return AsBooleans(*column);
  }
  if (column->type()->id() == arrow::Type::NA) {
    auto nulls = ValueOf(arrow::MakeArrayOfNull(arrow::int32(), column->length()));
    return std::make_shared<arrow::ChunkedArray>(nulls);
  }
  auto target = PhysicalArrow(column->type());
  return target->Equals(column->type()) ? column : ValueOf(column->View(target));
}

// A name of its own for each column: the client's may repeat.
std::shared_ptr<arrow::Field> PositionField(size_t i,
                                            const std::shared_ptr<arrow::DataType>& type) {
  return arrow::field("v" + std::to_string(i), type);
}

}  // namespace

std::shared_ptr<const arrow::Table> AsPhysical(const arrow::Table& table) {
  arrow::FieldVector fields;
  arrow::ChunkedArrayVector columns;
  for (int i = 0; i < table.num_columns(); ++i) {
    columns.push_back(PhysicalColumn(table.column(i)));
    fields.push_back(PositionField(i, columns.back()->type()));
  }
  return arrow::Table::Make(arrow::schema(std::move(fields)), std::move(columns), table.num_rows());
}

void ArrowTableFactory::GetSchema(ArrowSchema& schema) {
  CheckArrow(arrow::ExportSchema(*table_->schema(), &schema));
}

duckdb::unique_ptr<duckdb::ArrowArrayStreamWrapper> ArrowTableFactory::ProduceStream(
    duckdb::ArrowStreamParameters&) {
  auto stream = duckdb::make_uniq<duckdb::ArrowArrayStreamWrapper>();
  // The reader keeps the table: batches are slices of its buffers.
  auto reader =
      std::make_shared<arrow::TableBatchReader>(std::const_pointer_cast<arrow::Table>(table_));
  CheckArrow(arrow::ExportRecordBatchReader(reader, &stream->arrow_array_stream));
  return stream;
}

Select Lowering::LowerLocalData(const plan::Relation& relation) {
  const arrow::Table& rows = *relation.As<plan::LocalData>().table;
  if (relation.output.empty()) {  // only a number of rows
    plan::Column row{plan::NextColumnId(), "row", DataType::Long(), false, ""};
    return LowerRange(*plan::MakeRelation(plan::Range{0, rows.num_rows(), 1}, {row}));
  }
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  // Not arrow_scan: it would expect the factory to apply filters.
  table->function = MakeFunction("arrow_scan_dumb", AstExpressions());
  table->bind_info = duckdb::make_shared_ptr<ArrowTableFactory>(AsPhysical(rows));
  table->alias = duckdb::Identifier("rows");
  table->column_name_alias = ColumnNames(relation.output);
  Select select(std::move(table));

  // What came in another type of the same meaning (large strings, other time units) is cast.
  bool all_standard = true;
  AstExpressions items;
  for (size_t i = 0; i < relation.output.size(); ++i) {
    const plan::Column& column = relation.output[i];
    AstExpression item = MakeColumn(column.id);
    auto standard = ToArrow(column.type, "UTC");
    const auto& actual = *rows.schema()->field(static_cast<int>(i))->type();
    bool is_timestamp =
        actual.id() == arrow::Type::TIMESTAMP &&
        static_cast<const arrow::TimestampType&>(actual).unit() == arrow::TimeUnit::MICRO;
    if (!is_timestamp && !standard->Equals(actual)) {
      all_standard = false;
      item = MakeAstCast(std::move(item), PhysicalType(column.type));
    }
    items.push_back(Named(std::move(item), column.id));
  }
  if (all_standard) return select;
  // Under an alias that is also a column's name the cast must come in a SELECT of its own.
  select.Items(std::move(items));
  return Select(std::move(select).IntoTable());
}

}  // namespace pyrite::lower
