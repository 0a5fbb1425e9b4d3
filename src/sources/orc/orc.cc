#include "sources/orc/orc.h"

#include "base/errors.h"
#include "sources/file_table.h"
#include "sources/options.h"
#include "sources/orc/orc_rows.h"
#include "sources/schema_merge.h"

namespace pyrite::sources {
namespace {

Schema InferSchema(const FileTable& table, const ReadRequest& request,
                   const Configuration& configuration) {
  if (table.data_files.empty()) throw errors::UnableToInferSchema("ORC");
  auto option = Options(request.options).FindBool("mergeSchema");
  bool merges = option ? *option : configuration.GetBool("spark.sql.orc.mergeSchema");
  Schema schema = ReadOrcSchema(table.data_files[0].path);
  for (size_t i = 1; merges && i < table.data_files.size(); ++i) {
    schema = MergeSchemas(schema, ReadOrcSchema(table.data_files[i].path),
                          configuration.case_sensitive());
  }
  return schema;
}

}  // namespace

plan::RelationPtr ResolveOrc(const ReadRequest& request, const Configuration& configuration) {
  FileTable table = OpenFileTable(request, configuration);
  Schema schema =
      request.schema ? request.schema->fields() : InferSchema(table, request, configuration);
  return MakeFileScan(request, std::move(table), schema, configuration);
}

std::string OrcSuffix(const std::string& name) {
  std::string codec = ToLower(name);
  if (codec == "none" || codec == "uncompressed") return "";
  for (const char* known : {"zstd", "zlib", "snappy", "lz4"}) {
    if (codec == known) return "." + codec;
  }
  for (const char* known : {"lzo", "brotli"}) {
    if (codec == known) throw errors::UnsupportedFeature("the ORC codec " + codec);
  }
  throw errors::CodecNotAvailable(name, "brotli, uncompressed, lzo, snappy, none, zstd, lz4, zlib");
}

}  // namespace pyrite::sources
