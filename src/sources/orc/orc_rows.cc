#include "sources/orc/orc_rows.h"

#include <arrow/adapters/orc/adapter.h>
#include <arrow/api.h>
#include <arrow/io/file.h>
#include <arrow/util/io_util.h>
#include <arrow/util/key_value_metadata.h>

#include <algorithm>
#include <cerrno>

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
// More than one chunk has, and little enough to be held by each thread.
constexpr int64_t kBatchRows = 8192;

arrow::Result<std::unique_ptr<ORCFileReader>> Open(const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::ReadableFile::Open(path));
  return ORCFileReader::Open(file, arrow::default_memory_pool());
}

arrow::Result<std::shared_ptr<arrow::Schema>> SchemaIn(const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(auto reader, Open(path));
  return reader->ReadSchema();
}

// While rows are read.
template <typename T>
T OrRaise(arrow::Result<T> result, const std::string& path) {
  if (result.ok()) return std::move(result).ValueUnsafe();
  const arrow::Status& status = result.status();
  if (arrow::internal::ErrnoFromStatus(status) == ENOENT) throw MissingFile(path);
  throw CannotReadFile(path, status.ToString());
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

}  // namespace

Schema ReadOrcSchema(const std::string& path) {
  auto found = SchemaIn(path);
  if (!found.ok()) throw errors::CannotReadFileFooter(ToUri(path));
  Schema schema;
  for (const auto& field : (*found)->fields()) {
    schema.push_back({field->name(), SparkType(*field), true, ""});
  }
  return schema;
}

OrcRows::OrcRows(const FilePart& part, const std::vector<std::string>& names)
    : path_(part.path), reader_(OrRaise(Open(part.path), part.path)) {
  Choose(*OrRaise(reader_->ReadSchema(), path_), names);
  for (int64_t i = 0; i < reader_->NumberOfStripes(); ++i) {
    auto stripe = reader_->GetStripeInformation(i);
    bool begins_here = stripe.offset >= part.begin && stripe.offset < part.end;
    if (begins_here) stripes_.push_back({stripe.first_row_id, stripe.num_rows});
  }
}

OrcRows::~OrcRows() = default;

void OrcRows::Choose(const arrow::Schema& file, const std::vector<std::string>& names) {
  std::vector<std::optional<int>> found;
  for (const std::string& name : names) {
    found.emplace_back();
    for (int i = 0; i < file.num_fields() && !found.back(); ++i) {
      if (EqualsIgnoreCase(file.field(i)->name(), name)) found.back() = i;
    }
    if (found.back()) fields_.push_back(*found.back());
  }
  std::sort(fields_.begin(), fields_.end());
  fields_.erase(std::unique(fields_.begin(), fields_.end()), fields_.end());
  arrow::FieldVector streamed;
  for (int field : fields_) streamed.push_back(StreamField(*file.field(field)));
  schema_ = arrow::schema(std::move(streamed));
  for (const auto& field : found) {
    places_.emplace_back();
    if (!field) continue;
    places_.back() = std::lower_bound(fields_.begin(), fields_.end(), *field) - fields_.begin();
  }
}

std::shared_ptr<arrow::RecordBatch> OrcRows::Next() {
  for (;;) {
    std::shared_ptr<arrow::RecordBatch> batch;
    if (batches_ != nullptr) batch = OrRaise(batches_->Next(), path_);
    if (batch != nullptr) return Streamed(*batch);
    if (next_ == stripes_.size()) return nullptr;
    const Stripe& stripe = stripes_[next_++];
    if (fields_.empty()) {
      return arrow::RecordBatch::Make(schema_, stripe.rows, arrow::ArrayVector());
    }
    arrow::Status found = reader_->Seek(stripe.first_row);
    if (!found.ok()) throw CannotReadFile(path_, found.ToString());
    batches_ = OrRaise(reader_->NextStripeReader(kBatchRows, fields_), path_);
  }
}

std::shared_ptr<arrow::RecordBatch> OrcRows::Streamed(const arrow::RecordBatch& batch) const {
  arrow::ArrayVector arrays;
  for (int i = 0; i < schema_->num_fields(); ++i) {
    arrays.push_back(
        arrow::MakeArray(AsStreamed(*batch.column(i)->data(), schema_->field(i)->type())));
  }
  return arrow::RecordBatch::Make(schema_, batch.num_rows(), std::move(arrays));
}

}  // namespace pyrite::sources
