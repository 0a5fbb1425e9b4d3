#include "session/local_relation.h"

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/reader.h>

#include "base/errors.h"
#include "base/type_arrow.h"
#include "base/type_json.h"
#include "sql/parser.h"

namespace pyrite::session {
namespace {

template <typename T>
T Take(arrow::Result<T> result, const char* what) {
  if (!result.ok()) {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE",
                     {{"message", std::string(what) + ": " + result.status().message()}});
  }
  return *std::move(result);
}

std::shared_ptr<arrow::Table> ReadStream(const std::shared_ptr<const std::string>& bytes) {
  // The buffer keeps the bytes: the table's columns point into them.
  auto buffer = std::shared_ptr<arrow::Buffer>(
      new arrow::Buffer(reinterpret_cast<const uint8_t*>(bytes->data()),
                        static_cast<int64_t>(bytes->size())),
      [bytes](arrow::Buffer* pointer) { delete pointer; });
  auto input = std::make_shared<arrow::io::BufferReader>(std::move(buffer));
  auto reader = Take(arrow::ipc::RecordBatchStreamReader::Open(input), "Local data cannot be read");
  return Take(reader->ToTable(), "Local data cannot be read");
}

DataType ParseSchemaText(const std::string& text) {
  size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (text[first] == '{' || text[first] == '"')) {
    return TypeFromJson(text);
  }
  return sql::ParseSchema(text);
}

// The same bytes under another type of the same layout: names, nullability, time zones.
std::shared_ptr<arrow::ArrayData> Relabel(const std::shared_ptr<arrow::ArrayData>& data,
                                          const std::shared_ptr<arrow::DataType>& type) {
  if (data->type->Equals(*type, /*check_metadata=*/false)) return data;
  bool fits = data->type->id() == type->id() && data->type->num_fields() == type->num_fields();
  if (fits && type->id() == arrow::Type::DECIMAL128) {
    fits = static_cast<const arrow::DecimalType&>(*data->type).scale() ==
           static_cast<const arrow::DecimalType&>(*type).scale();
  } else if (fits && type->id() == arrow::Type::TIMESTAMP) {
    fits = static_cast<const arrow::TimestampType&>(*data->type).unit() ==
           static_cast<const arrow::TimestampType&>(*type).unit();
  } else if (fits && type->num_fields() == 0) {
    fits = false;
  }
  if (!fits) {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE",
                     {{"message", "Local data of " + data->type->ToString() + " is declared as " +
                                      type->ToString()}});
  }
  std::shared_ptr<arrow::ArrayData> out = data->Copy();
  out->type = type;
  for (int i = 0; i < type->num_fields(); ++i) {
    out->child_data[i] = Relabel(data->child_data[i], type->field(i)->type());
  }
  return out;
}

std::shared_ptr<arrow::Table> ApplySchema(const arrow::Table& table, const Schema& schema,
                                          const std::string& time_zone) {
  if (static_cast<size_t>(table.num_columns()) != schema.size()) {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE",
                     {{"message", "Local data has " + std::to_string(table.num_columns()) +
                                      " columns, its schema " + std::to_string(schema.size())}});
  }
  std::shared_ptr<arrow::Schema> target = ToArrow(schema, time_zone);
  std::vector<std::shared_ptr<arrow::ChunkedArray>> columns;
  for (int i = 0; i < table.num_columns(); ++i) {
    arrow::ArrayVector chunks;
    for (const auto& chunk : table.column(i)->chunks()) {
      chunks.push_back(arrow::MakeArray(Relabel(chunk->data(), target->field(i)->type())));
    }
    columns.push_back(
        std::make_shared<arrow::ChunkedArray>(std::move(chunks), target->field(i)->type()));
  }
  return arrow::Table::Make(std::move(target), std::move(columns), table.num_rows());
}

}  // namespace

std::shared_ptr<const arrow::Table> DecodeLocalRelation(const spec::LocalRelation& relation,
                                                        const std::string& time_zone) {
  std::shared_ptr<arrow::Table> table;
  if (relation.arrow_ipc != nullptr) table = ReadStream(relation.arrow_ipc);
  if (relation.schema.empty()) {
    if (table == nullptr) {
      throw SparkError("CONNECT_INVALID_PLAN.PYRITE",
                       {{"message", "Local data has neither rows nor a schema"}});
    }
    return table;
  }
  DataType type = ParseSchemaText(relation.schema);
  Schema schema = type.Is(TypeKind::kStruct) ? type.fields() : Schema{{"value", type, true, ""}};
  if (table == nullptr) {
    return Take(arrow::Table::MakeEmpty(ToArrow(schema, time_zone)), "An empty relation");
  }
  return ApplySchema(*table, schema, time_zone);
}

}  // namespace pyrite::session
