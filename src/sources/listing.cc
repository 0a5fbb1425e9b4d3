#include "sources/listing.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/errors.h"
#include "sources/disk.h"
#include "sources/glob.h"
#include "sources/journal.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

ListedFile ToListed(std::string path, const struct stat& status) {
  return {std::move(path), status.st_size,
          status.st_mtim.tv_sec * 1'000'000 + status.st_mtim.tv_nsec / 1000};
}

// Adds the folder's files to `out` and its sub-folders to `pending`.
void ListFolder(const std::string& folder, std::vector<ListedFile>& out,
                std::vector<std::string>& pending) {
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return;  // gone since it was seen
  const std::string prefix = folder == "/" ? folder : folder + "/";
  while (dirent* entry = ::readdir(directory)) {
    std::string_view name = entry->d_name;
    if (name == "." || name == ".." || IsIgnoredName(name)) continue;
    if (entry->d_type == DT_DIR) {
      pending.push_back(prefix + entry->d_name);
      continue;
    }
    struct stat status;
    if (::fstatat(::dirfd(directory), entry->d_name, &status, 0) != 0) continue;
    if (S_ISDIR(status.st_mode)) {
      pending.push_back(prefix + entry->d_name);
    } else {
      out.push_back(ToListed(prefix + entry->d_name, status));
    }
  }
  ::closedir(directory);
  std::sort(out.begin(), out.end(),
            [](const ListedFile& a, const ListedFile& b) { return a.path < b.path; });
}

// An overwrite that falls into the listing shows as another folder under the same name.
ino_t FolderIdentity(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

void ListTree(const std::string& root, Listing& listing) {
  std::vector<std::string> pending = {root};
  while (!pending.empty()) {
    std::string folder = std::move(pending.back());
    pending.pop_back();
    std::vector<ListedFile> files;
    ListFolder(folder, files, pending);
    if (!files.empty()) listing.folders[folder] = std::move(files);
  }
}

void ListStableTree(const std::string& root, Listing& listing) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    Listing found;
    ino_t before = FolderIdentity(root);
    ListTree(root, found);
    bool committing = Recover(root);
    if (committing || FolderIdentity(root) != before) continue;
    listing.folders.merge(found.folders);
    return;
  }
  throw errors::FailedReadFile(ToUri(root));
}

// Completes what killed writers left, so that no folder is seen half written.
bool CompleteCommits(const std::vector<std::string>& paths) {
  bool found = false;
  std::string last;
  for (const std::string& path : paths) {
    std::string parent = ParentPath(path);
    if (parent != last) found = RecoverTable(parent) || found;
    last = std::move(parent);
    if (IsFolder(path)) found = Recover(path) || found;
  }
  return found;
}

}  // namespace

std::vector<std::string> ExpandPaths(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::string local = ToLocalPath(path);
    std::vector<std::string> found;
    if (IsGlob(local)) {
      found = ExpandGlob(local);
      if (CompleteCommits(found)) found = ExpandGlob(local);
    } else {
      RecoverTable(local);
      if (Exists(local)) found.push_back(local);
    }
    if (found.empty()) throw errors::PathNotFound(ToUri(local));
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

Listing ListFiles(std::vector<std::string> roots) {
  Listing listing;
  std::vector<ListedFile> files;
  for (const std::string& root : roots) {
    struct stat status;
    if (::stat(root.c_str(), &status) != 0) continue;
    if (S_ISDIR(status.st_mode)) {
      ListStableTree(root, listing);
    } else if (!IsIgnoredName(BaseName(root))) {
      listing.file_roots.push_back(root);
      files.push_back(ToListed(root, status));
    }
  }
  for (ListedFile& file : files) {
    std::vector<ListedFile>& folder = listing.folders[ParentPath(file.path)];
    bool listed = std::any_of(folder.begin(), folder.end(),
                              [&](const ListedFile& other) { return other.path == file.path; });
    if (!listed) folder.push_back(std::move(file));
  }
  listing.roots = std::move(roots);
  return listing;
}

bool IsDataName(const std::string& path) {
  std::string_view name = BaseName(path);
  return !(name.starts_with("_") && name.find('=') == std::string_view::npos) &&
         !name.starts_with(".");
}

bool IsDataFile(const ListedFile& file) { return file.size > 0 && IsDataName(file.path); }

}  // namespace pyrite::sources
