#include "sources/file_table.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/errors.h"
#include "sources/disk.h"
#include "sources/file_filter.h"
#include "sources/file_metadata.h"
#include "sources/glob.h"
#include "sources/journal.h"
#include "sources/options.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

bool SameName(const std::string& left, const std::string& right, bool case_sensitive) {
  return case_sensitive ? left == right : EqualsIgnoreCase(left, right);
}

const StructField* FindField(const Schema& schema, const std::string& name, bool case_sensitive) {
  for (const StructField& field : schema) {
    if (SameName(field.name, name, case_sensitive)) return &field;
  }
  return nullptr;
}

void CheckUnique(const Schema& schema, bool case_sensitive) {
  std::set<std::string> seen;
  for (const StructField& field : schema) {
    std::string key = case_sensitive ? field.name : ToLower(field.name);
    if (!seen.insert(key).second) throw errors::ColumnAlreadyExists(key);
  }
}

plan::ScanFile ToScanFile(const ListedFile& file, std::vector<Value> partition_values) {
  return {file.path, file.size, file.modification_time, std::move(partition_values)};
}

// Which of `columns` stand in a file of the given columns.
plan::FileLayout ToLayout(const std::vector<std::string>& columns,
                          const std::vector<std::string>& in_file, bool case_sensitive) {
  const auto key = [&](const std::string& name) { return case_sensitive ? name : ToLower(name); };
  std::map<std::string, size_t> counts;
  for (const std::string& name : in_file) ++counts[key(name)];
  plan::FileLayout layout;
  for (const std::string& column : columns) {
    auto found = counts.find(key(column));
    if (found != counts.end() && found->second > 1) throw errors::ColumnAlreadyExists(key(column));
    layout.push_back(found != counts.end());
  }
  return layout;
}

// A table without partitions is what lies directly in its paths; below them only when asked for.
void CollectFlat(const Listing& listing, const FileFilter& filter, bool recursive,
                 FileTable& table) {
  const auto take = [&](const ListedFile& file) {
    if (!filter.Accepts(file)) return;
    table.all_files.push_back(file);
    if (IsDataFile(file)) table.data_files.push_back(ToScanFile(file, {}));
  };
  if (recursive) {
    for (const auto& [folder, files] : listing.folders) {
      for (const ListedFile& file : files) take(file);
    }
    return;
  }
  for (const std::string& root : listing.roots) {
    bool is_file = std::find(listing.file_roots.begin(), listing.file_roots.end(), root) !=
                   listing.file_roots.end();
    auto folder = listing.folders.find(is_file ? ParentPath(root) : root);
    if (folder == listing.folders.end()) continue;
    for (const ListedFile& file : folder->second) {
      if (!is_file || file.path == root) take(file);
    }
  }
}

void CollectPartitioned(const Listing& listing, const FileFilter& filter,
                        const PartitionSpec& partitions, FileTable& table) {
  for (const auto& [folder, files] : listing.folders) {
    auto values = partitions.values.find(folder);
    for (const ListedFile& file : files) {
      if (!filter.Accepts(file)) continue;
      table.all_files.push_back(file);
      if (values == partitions.values.end() || !IsDataFile(file)) continue;
      table.data_files.push_back(ToScanFile(file, values->second));
    }
  }
}

// What the configuration says of files that cannot be read, for those who read them.
plan::Options WithFileRules(const ReadRequest& request, const Configuration& configuration) {
  plan::Options options = request.options;
  for (const char* name : {"ignoreCorruptFiles", "ignoreMissingFiles"}) {
    if (Options(options).Find(name)) continue;
    if (!configuration.GetBool(std::string("spark.sql.files.") + name)) continue;
    options.emplace_back(name, "true");
  }
  return options;
}

bool IsMissing(const std::string& path) {
  std::string local = ToLocalPath(path);
  if (IsGlob(local)) return false;
  RecoverTable(local);
  return !Exists(local);
}

// Spark packs files into tasks the largest first, and that is the order in which the rows of small
// ones come. Larger files it reads in parts; here they keep the order of their names.
void OrderAsPacked(std::vector<plan::ScanFile>& files) {
  constexpr int64_t kSmall = 4 << 20;  // spark.sql.files.openCostInBytes
  bool small = std::all_of(files.begin(), files.end(),
                           [](const plan::ScanFile& file) { return file.size <= kSmall; });
  if (!small) return;
  std::stable_sort(
      files.begin(), files.end(),
      [](const plan::ScanFile& a, const plan::ScanFile& b) { return a.size > b.size; });
}

}  // namespace

bool IgnoresCorruptFiles(const ReadRequest& request, const Configuration& configuration) {
  auto option = Options(request.options).FindBool("ignoreCorruptFiles");
  return option ? *option : configuration.GetBool("spark.sql.files.ignoreCorruptFiles");
}

FileTable OpenFileTable(const ReadRequest& request, const Configuration& configuration) {
  Options options(request.options);
  std::vector<std::string> paths = request.paths;
  if (auto path = options.Find("path")) {
    if (!paths.empty() && !configuration.GetBool("spark.sql.legacy.pathOptionBehavior.enabled")) {
      throw errors::PathOptionAndPath();
    }
    paths.push_back(*path);
  }
  FileFilter filter = FileFilter::Make(options, configuration);
  bool recursive = options.FindBool("recursiveFileLookup").value_or(false);
  FileTable table;
  table.root_paths = paths;
  if (request.may_be_missing) std::erase_if(paths, IsMissing);
  Listing listing = ListFiles(ExpandPaths(paths));
  PartitionSpec partitions;
  if (!recursive) partitions = DiscoverPartitions(listing, request.schema, options, configuration);
  if (partitions.columns.empty()) {
    CollectFlat(listing, filter, recursive, table);
  } else {
    CollectPartitioned(listing, filter, partitions, table);
  }
  table.partition_columns = std::move(partitions.columns);
  if (request.schema) return table;
  std::stable_sort(table.all_files.begin(), table.all_files.end(),
                   [](const ListedFile& a, const ListedFile& b) { return a.path < b.path; });
  return table;
}

plan::RelationPtr MakeFileScan(const ReadRequest& request, FileTable table,
                               const Schema& file_schema, const Configuration& configuration) {
  bool case_sensitive = configuration.case_sensitive();
  CheckUnique(file_schema, case_sensitive);
  CheckUnique(table.partition_columns, case_sensitive);
  bool keeps_place = !request.schema;
  plan::FileScan scan;
  scan.format = ToLower(request.format);
  scan.options = WithFileRules(request, configuration);
  scan.root_paths = std::move(table.root_paths);
  scan.files = std::move(table.data_files);
  OrderAsPacked(scan.files);
  scan.partition_column_count = table.partition_columns.size();

  plan::Columns scanned, shown;
  for (const StructField& field : table.partition_columns) {
    scanned.push_back(
        {plan::NextColumnId(), field.name, field.type.AsNullable(), true, field.metadata});
  }
  plan::Columns partition_columns = std::move(scanned);
  scanned.clear();
  bool overlaps = false;
  for (const StructField& field : file_schema) {
    const StructField* partition = FindField(table.partition_columns, field.name, case_sensitive);
    if (partition != nullptr) {
      if (!keeps_place) continue;
      overlaps = true;
      shown.push_back(partition_columns[partition - table.partition_columns.data()]);
      continue;
    }
    scan.file_column_names.push_back(field.name);
    scanned.push_back(
        {plan::NextColumnId(), field.name, field.type.AsNullable(), true, field.metadata});
    shown.push_back(scanned.back());
  }
  for (const auto& names : table.layouts) {
    scan.layouts.push_back(ToLayout(scan.file_column_names, names, case_sensitive));
  }
  for (const plan::Column& column : partition_columns) {
    scanned.push_back(column);
    bool placed = keeps_place && FindField(file_schema, column.name, case_sensitive);
    if (!placed) shown.push_back(column);
  }
  if (request.shows_metadata) {
    scanned.push_back(
        {plan::NextColumnId(), kMetadataColumn, MetadataType(scan.format), false, ""});
    shown.push_back(scanned.back());
  }
  plan::RelationPtr relation = plan::MakeRelation(std::move(scan), std::move(scanned));
  if (!overlaps) return relation;
  plan::NamedExpressions reordered;
  for (const plan::Column& column : shown) reordered.push_back({column, plan::MakeRef(column)});
  return plan::MakeProject(std::move(relation), std::move(reordered));
}

}  // namespace pyrite::sources
