#include "session/rows.h"

#include <arrow/api.h>

#include "base/errors.h"
#include "base/type_arrow.h"

namespace pyrite::session {
namespace {

void Check(const arrow::Status& status) {
  if (!status.ok()) throw errors::Internal(status.ToString());
}

}  // namespace

plan::RelationPtr MakeLocalData(std::shared_ptr<const arrow::Table> table,
                                const plan::Columns& like) {
  plan::Columns output = like;
  for (plan::Column& column : output) column.id = plan::NextColumnId();
  return plan::MakeRelation(plan::LocalData{std::move(table)}, std::move(output));
}

plan::RelationPtr MakeStringRows(const std::vector<std::string>& columns,
                                 const std::vector<StringRow>& rows, bool nullable) {
  arrow::FieldVector fields;
  arrow::ArrayVector arrays;
  plan::Columns output;
  for (size_t i = 0; i < columns.size(); ++i) {
    arrow::StringBuilder builder;
    for (const StringRow& row : rows) {
      Check(row[i] ? builder.Append(*row[i]) : builder.AppendNull());
    }
    std::shared_ptr<arrow::Array> array;
    Check(builder.Finish(&array));
    arrays.push_back(std::move(array));
    fields.push_back(arrow::field(columns[i], arrow::utf8(), nullable));
    output.push_back({0, columns[i], DataType::String(), nullable, ""});
  }
  auto table = arrow::Table::Make(arrow::schema(std::move(fields)), arrays,
                                  static_cast<int64_t>(rows.size()));
  return MakeLocalData(std::move(table), output);
}

plan::RelationPtr NoRowsOf(const plan::Columns& columns) {
  Schema schema;
  for (const plan::Column& column : columns) {
    schema.push_back({column.name, column.type, column.nullable, column.metadata});
  }
  auto table = arrow::Table::MakeEmpty(ToArrow(schema, "UTC"));
  Check(table.status());
  return plan::MakeRelation(plan::LocalData{*table}, columns);
}

plan::RelationPtr MakeNoRows() { return MakeStringRows({}, {}, true); }

}  // namespace pyrite::session
