#include "lower/files/orc_copy.h"

#include <arrow/adapters/orc/adapter.h>
#include <arrow/api.h>
#include <arrow/c/bridge.h>
#include <arrow/io/file.h>
#include <arrow/util/key_value_metadata.h>

#include <mutex>

#include "base/errors.h"
#include "base/type_json.h"
#include "duckdb.hpp"
#include "duckdb/common/arrow/arrow_converter.hpp"
#include "duckdb/common/arrow/arrow_type_extension.hpp"
#include "duckdb/function/copy_function.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "lower/files/guarded.h"

namespace pyrite::lower {
namespace {

using arrow::adapters::orc::ORCFileWriter;

void Check(const arrow::Status& status) {
  if (!status.ok()) throw errors::UnsupportedFeature("ORC: " + status.ToString());
}
template <typename T>
T ValueOf(arrow::Result<T> result) {
  Check(result.status());
  return std::move(result).ValueUnsafe();
}

arrow::Compression::type CodecOf(const std::string& name) {
  if (name == "snappy") return arrow::Compression::SNAPPY;
  if (name == "zlib") return arrow::Compression::GZIP;
  if (name == "lz4") return arrow::Compression::LZ4;
  if (name == "zstd") return arrow::Compression::ZSTD;
  return arrow::Compression::UNCOMPRESSED;
}

// The field as ORC has it, with the mark that Spark leaves on types that ORC does not have.
std::shared_ptr<arrow::Field> OrcField(const arrow::Field& field, const DataType& type) {
  std::shared_ptr<arrow::DataType> target = field.type();
  std::shared_ptr<arrow::KeyValueMetadata> mark;
  if (type.Is(TypeKind::kTimestampNtz) || type.IsAnsiInterval()) {
    mark = arrow::key_value_metadata({"spark.sql.catalyst.type"}, {type.ToDdl()});
  }
  if (target->id() == arrow::Type::TIMESTAMP) {
    target = arrow::timestamp(arrow::TimeUnit::MICRO);
  } else if (type.Is(TypeKind::kArray)) {
    target = arrow::list(OrcField(*target->field(0), type.element()));
  } else if (type.Is(TypeKind::kMap)) {
    const auto& map = static_cast<const arrow::MapType&>(*target);
    target = std::make_shared<arrow::MapType>(OrcField(*map.key_field(), type.key()),
                                              OrcField(*map.item_field(), type.value()));
  } else if (type.Is(TypeKind::kStruct)) {
    arrow::FieldVector children;
    for (int i = 0; i < target->num_fields(); ++i) {
      children.push_back(OrcField(*target->field(i), type.fields()[static_cast<size_t>(i)].type));
    }
    target = arrow::struct_(std::move(children));
  }
  return arrow::field(field.name(), std::move(target), true, std::move(mark));
}

std::shared_ptr<arrow::ArrayData> WithType(const arrow::ArrayData& data,
                                           const std::shared_ptr<arrow::DataType>& type) {
  std::shared_ptr<arrow::ArrayData> out = data.Copy();
  for (size_t i = 0; i < out->child_data.size(); ++i) {
    out->child_data[i] = WithType(*out->child_data[i], type->field(static_cast<int>(i))->type());
  }
  out->type = type;
  return out;
}

struct BindData : public duckdb::FunctionData {
  std::string codec = "none";
  duckdb::vector<duckdb::LogicalType> types;
  duckdb::vector<std::string> names;
  DataType schema;

  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<BindData>(*this);
  }
  bool Equals(const duckdb::FunctionData& other) const override {
    const auto& that = other.Cast<BindData>();
    return codec == that.codec && names == that.names && types == that.types;
  }

  std::shared_ptr<arrow::Schema> DuckDBSchema(duckdb::ClientProperties& properties) const {
    ArrowSchema exported;
    duckdb::ArrowConverter::ToArrowSchema(&exported, types, names, properties);
    return ValueOf(arrow::ImportSchema(&exported));
  }

  std::shared_ptr<arrow::Schema> OrcSchema(const arrow::Schema& of_duckdb) const {
    arrow::FieldVector fields;
    for (int i = 0; i < of_duckdb.num_fields(); ++i) {
      fields.push_back(OrcField(*of_duckdb.field(i), schema.fields()[static_cast<size_t>(i)].type));
    }
    return arrow::schema(std::move(fields));
  }
};

struct GlobalData : public duckdb::GlobalFunctionData {
  std::mutex mutex;
  duckdb::ClientProperties properties;
  std::shared_ptr<arrow::Schema> of_duckdb, of_orc;
  std::shared_ptr<arrow::io::FileOutputStream> file;
  std::unique_ptr<ORCFileWriter> writer;

  void Write(duckdb::DataChunk& chunk) {
    ArrowArray exported;
    duckdb::ArrowConverter::ToArrowArray(chunk, &exported, properties, {});
    auto batch = ValueOf(arrow::ImportRecordBatch(&exported, of_duckdb));
    arrow::ArrayVector arrays;
    for (int i = 0; i < batch->num_columns(); ++i) {
      arrays.push_back(
          arrow::MakeArray(WithType(*batch->column_data(i), of_orc->field(i)->type())));
    }
    auto rows = arrow::RecordBatch::Make(of_orc, batch->num_rows(), std::move(arrays));
    std::lock_guard lock(mutex);
    Check(writer->Write(*rows));
  }
};

duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::ClientContext&,
                                              duckdb::CopyFunctionBindInput& input,
                                              const duckdb::vector<duckdb::Identifier>& names,
                                              const duckdb::vector<duckdb::LogicalType>& types) {
  auto data = duckdb::make_uniq<BindData>();
  for (const auto& name : names) data->names.push_back(name.GetIdentifierName());
  data->types = types;
  data->codec = input.info.options.at(duckdb::Identifier("codec"))[0].ToString();
  Guarded([&] {
    data->schema = TypeFromJson(input.info.options.at(duckdb::Identifier("schema"))[0].ToString());
  });
  return data;
}

duckdb::unique_ptr<duckdb::GlobalFunctionData> InitGlobal(duckdb::ClientContext& context,
                                                          duckdb::FunctionData& bind_data,
                                                          const std::string& path) {
  const auto& bind = bind_data.Cast<BindData>();
  auto global = duckdb::make_uniq<GlobalData>();
  global->properties = context.GetClientProperties();
  global->properties.produce_arrow_string_view = false;
  global->properties.arrow_offset_size = duckdb::ArrowOffsetSize::REGULAR;
  Guarded([&] {
    global->of_duckdb = bind.DuckDBSchema(global->properties);
    global->of_orc = bind.OrcSchema(*global->of_duckdb);
    global->file = ValueOf(arrow::io::FileOutputStream::Open(path));
    arrow::adapters::orc::WriteOptions options;
    options.compression = CodecOf(bind.codec);
    global->writer = ValueOf(ORCFileWriter::Open(global->file.get(), options));
    // A file without rows has a schema, too.
    Check(global->writer->Write(*ValueOf(arrow::RecordBatch::MakeEmpty(global->of_orc))));
  });
  return global;
}

duckdb::unique_ptr<duckdb::LocalFunctionData> InitLocal(duckdb::ExecutionContext&,
                                                        duckdb::FunctionData&) {
  return duckdb::make_uniq<duckdb::LocalFunctionData>();
}

void Sink(duckdb::ExecutionContext&, duckdb::FunctionData&, duckdb::GlobalFunctionData& global,
          duckdb::LocalFunctionData&, duckdb::DataChunk& chunk) {
  Guarded([&] { global.Cast<GlobalData>().Write(chunk); });
}

void Combine(duckdb::ExecutionContext&, duckdb::FunctionData&, duckdb::GlobalFunctionData&,
             duckdb::LocalFunctionData&) {}

void Finalize(duckdb::ClientContext&, duckdb::FunctionData&, duckdb::GlobalFunctionData& data) {
  auto& global = data.Cast<GlobalData>();
  Guarded([&] {
    Check(global.writer->Close());
    Check(global.file->Close());
  });
}

duckdb::CopyFunctionExecutionMode Mode(bool preserve_insertion_order, bool) {
  using duckdb::CopyFunctionExecutionMode;
  return preserve_insertion_order ? CopyFunctionExecutionMode::REGULAR_COPY_TO_FILE
                                  : CopyFunctionExecutionMode::PARALLEL_COPY_TO_FILE;
}

}  // namespace

void RegisterOrcCopy(duckdb::ExtensionLoader& loader) {
  duckdb::CopyFunction copy{duckdb::Identifier(kOrcFormat)};
  copy.copy_to_bind = Bind;
  copy.copy_to_initialize_global = InitGlobal;
  copy.copy_to_initialize_local = InitLocal;
  copy.copy_to_sink = Sink;
  copy.copy_to_combine = Combine;
  copy.copy_to_finalize = Finalize;
  copy.execution_mode = Mode;
  copy.extension = "orc";
  loader.RegisterFunction(std::move(copy));
}

}  // namespace pyrite::lower
