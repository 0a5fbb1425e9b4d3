#include "stages/manual_slices.h"

#include <parquet/metadata.h>

#include <algorithm>
#include <deque>
#include <map>

#include "base/error.h"
#include "sources/parquet_footer.h"

namespace pyrite::stages {
namespace {

[[noreturn]] void Refuse(const std::string& reason) {
  throw SparkError("CLUSTER_CUT.PYRITE", {{"what", "slices of a scan"}, {"reason", reason}});
}

std::vector<ScannedFile> FilesToSlice(const duckdb::LogicalGet& get) {
  std::vector<ScannedFile> files;
  if (const auto* scan = lower::FileScanOf(get)) {
    for (const plan::ScanFile& file : scan->scan->As<plan::FileScan>().files)
      files.push_back({file.path, file.size, 0});
  } else if (IsParquet(get)) {
    std::vector<std::string> paths = FilesOf(get);
    std::vector<int64_t> sizes = SizesOf(paths);
    for (size_t i = 0; i < paths.size(); ++i) {
      files.push_back({paths[i], sizes[i], sources::ReadFooter(paths[i])->num_row_groups()});
    }
  }
  return files;
}

// How often the tasks read what of each file.
class Given {
 public:
  explicit Given(const std::vector<ScannedFile>& files) {
    for (const ScannedFile& file : files) {
      File& known = files_[file.path];
      ++known.times;
      known.row_groups = file.row_groups;
      known.given.resize(std::max<int64_t>(file.row_groups, 1));
    }
  }

  void Add(const TaskFiles& task) {
    if (task.row_groups && task.files.size() != 1) {
      Refuse("a task has row groups of " + std::to_string(task.files.size()) +
             " files, and can have those of one");
    }
    for (const std::string& path : task.files) {
      auto file = files_.find(path);
      if (file == files_.end()) Refuse("the scan does not read " + path);
      AddGroups(path, file->second, task.row_groups);
    }
  }

  void Check() const {
    for (const auto& [path, file] : files_) {
      for (size_t i = 0; i < file.given.size(); ++i) {
        if (file.given[i] == file.times) continue;
        std::string place =
            file.row_groups == 0 ? path : "row group " + std::to_string(i) + " of " + path;
        Refuse(place + " is read " + Times(file.given[i]) + ", and has to be " + Times(file.times));
      }
    }
  }

 private:
  struct File {
    int64_t row_groups = 0;
    int times = 0;           // in the scan
    std::vector<int> given;  // by row group; without any: one
  };

  static std::string Times(int count) {
    return count == 1 ? "once" : std::to_string(count) + " times";
  }

  static void AddGroups(const std::string& path, File& file,
                        const std::optional<TaskFiles::RowGroups>& groups) {
    auto [first, last] =
        groups.value_or(TaskFiles::RowGroups{0, static_cast<int64_t>(file.given.size())});
    if (groups && (first < 0 || last > file.row_groups || first >= last)) {
      Refuse(path + " has " + std::to_string(file.row_groups) + " row groups, and none from " +
             std::to_string(first) + " to " + std::to_string(last));
    }
    for (int64_t i = first; i < last; ++i) ++file.given[i];
  }

  std::map<std::string, File> files_;
};

ScanSlice OfParquet(const TaskFiles& task) {
  ScanSlice slice;
  slice.files = task.files;
  if (task.row_groups) {
    slice.whole = false;
    slice.first_group = task.row_groups->first;
    slice.last_group = task.row_groups->last;
  }
  return slice;
}

// A file that the scan reads twice has its parts twice, one after the other.
using PartsByFile = std::map<std::string, std::deque<lower::FileParts>>;

PartsByFile PartsOf(const lower::FileScanData& scan) {
  const auto& files = scan.scan->As<plan::FileScan>().files;
  std::vector<lower::FileParts> parts(files.size());
  for (const auto& part : lower::PartsFor(scan, 1)) parts[part.file].push_back(part);
  PartsByFile by_file;
  for (size_t i = 0; i < files.size(); ++i) by_file[files[i].path].push_back(std::move(parts[i]));
  return by_file;
}

ScanSlice OfParts(const TaskFiles& task, PartsByFile& parts) {
  ScanSlice slice;
  for (const std::string& path : task.files) {
    auto& left = parts.at(path);
    slice.parts.insert(slice.parts.end(), left.front().begin(), left.front().end());
    left.pop_front();
  }
  return slice;
}

}  // namespace

void CheckShares(const std::vector<ScannedFile>& files, const std::vector<TaskFiles>& shares,
                 int tasks) {
  if (shares.size() > static_cast<size_t>(tasks)) {
    Refuse("there are " + std::to_string(shares.size()) + " for " + std::to_string(tasks) +
           " tasks");
  }
  Given given(files);
  for (const TaskFiles& share : shares) given.Add(share);
  given.Check();
}

std::vector<ScanSlice> SliceManually(const duckdb::LogicalGet& get, const ManualSlices& decide,
                                     int tasks) {
  std::vector<ScannedFile> files = FilesToSlice(get);
  if (files.empty()) return {};
  std::vector<TaskFiles> shares = decide(files, tasks);
  if (shares.empty()) return {};
  CheckShares(files, shares, tasks);
  std::vector<ScanSlice> slices;
  const auto* scan = lower::FileScanOf(get);
  PartsByFile parts = scan == nullptr ? PartsByFile() : PartsOf(*scan);
  for (const TaskFiles& share : shares) {
    slices.push_back(scan == nullptr ? OfParquet(share) : OfParts(share, parts));
  }
  slices.resize(tasks);
  return slices;
}

}  // namespace pyrite::stages
