#include "sources/local_data.h"

#include <arrow/api.h>
#include <arrow/compute/cast.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/reader.h>

#include "base/error.h"
#include "base/type_arrow.h"

namespace pyrite::sources {
namespace {

SparkError Malformed(const std::string& what) {
  return SparkError("CONNECT_INVALID_PLAN.PYRITE", {{"message", what}});
}

template <typename T>
T Take(arrow::Result<T> result) {
  if (!result.ok()) {
    throw Malformed("Local data cannot be read: " + result.status().message() + ".");
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
  auto table = Take(Take(arrow::ipc::RecordBatchStreamReader::Open(input))->ToTable());
  arrow::Status valid = table->ValidateFull();
  if (!valid.ok()) throw Malformed("Local data is corrupt: " + valid.message() + ".");
  return table;
}

using Data = std::shared_ptr<arrow::ArrayData>;
using Type = std::shared_ptr<arrow::DataType>;

Data Conform(const Data& data, const Type& type);

Data Cast(const Data& data, const Type& type) {
  auto cast = arrow::compute::Cast(*arrow::MakeArray(data), type);
  if (!cast.ok()) {
    throw Malformed("Local data of the type " + data->type->ToString() + " is declared as " +
                    type->ToString() + ": " + cast.status().message() + ".");
  }
  return (*cast)->data();
}

bool IsList(arrow::Type::type id) {
  return id == arrow::Type::LIST || id == arrow::Type::LARGE_LIST ||
         id == arrow::Type::FIXED_SIZE_LIST || id == arrow::Type::LIST_VIEW ||
         id == arrow::Type::LARGE_LIST_VIEW;
}

Type ElementOf(const arrow::DataType& type) { return type.field(0)->type(); }

// The same array under `type`, a nested type of the same layout, with conforming children.
Data WithChildren(const Data& data, const Type& type) {
  Data out = data->Copy();
  out->type = type;
  for (int i = 0; i < type->num_fields(); ++i) {
    out->child_data[i] = Conform(data->child_data[i], type->field(i)->type());
  }
  return out;
}

// Field names and nullability inside are the schema's to say; anything else is a cast.
Data Conform(const Data& data, const Type& type) {
  if (data->type->Equals(*type, /*check_metadata=*/true)) return data;
  arrow::Type::type from = data->type->id(), to = type->id();
  if (to == arrow::Type::LIST && from != to && IsList(from)) {
    return WithChildren(Cast(data, arrow::list(ElementOf(*data->type))), type);
  }
  bool same_layout =
      from == to && type->num_fields() > 0 && type->num_fields() == data->type->num_fields();
  return same_layout ? WithChildren(data, type) : Cast(data, type);
}

std::shared_ptr<arrow::Table> Conform(const arrow::Table& table,
                                      std::shared_ptr<arrow::Schema> schema) {
  if (table.num_columns() != schema->num_fields()) {
    throw Malformed("Local data has " + std::to_string(table.num_columns()) +
                    " columns, its schema has " + std::to_string(schema->num_fields()) + ".");
  }
  arrow::ChunkedArrayVector columns;
  for (int i = 0; i < table.num_columns(); ++i) {
    const Type& type = schema->field(i)->type();
    arrow::ArrayVector chunks;
    for (const auto& chunk : table.column(i)->chunks()) {
      chunks.push_back(arrow::MakeArray(Conform(chunk->data(), type)));
      if (!schema->field(i)->nullable() && chunks.back()->null_count() > 0) {
        throw Malformed("Local data has NULL in the column " + schema->field(i)->name() +
                        ", which is declared NOT NULL.");
      }
    }
    columns.push_back(std::make_shared<arrow::ChunkedArray>(std::move(chunks), type));
  }
  return arrow::Table::Make(std::move(schema), std::move(columns), table.num_rows());
}

}  // namespace

std::shared_ptr<arrow::Table> DecodeLocalData(const std::shared_ptr<const std::string>& bytes,
                                              const std::optional<DataType>& schema,
                                              const std::string& time_zone) {
  std::shared_ptr<arrow::Table> table = ReadStream(bytes);
  Schema fields = schema ? schema->fields() : FromArrow(*table->schema());
  return Conform(*table, ToArrow(fields, time_zone));
}

}  // namespace pyrite::sources
