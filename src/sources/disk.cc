#include "sources/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/errors.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

[[noreturn]] void Fail(const std::string& path, int error) {
  throw errors::TaskWriteFailed(ToUri(path), std::strerror(error));
}

void Check(int result, const std::string& path) {
  if (result != 0) Fail(path, errno);
}

bool IsSame(int descriptor, const std::string& path) {
  struct stat opened, named;
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ < 0) return;
  ::flock(number_, LOCK_UN);  // a forked child may still have the file open
  ::close(number_);
}

void Disk::MakeFolders(const std::string& path) const {
  if (IsFolder(path)) return;
  if (path != "/") MakeFolders(ParentPath(path));
  Before();
  if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) Fail(path, errno);
  if (!IsFolder(path)) Fail(path, ENOTDIR);
}

void Disk::Rename(const std::string& from, const std::string& to) const {
  Before();
  Check(::rename(from.c_str(), to.c_str()), to);
}

bool Disk::Exchange(const std::string& left, const std::string& right) const {
  Before();
  return ::syscall(SYS_renameat2, AT_FDCWD, left.c_str(), AT_FDCWD, right.c_str(),
                   RENAME_EXCHANGE) == 0;
}

Descriptor Disk::CreateLocked(const std::string& path, const std::string& text) const {
  Before();
  Descriptor file(::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666));
  if (!file.is_open()) Fail(path, errno);
  Check(::flock(file.number(), LOCK_EX), path);
  for (size_t at = 0; at < text.size();) {
    ssize_t written = ::write(file.number(), text.data() + at, text.size() - at);
    if (written < 0) Fail(path, errno);
    at += static_cast<size_t>(written);
  }
  Check(::fsync(file.number()), path);
  return file;
}

bool Disk::LinkNew(const std::string& from, const std::string& to) const {
  Before();
  if (::link(from.c_str(), to.c_str()) == 0) return true;
  if (errno != EEXIST) Fail(to, errno);
  return false;
}

void Disk::Touch(const std::string& path) const {
  Before();
  Descriptor file(::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
  if (!file.is_open()) Fail(path, errno);
}

void Disk::RemoveFile(const std::string& path) const {
  Before();
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) Fail(path, errno);
}

void Disk::Sync(const std::string& path) const {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) Fail(path, errno);
  Check(::fsync(file.number()), path);
}

void Disk::SyncTree(const std::string& folder) const {
  for (const std::string& name : NamesIn(folder)) {
    std::string path = folder + "/" + name;
    IsFolder(path) ? SyncTree(path) : Sync(path);
  }
  Sync(folder);
}

void Disk::RemoveTree(const std::string& path) const noexcept {
  struct stat status;
  if (::lstat(path.c_str(), &status) != 0) return;
  if (S_ISDIR(status.st_mode)) {
    for (const std::string& name : NamesIn(path)) RemoveTree(path + "/" + name);
  }
  Before();
  ::remove(path.c_str());
}

bool Exists(const std::string& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

bool CanRead(const std::string& path) { return ::access(path.c_str(), R_OK) == 0; }

bool IsFolder(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::vector<std::string> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return names;
  while (dirent* entry = ::readdir(directory)) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(std::move(name));
  }
  ::closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

Descriptor OpenLocked(const std::string& path, bool wait) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return {};
  int result = 0;
  do {
    result = ::flock(file.number(), LOCK_EX | (wait ? 0 : LOCK_NB));
  } while (result != 0 && errno == EINTR);
  // Who held the lock may have removed or replaced it.
  if (result != 0 || !IsSame(file.number(), path)) return {};
  return file;
}

}  // namespace pyrite::sources
