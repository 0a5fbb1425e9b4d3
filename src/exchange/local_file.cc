#include "exchange/local_file.h"

#include <arrow/buffer.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

SparkError CannotWrite(const std::filesystem::path& path) {
  return SparkError("SPILL_DIRECTORY.PYRITE", {{"path", path.parent_path().string()}});
}

}  // namespace

LocalFile::LocalFile(std::filesystem::path path, int handle)
    : path_(std::move(path)), handle_(handle) {}

LocalFile::LocalFile(LocalFile&& other) noexcept
    : path_(std::move(other.path_)), handle_(std::exchange(other.handle_, -1)) {}

LocalFile::~LocalFile() {
  if (handle_ >= 0) close(handle_);
}

LocalFile LocalFile::Create(const std::filesystem::path& path) {
  std::error_code ignored;  // opening tells
  std::filesystem::create_directories(path.parent_path(), ignored);
  LocalFile file(path, open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.is_open()) throw CannotWrite(path);
  return file;
}

LocalFile LocalFile::Open(const std::filesystem::path& path) {
  return LocalFile(path, open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

int64_t LocalFile::Size() const {
  struct stat status;
  return fstat(handle_, &status) == 0 ? status.st_size : 0;
}

void LocalFile::Write(int64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = pwrite(handle_, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw CannotWrite(path_);
    bytes.remove_prefix(written);
    offset += written;
  }
}

std::shared_ptr<arrow::Buffer> LocalFile::Read(int64_t offset, int64_t length) const {
  auto buffer = Check(arrow::AllocateBuffer(length));
  int64_t done = 0;
  while (done < length) {
    ssize_t count = pread(handle_, buffer->mutable_data() + done, length - done, offset + done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return nullptr;
    done += count;
  }
  return buffer;
}

}  // namespace pyrite::exchange
