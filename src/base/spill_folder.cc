#include "base/spill_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <system_error>
#include <utility>

#include "base/errors.h"

namespace pyrite {
namespace {

namespace fs = std::filesystem;

constexpr char kPrefix[] = "pyrite-";
constexpr char kLockName[] = "lock";

// The lock of `folder`, or -1 when another process has it.
int Lock(const fs::path& folder, int flags) {
  int file = open((folder / kLockName).c_str(), O_RDWR | O_CLOEXEC | flags, 0600);
  if (file < 0) return -1;
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  close(file);
  return -1;
}

// Another process may have taken the folder for a left one before it was locked.
bool IsThere(const fs::path& folder, int lock) {
  struct stat opened, named;
  return fstat(lock, &opened) == 0 && stat((folder / kLockName).c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino;
}

void RemoveLeft(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    if (!entry.path().filename().string().starts_with(kPrefix)) continue;
    if (!entry.is_directory(ignored)) continue;
    int lock = Lock(entry.path(), 0);
    if (lock < 0) continue;
    fs::remove_all(entry.path(), ignored);
    close(lock);
  }
}

}  // namespace

SpillFolder::SpillFolder(const std::string& parent) {
  static std::atomic<int> number = 0;
  fs::path folder = parent.empty() ? fs::temp_directory_path() : fs::path(parent);
  std::error_code error;
  fs::create_directories(folder, error);
  RemoveLeft(folder);
  for (int attempt = 0; attempt < 10 && lock_ < 0; ++attempt) {
    path_ = folder / (kPrefix + std::to_string(getpid()) + "-" + std::to_string(++number));
    fs::create_directories(path_, error);
    lock_ = Lock(path_, O_CREAT);
    if (lock_ >= 0 && !IsThere(path_, lock_)) close(std::exchange(lock_, -1));
  }
  if (lock_ < 0) throw SparkError("SPILL_DIRECTORY.PYRITE", {{"path", folder.string()}});
}

SpillFolder::~SpillFolder() {
  Remove();
  close(lock_);
}

void SpillFolder::Remove() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace pyrite
