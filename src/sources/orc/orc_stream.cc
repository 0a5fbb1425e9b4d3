#include "sources/orc/orc_stream.h"

#include <arrow/adapters/orc/adapter.h>
#include <arrow/api.h>
#include <arrow/io/file.h>
#include <arrow/util/key_value_metadata.h>

#include "base/errors.h"
#include "base/type_arrow.h"
#include "sources/options.h"
#include "sources/path.h"
#include "sources/text/text_errors.h"
#include "sql/parser.h"

namespace pyrite::sources {
namespace {

using arrow::adapters::orc::ORCFileReader;

// Where Spark names a column's type that ORC does not have.
constexpr char kSparkType[] = "spark.sql.catalyst.type";

std::unique_ptr<ORCFileReader> Open(const std::string& path) {
  auto file = arrow::io::ReadableFile::Open(path);
  if (!file.ok()) throw errors::CannotReadFileFooter(ToUri(path));
  auto reader = ORCFileReader::Open(*file, arrow::default_memory_pool());
  if (!reader.ok()) throw errors::CannotReadFileFooter(ToUri(path));
  return std::move(reader).ValueUnsafe();
}

std::shared_ptr<arrow::Schema> SchemaIn(ORCFileReader& reader, const std::string& path) {
  auto schema = reader.ReadSchema();
  if (!schema.ok()) throw errors::CannotReadFileFooter(ToUri(path));
  return std::move(schema).ValueUnsafe();
}

DataType SparkType(const arrow::Field& field) {
  if (field.HasMetadata()) {
    auto named = field.metadata()->Get(kSparkType);
    if (named.ok()) return sql::ParseDataType(*named);
  }
  const arrow::DataType& type = *field.type();
  switch (type.id()) {
    case arrow::Type::TIMESTAMP: return DataType::Timestamp();
    case arrow::Type::LIST: return DataType::Array(SparkType(*type.field(0)), true);
    case arrow::Type::MAP: {
      const auto& map = static_cast<const arrow::MapType&>(type);
      return DataType::Map(SparkType(*map.key_field()), SparkType(*map.item_field()), true);
    }
    case arrow::Type::STRUCT: {
      std::vector<StructField> fields;
      for (const auto& child : type.fields()) {
        fields.push_back({child->name(), SparkType(*child), true, ""});
      }
      return DataType::Struct(std::move(fields));
    }
    default: return FromArrow(type);
  }
}

// The file's type with timestamps in microseconds.
std::shared_ptr<arrow::Field> StreamField(const arrow::Field& field) {
  const arrow::DataType& type = *field.type();
  std::shared_ptr<arrow::DataType> target = field.type();
  if (type.id() == arrow::Type::TIMESTAMP) {
    bool instant = SparkType(field).Is(TypeKind::kTimestamp);
    target = arrow::timestamp(arrow::TimeUnit::MICRO, instant ? "UTC" : "");
  } else if (type.id() == arrow::Type::LIST) {
    target = arrow::list(StreamField(*type.field(0)));
  } else if (type.id() == arrow::Type::MAP) {
    const auto& map = static_cast<const arrow::MapType&>(type);
    target = std::make_shared<arrow::MapType>(StreamField(*map.key_field()),
                                              StreamField(*map.item_field()));
  } else if (type.id() == arrow::Type::STRUCT) {
    arrow::FieldVector children;
    for (const auto& child : type.fields()) children.push_back(StreamField(*child));
    target = arrow::struct_(std::move(children));
  }
  return arrow::field(field.name(), std::move(target));
}

// Nanoseconds as microseconds, rounded down.
std::shared_ptr<arrow::Buffer> Micros(const arrow::ArrayData& data) {
  int64_t count = data.offset + data.length;
  auto made = arrow::AllocateBuffer(count * static_cast<int64_t>(sizeof(int64_t)));
  if (!made.ok()) throw errors::Internal(made.status().ToString());
  const auto* from = reinterpret_cast<const int64_t*>(data.buffers[1]->data());
  auto* to = reinterpret_cast<int64_t*>((*made)->mutable_data());
  for (int64_t i = 0; i < count; ++i) {
    int64_t micros = from[i] / 1000;
    to[i] = from[i] % 1000 < 0 ? micros - 1 : micros;
  }
  return std::move(made).ValueUnsafe();
}

std::shared_ptr<arrow::ArrayData> AsStreamed(const arrow::ArrayData& data,
                                             const std::shared_ptr<arrow::DataType>& target) {
  std::shared_ptr<arrow::ArrayData> out = data.Copy();
  if (target->id() == arrow::Type::TIMESTAMP) {
    const auto& from = static_cast<const arrow::TimestampType&>(*data.type);
    if (from.unit() == arrow::TimeUnit::NANO) out->buffers[1] = Micros(data);
  }
  for (size_t i = 0; i < out->child_data.size(); ++i) {
    out->child_data[i] =
        AsStreamed(*out->child_data[i], target->field(static_cast<int>(i))->type());
  }
  out->type = target;
  return out;
}

class OrcStream : public arrow::RecordBatchReader {
 public:
  explicit OrcStream(OrcColumns columns) : columns_(std::move(columns)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return columns_.schema; }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* out) override {
    while (reader_ == nullptr || stripe_ == reader_->NumberOfStripes()) {
      if (next_ == columns_.paths.size()) {
        out->reset();
        return arrow::Status::OK();
      }
      ARROW_RETURN_NOT_OK(OpenNext());
    }
    ARROW_ASSIGN_OR_RAISE(auto batch, reader_->ReadStripe(stripe_++, names_));
    arrow::ArrayVector arrays;
    for (const auto& field : columns_.schema->fields()) {
      auto column = batch->GetColumnByName(field->name());
      if (column == nullptr) return Differs(field->name());
      arrays.push_back(arrow::MakeArray(AsStreamed(*column->data(), field->type())));
    }
    *out = arrow::RecordBatch::Make(columns_.schema, batch->num_rows(), std::move(arrays));
    return arrow::Status::OK();
  }

 private:
  arrow::Status OpenNext() {
    path_ = columns_.paths[next_++];
    stripe_ = 0;
    ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::ReadableFile::Open(path_));
    ARROW_ASSIGN_OR_RAISE(reader_, ORCFileReader::Open(file, arrow::default_memory_pool()));
    ARROW_ASSIGN_OR_RAISE(auto schema, reader_->ReadSchema());
    names_.clear();
    for (const auto& field : columns_.schema->fields()) {
      auto found = schema->GetFieldByName(field->name());
      if (found == nullptr || !StreamField(*found)->type()->Equals(*field->type())) {
        return Differs(field->name());
      }
      names_.push_back(field->name());
    }
    return arrow::Status::OK();
  }

  arrow::Status Differs(const std::string& column) const {
    return arrow::Status::Invalid("the column " + column + " of " + path_ +
                                  " is not as in the first file");
  }

  OrcColumns columns_;
  size_t next_ = 0;
  std::string path_;
  std::unique_ptr<ORCFileReader> reader_;
  std::vector<std::string> names_;
  int64_t stripe_ = 0;
};

}  // namespace

Schema ReadOrcSchema(const std::string& path) {
  auto reader = Open(path);
  Schema schema;
  std::shared_ptr<arrow::Schema> found = SchemaIn(*reader, path);
  for (const auto& field : found->fields()) {
    schema.push_back({field->name(), SparkType(*field), true, ""});
  }
  return schema;
}

std::shared_ptr<arrow::RecordBatchReader> OrcColumns::Read() const {
  return std::make_shared<OrcStream>(*this);
}

OrcColumns OpenOrc(const std::vector<std::string>& paths, const std::vector<std::string>& names,
                   bool case_sensitive) {
  OrcColumns columns;
  columns.paths = paths;
  auto reader = Open(paths.at(0));
  auto schema = SchemaIn(*reader, paths[0]);
  arrow::FieldVector fields;
  for (const std::string& name : names) {
    columns.places.emplace_back();
    for (const auto& field : schema->fields()) {
      bool same = case_sensitive ? field->name() == name : EqualsIgnoreCase(field->name(), name);
      if (!same) continue;
      columns.places.back() = fields.size();
      fields.push_back(StreamField(*field));
      break;
    }
  }
  columns.schema = arrow::schema(std::move(fields));
  return columns;
}

}  // namespace pyrite::sources
