#include "worker/task_folder.h"

#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "sources/disk.h"
#include "sources/path.h"

namespace pyrite::worker {

std::string FolderName(const exchange::TaskId& id) {
  std::string name = exchange::ToString(id);
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

TaskFolder::TaskFolder(std::string path) : path_(std::move(path)) {
  std::error_code error;
  std::filesystem::create_directory(path_, error);
  if (error) throw errors::TaskWriteFailed(sources::ToUri(path_), error.message());
}

TaskFolder::~TaskFolder() {
  if (!is_kept_) sources::Disk().RemoveTree(path_);
}

engine::WrittenFiles TaskFolder::Keep(int64_t rows) {
  sources::Disk().SyncTree(path_);
  is_kept_ = true;
  return {path_, engine::FilesBelow(path_), rows};
}

}  // namespace pyrite::worker
