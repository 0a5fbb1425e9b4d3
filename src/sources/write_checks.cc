#include "sources/write_checks.h"

#include <algorithm>
#include <set>

#include "base/errors.h"
#include "sources/options.h"
#include "sources/source.h"

namespace pyrite::sources {
namespace {

class Names {
 public:
  explicit Names(bool case_sensitive) : case_sensitive_(case_sensitive) {}
  void Add(const std::string& name) {
    if (!seen_.insert(Key(name)).second) throw errors::ColumnAlreadyExists(Key(name));
  }
  std::string Key(const std::string& name) const { return case_sensitive_ ? name : ToLower(name); }

 private:
  bool case_sensitive_;
  std::set<std::string> seen_;
};

bool HasEmptyStruct(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kStruct:
      return type.fields().empty() ||
             std::any_of(type.fields().begin(), type.fields().end(),
                         [](const StructField& field) { return HasEmptyStruct(field.type); });
    case TypeKind::kArray: return HasEmptyStruct(type.element());
    case TypeKind::kMap: return HasEmptyStruct(type.key()) || HasEmptyStruct(type.value());
    default: return false;
  }
}

[[noreturn]] void Refuse(const StructField& column, const char* format) {
  throw errors::UnsupportedDataTypeForDataSource(column.name, column.type.ToSql(), format);
}

void CheckParquetType(const StructField& column, const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kCalendarInterval: Refuse(column, "Parquet");
    case TypeKind::kStruct:
      for (const StructField& field : type.fields()) CheckParquetType(column, field.type);
      return;
    case TypeKind::kArray: return CheckParquetType(column, type.element());
    case TypeKind::kMap:
      CheckParquetType(column, type.key());
      return CheckParquetType(column, type.value());
    default: return;
  }
}

struct Writer {
  const char* name;
  const char* shown;
  void (*check)(const StructField&, const DataType&);
};

void CheckCsvType(const StructField& column, const DataType& type) {
  if (type.IsNested() || type.Is(TypeKind::kNull) || type.Is(TypeKind::kCalendarInterval) ||
      type.Is(TypeKind::kVariant)) {
    Refuse(column, "CSV");
  }
}

void CheckJsonType(const StructField& column, const DataType& type) {
  if (type.Is(TypeKind::kCalendarInterval)) Refuse(column, "JSON");
}

void CheckOrcType(const StructField& column, const DataType& type) {
  if (type.Is(TypeKind::kCalendarInterval) || type.Is(TypeKind::kVariant) ||
      type.Is(TypeKind::kTime) || type.Is(TypeKind::kNull)) {
    Refuse(column, "ORC");
  }
}

void CheckTextType(const StructField& column, const DataType& type) {
  if (!type.IsString()) Refuse(column, "Text");
}

constexpr Writer kWriters[] = {{"parquet", "Parquet", CheckParquetType},
                               {"csv", "CSV", CheckCsvType},
                               {"json", "JSON", CheckJsonType},
                               {"text", "Text", CheckTextType},
                               {"orc", "ORC", CheckOrcType}};

}  // namespace

void CheckWritableFormat(const std::string& format, const plan::Options& options) {
  std::string name = ToLower(format);
  for (const Writer& writer : kWriters) {
    if (name == writer.name) return;
  }
  if (name == "avro") throw SparkError("_LEGACY_ERROR_TEMP_1139", {{"provider", format}});
  if (name == "kafka") throw SparkError("_LEGACY_ERROR_TEMP_1140", {{"provider", format}});
  if (name == "binaryfile") {
    throw SparkError("UNSUPPORTED_FEATURE.WRITE_FOR_BINARY_SOURCE", {});
  }
  if (name == "image") {
    throw SparkError("", "", "java.lang.UnsupportedOperationException",
                     "Images are read, not written.");
  }
  CheckForeignFormat(name, Options(options));
  for (const char* known : {"xml", "jdbc", "console", "delta", "iceberg"}) {
    if (name == known) throw errors::UnsupportedFeature("writing the format " + format);
  }
  throw errors::DataSourceNotFound(format);
}

void CheckWrite(const std::string& format, const Schema& schema,
                const std::vector<std::string>& partition_columns, bool case_sensitive) {
  const Writer* writer = &kWriters[0];
  for (const Writer& known : kWriters) {
    if (ToLower(format) == known.name) writer = &known;
  }
  DataType row = DataType::Struct(schema);
  if (HasEmptyStruct(row)) throw errors::EmptySchemaNotSupported(writer->shown);
  Names columns(case_sensitive), partitions(case_sensitive);
  bool is_text = writer != &kWriters[0];
  for (const StructField& field : schema) {
    if (!is_text) columns.Add(field.name);
  }
  std::set<const StructField*> in_folders;
  for (const std::string& name : partition_columns) {
    partitions.Add(name);
    auto found = std::find_if(schema.begin(), schema.end(), [&](const StructField& field) {
      return columns.Key(field.name) == columns.Key(name);
    });
    if (found == schema.end()) throw errors::PartitionColumnNotFound(name, row.ToDdl());
    if (!found->type.IsAtomic() || found->type.Is(TypeKind::kVariant)) {
      throw errors::InvalidPartitionColumnType(found->type.ToSql());
    }
    in_folders.insert(&*found);
  }
  if (in_folders.size() == schema.size()) throw errors::AllPartitionColumns();
  for (const StructField& field : schema) {
    if (!in_folders.contains(&field)) writer->check(field, field.type);
  }
  size_t written = schema.size() - in_folders.size();
  if (ToLower(format) == "text" && written != 1) {
    throw SparkError("_LEGACY_ERROR_TEMP_1290", {{"schemaSize", std::to_string(written)}});
  }
}

ParquetCodec FindParquetCodec(const std::string& name) {
  std::string codec = ToLower(name);
  if (codec == "none" || codec == "uncompressed") return {"uncompressed", ""};
  if (codec == "gzip") return {codec, ".gz"};
  if (codec == "snappy" || codec == "zstd") return {codec, "." + codec};
  // Hadoop's own framing of LZ4 is deprecated by Parquet, and read by fewer.
  if (codec == "lz4") return {"lz4_raw", ".lz4hadoop"};
  if (codec == "lz4_raw") return {codec, ".lz4raw"};
  if (codec == "brotli") return {codec, ".br"};
  if (codec == "lzo") throw errors::UnsupportedFeature("the Parquet codec lzo");
  throw errors::CodecNotAvailable(
      name, "brotli, uncompressed, lzo, snappy, lz4_raw, none, zstd, lz4, gzip");
}

}  // namespace pyrite::sources
