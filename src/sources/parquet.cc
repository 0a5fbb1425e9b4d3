#include "sources/parquet.h"

#include <parquet/metadata.h>

#include "base/errors.h"
#include "sources/file_table.h"
#include "sources/options.h"
#include "sources/parquet_footer.h"
#include "sources/parquet_schema.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

// One footer speaks for the table: a summary file's if there is one, else the first file's.
const ListedFile* FileToInferFrom(const std::vector<ListedFile>& files) {
  for (const char* summary : {"_common_metadata", "_metadata"}) {
    for (const ListedFile& file : files) {
      if (BaseName(file.path) == summary) return &file;
    }
  }
  return files.empty() ? nullptr : &files.front();
}

Schema InferSchema(const FileTable& table, const ReadRequest& request,
                   const Configuration& configuration) {
  Options options(request.options);
  if (options.FindBool("mergeSchema").value_or(false)) {
    throw errors::UnsupportedFeature("the option mergeSchema");
  }
  const ListedFile* file = FileToInferFrom(table.all_files);
  if (file == nullptr) throw errors::UnableToInferSchema("Parquet");
  return ToSparkSchema(*ReadFooter(file->path), ParquetTypeRules::From(configuration));
}

}  // namespace

plan::RelationPtr ResolveParquet(const ReadRequest& request, const Configuration& configuration) {
  FileTable table = OpenFileTable(request, configuration);
  Schema schema = request.schema ? request.schema->fields()
                                 : InferSchema(table, request, configuration);
  return MakeFileScan(request, std::move(table), schema, configuration);
}

}  // namespace pyrite::sources
