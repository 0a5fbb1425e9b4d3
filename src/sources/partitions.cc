#include "sources/partitions.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/errors.h"
#include "sources/partition_values.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

struct Segment {
  std::string column;
  std::string raw;  // still escaped
};

struct PartitionFolder {
  std::string path;
  std::string base;  // where its segments begin
  std::vector<Segment> segments;
};

std::optional<Segment> ParseSegment(std::string_view name) {
  size_t equals = name.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  Segment segment{UnescapePathName(name.substr(0, equals)), std::string(name.substr(equals + 1))};
  if (segment.column.empty()) throw errors::EmptyPartitionColumnName(std::string(name));
  if (segment.raw.empty()) throw errors::EmptyPartitionColumnValue(std::string(name));
  return segment;
}

// Climbs from the folder to a base path, or to the first folder that is no segment after some were.
std::optional<PartitionFolder> ParseFolder(const std::string& path,
                                           const std::set<std::string>& base_paths) {
  PartitionFolder folder{path, path, {}};
  std::string current = path;
  while (current != "/") {
    if (EqualsIgnoreCase(std::string(BaseName(current)), "_temporary")) return std::nullopt;
    if (base_paths.contains(current)) break;
    auto segment = ParseSegment(BaseName(current));
    if (!segment && !folder.segments.empty()) break;
    if (segment) folder.segments.push_back(std::move(*segment));
    current = ParentPath(current);
  }
  if (folder.segments.empty()) return std::nullopt;
  std::reverse(folder.segments.begin(), folder.segments.end());
  folder.base = current;
  return folder;
}

std::set<std::string> BasePaths(const Listing& listing, const Options& options) {
  auto given = options.Find("basePath");
  if (!given) {
    std::set<std::string> bases;
    for (const std::string& root : listing.roots) {
      bool is_file = std::find(listing.file_roots.begin(), listing.file_roots.end(), root) !=
                     listing.file_roots.end();
      bases.insert(is_file ? ParentPath(root) : root);
    }
    return bases;
  }
  std::string base = ToLocalPath(*given);
  struct stat status;
  if (::stat(base.c_str(), &status) != 0) throw errors::PathNotFound(ToUri(base));
  if (!S_ISDIR(status.st_mode)) {
    throw errors::IllegalArgument("Option 'basePath' must be a directory");
  }
  for (const std::string& root : listing.roots) {
    if (root.starts_with(base)) continue;
    throw errors::IllegalArgument("Wrong basePath " + *given +
                                  " for the root path: " + ToUri(root));
  }
  return {base};
}

std::string ColumnList(const PartitionFolder& folder) {
  std::string out;
  for (const Segment& segment : folder.segments) {
    out += (out.empty() ? "" : ", ") + segment.column;
  }
  return out;
}

// All folders must begin at one place and name the same columns.
void CheckFolders(const std::vector<PartitionFolder>& folders, bool case_sensitive) {
  std::vector<std::string> bases;
  std::vector<std::string> lists;
  std::set<std::string> distinct;
  for (const PartitionFolder& folder : folders) {
    std::string uri = ToUri(folder.base);
    if (std::find(bases.begin(), bases.end(), uri) == bases.end()) bases.push_back(uri);
    std::string list = ColumnList(folder);
    if (std::find(lists.begin(), lists.end(), list) == lists.end()) lists.push_back(list);
    distinct.insert(case_sensitive ? list : ToLower(list));
  }
  if (bases.size() > 1) throw errors::ConflictingDirectoryStructures(bases);
  if (distinct.size() == 1) return;
  std::string shown, paths;
  for (size_t i = 0; i < lists.size(); ++i) {
    shown += "\n\tPartition column name list #" + std::to_string(i) + ": " + lists[i];
  }
  for (const PartitionFolder& folder : folders) paths += "\n\t" + ToUri(folder.path);
  throw errors::ConflictingPartitionColumnNames(shown + "\n", paths);
}

std::optional<StructField> UserField(const std::optional<DataType>& schema, const std::string& name,
                                     bool case_sensitive) {
  if (!schema) return std::nullopt;
  for (const StructField& field : schema->fields()) {
    if (case_sensitive ? field.name == name : EqualsIgnoreCase(field.name, name)) return field;
  }
  return std::nullopt;
}

}  // namespace

PartitionSpec DiscoverPartitions(const Listing& listing, const std::optional<DataType>& schema,
                                 const Options& options, const Configuration& configuration) {
  std::set<std::string> base_paths = BasePaths(listing, options);
  bool case_sensitive = configuration.case_sensitive();
  std::vector<PartitionFolder> folders;
  for (const auto& [path, files] : listing.folders) {
    bool has_data = std::any_of(files.begin(), files.end(),
                                [](const ListedFile& file) { return IsDataName(file.path); });
    if (!has_data) continue;
    if (auto folder = ParseFolder(path, base_paths)) folders.push_back(std::move(*folder));
  }
  if (folders.empty()) return {};
  CheckFolders(folders, case_sensitive);

  PartitionTypeRules rules;
  rules.infer = configuration.GetBool("spark.sql.sources.partitionColumnTypeInference.enabled");
  if (configuration.Get("spark.sql.timestampType") == "TIMESTAMP_NTZ") {
    rules.timestamp = DataType::TimestampNtz();
  }
  rules.time_zone = options.Find("timeZone").value_or(configuration.time_zone());
  PartitionSpec spec;
  for (size_t i = 0; i < folders[0].segments.size(); ++i) {
    const std::string& name = folders[0].segments[i].column;
    auto user = UserField(schema, name, case_sensitive);
    if (!user) {
      std::vector<DataType> types;
      for (const PartitionFolder& folder : folders) {
        types.push_back(InferPartitionType(folder.segments[i].raw, rules));
      }
      user = StructField{name, CommonPartitionType(types), true, ""};
    }
    spec.columns.push_back(std::move(*user));
    for (const PartitionFolder& folder : folders) {
      spec.values[folder.path].push_back(ParsePartitionValue(
          folder.segments[i].raw, name, spec.columns.back().type, rules.time_zone));
    }
  }
  return spec;
}

}  // namespace pyrite::sources
