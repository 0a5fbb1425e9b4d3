#include "exchange/local_file.h"

#include <arrow/buffer.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

// What a file can be sealed with that is only in memory.
constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

SparkError CannotWrite(const std::filesystem::path& path) {
  return SparkError("SPILL_DIRECTORY.PYRITE", {{"path", path.parent_path().string()}});
}

class Mapping : public arrow::Buffer {
 public:
  Mapping(const uint8_t* data, int64_t size) : arrow::Buffer(data, size) {}
  ~Mapping() override { munmap(const_cast<uint8_t*>(data()), size()); }
};

// Writable, so that whoever writes into what it reads changes a copy of its own.
std::shared_ptr<arrow::Buffer> Map(int handle, int64_t size) {
  void* data = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, handle, 0);
  if (data == MAP_FAILED) return nullptr;
  return std::make_shared<Mapping>(static_cast<const uint8_t*>(data), size);
}

}  // namespace

LocalFile::LocalFile(std::filesystem::path path, int handle)
    : path_(std::move(path)), handle_(handle) {}

LocalFile::LocalFile(LocalFile&& other) noexcept
    : path_(std::move(other.path_)),
      handle_(std::exchange(other.handle_, -1)),
      is_in_memory_(other.is_in_memory_),
      mapping_(std::move(other.mapping_)) {}

LocalFile::~LocalFile() {
  if (handle_ >= 0) close(handle_);
}

LocalFile LocalFile::Create(const std::filesystem::path& path) {
  constexpr int kAttempts = 3;  // the folder may go again, with the last file of its query
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::error_code ignored;  // opening tells
    std::filesystem::create_directories(path.parent_path(), ignored);
    LocalFile file(path, open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.is_open()) return file;
  }
  throw CannotWrite(path);
}

LocalFile LocalFile::CreateInMemory() {
  LocalFile file("memory/", memfd_create("pyrite-output", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file.is_open()) throw CannotWrite(file.path_);
  file.is_in_memory_ = true;
  return file;
}

LocalFile LocalFile::Open(const std::filesystem::path& path) {
  LocalFile file(path, open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.is_open()) file.MapSealed();
  return file;
}

// Only what never shrinks: the memory behind the end of a file kills who reads it.
void LocalFile::MapSealed() {
  int seals = fcntl(handle_, F_GET_SEALS);
  is_in_memory_ = seals >= 0 && (seals & kSeals) == kSeals;
  if (is_in_memory_ && Size() > 0) mapping_ = Map(handle_, Size());
}

void LocalFile::Seal() {
  if (is_in_memory_ && fcntl(handle_, F_ADD_SEALS, kSeals) == 0) MapSealed();
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

void LocalFile::Write(int64_t offset, const Buffers& buffers) {
  std::vector<iovec> parts;
  for (const auto& buffer : buffers) {
    if (buffer->size() == 0) continue;
    parts.push_back({const_cast<uint8_t*>(buffer->data()), static_cast<size_t>(buffer->size())});
  }
  for (size_t next = 0; next < parts.size();) {
    int count = static_cast<int>(std::min<size_t>(parts.size() - next, IOV_MAX));
    ssize_t written = pwritev(handle_, parts.data() + next, count, offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw CannotWrite(path_);
    offset += written;
    for (auto left = static_cast<size_t>(written); left > 0;) {
      iovec& part = parts[next];
      size_t done = std::min(left, part.iov_len);
      part = {static_cast<char*>(part.iov_base) + done, part.iov_len - done};
      left -= done;
      if (part.iov_len == 0) ++next;
    }
  }
}

std::shared_ptr<arrow::Buffer> LocalFile::Read(int64_t offset, int64_t length) const {
  if (mapping_ != nullptr) {
    bool is_there = offset >= 0 && length >= 0 && length <= mapping_->size() - offset;
    return is_there ? arrow::SliceBuffer(mapping_, offset, length) : nullptr;
  }
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

std::string LocalFile::SharedPath() const {
  return "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(handle_);
}

}  // namespace pyrite::exchange
