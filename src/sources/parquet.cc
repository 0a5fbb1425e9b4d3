#include "sources/parquet.h"

#include <parquet/metadata.h>

#include <atomic>
#include <future>
#include <thread>

#include "base/errors.h"
#include "sources/file_table.h"
#include "sources/options.h"
#include "sources/parquet_footer.h"
#include "sources/parquet_schema.h"
#include "sources/path.h"
#include "sources/schema_merge.h"

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

// The schemas of all files, read by as many threads as the machine has.
std::vector<Schema> ReadSchemas(const std::vector<ListedFile>& files,
                                const ParquetTypeRules& rules) {
  std::vector<Schema> schemas(files.size());
  std::atomic<size_t> next{0};
  const auto read = [&] {
    for (size_t i = next++; i < files.size(); i = next++) {
      schemas[i] = ToSparkSchema(*ReadFooter(files[i].path), rules);
    }
  };
  size_t threads = std::min<size_t>(std::thread::hardware_concurrency(), files.size());
  std::vector<std::future<void>> readers;
  for (size_t i = 1; i < threads; ++i) readers.push_back(std::async(std::launch::async, read));
  read();
  for (std::future<void>& reader : readers) reader.get();
  return schemas;
}

bool MergesSchemas(const Options& options, const Configuration& configuration) {
  auto option = options.FindBool("mergeSchema");
  return option ? *option : configuration.GetBool("spark.sql.parquet.mergeSchema");
}

Schema InferSchema(const FileTable& table, const ReadRequest& request,
                   const Configuration& configuration) {
  const ListedFile* first = FileToInferFrom(table.all_files);
  if (first == nullptr) throw errors::UnableToInferSchema("Parquet");
  ParquetTypeRules rules = ParquetTypeRules::From(configuration);
  if (!MergesSchemas(Options(request.options), configuration)) {
    return ToSparkSchema(*ReadFooter(first->path), rules);
  }
  std::vector<Schema> schemas = ReadSchemas(table.all_files, rules);
  Schema merged = schemas.front();
  for (size_t i = 1; i < schemas.size(); ++i) {
    if (schemas[i] != merged) {
      merged = MergeSchemas(merged, schemas[i], configuration.case_sensitive());
    }
  }
  return merged;
}

}  // namespace

plan::RelationPtr ResolveParquet(const ReadRequest& request, const Configuration& configuration) {
  FileTable table = OpenFileTable(request, configuration);
  Schema schema = request.schema ? request.schema->fields()
                                 : InferSchema(table, request, configuration);
  return MakeFileScan(request, std::move(table), schema, configuration);
}

}  // namespace pyrite::sources
