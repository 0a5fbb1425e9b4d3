#include "sources/parquet.h"

#include <parquet/metadata.h>

#include <map>

#include "base/errors.h"
#include "sources/file_table.h"
#include "sources/options.h"
#include "sources/parallel.h"
#include "sources/parquet_footer.h"
#include "sources/parquet_schema.h"
#include "sources/path.h"
#include "sources/schema_merge.h"
#include "sources/text/schema_cache.h"

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

std::vector<Schema> ReadSchemas(const std::vector<ListedFile>& files,
                                const ParquetTypeRules& rules) {
  std::vector<Schema> schemas(files.size());
  ForEachInParallel(files.size(), [&](size_t i) {
    schemas[i] = ToSparkSchema(*ReadFooter(files[i].path), rules);
  });
  return schemas;
}

bool IsReadable(const std::string& path, int64_t size, int64_t modification_time) {
  try {
    ReadLayout(path, size, modification_time);
    return true;
  } catch (const SparkError&) {
    return false;
  }
}

void DropCorruptFiles(FileTable& table, bool merges) {
  const auto is_corrupt = [](const auto& file) {
    return !IsReadable(file.path, file.size, file.modification_time);
  };
  // A schema is taken from the first file whatever it is: where it is corrupt there is none.
  bool first = !table.all_files.empty() && !merges && is_corrupt(*FileToInferFrom(table.all_files));
  if (first) table.all_files.clear();
  std::erase_if(table.all_files, is_corrupt);
  std::erase_if(table.data_files, is_corrupt);
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
    std::vector<plan::ScanFile> file = {{first->path, first->size, first->modification_time, {}}};
    return RememberSchema("parquet", file, {}, rules.Text(),
                          [&] { return ToSparkSchema(*ReadFooter(first->path), rules); });
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

// Files written at different times may have different columns, or a column in different types.
void FindLayouts(FileTable& table) {
  std::vector<plan::ScanFile>& files = table.data_files;
  std::vector<std::shared_ptr<const ParquetLayout>> found(files.size());
  ForEachInParallel(files.size(), [&](size_t i) {
    found[i] = ReadLayout(files[i].path, files[i].size, files[i].modification_time);
  });
  std::map<std::string, size_t> numbers;
  for (size_t i = 0; i < files.size(); ++i) {
    auto [entry, is_new] = numbers.emplace(found[i]->text, table.layouts.size());
    if (is_new) table.layouts.push_back(found[i]->columns);
    files[i].layout = entry->second;
  }
}

// The options with what the configuration says of how values are read.
plan::Options Settled(const ReadRequest& request, const Configuration& configuration) {
  plan::Options options = request.options;
  if (configuration.GetBool("spark.sql.legacy.parquet.nanosAsLong")) {
    options.emplace_back(kNanosAsLong, "true");
  }
  return options;
}

}  // namespace

plan::RelationPtr ResolveParquet(const ReadRequest& given, const Configuration& configuration) {
  ReadRequest request = given;
  request.options = Settled(given, configuration);
  FileTable table = OpenFileTable(request, configuration);
  if (IgnoresCorruptFiles(request, configuration)) {
    DropCorruptFiles(table, MergesSchemas(Options(request.options), configuration));
  }
  Schema schema =
      request.schema ? request.schema->fields() : InferSchema(table, request, configuration);
  // A lone file that the schema was taken from has all of its columns.
  if (request.schema || table.all_files.size() > 1) FindLayouts(table);
  return MakeFileScan(request, std::move(table), schema, configuration);
}

}  // namespace pyrite::sources
