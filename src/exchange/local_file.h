// A file that is written and read by position. Raises SparkError: SPILL_DIRECTORY.PYRITE when it
// cannot be written. Reading is thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace arrow {
class Buffer;
}  // namespace arrow

namespace pyrite::exchange {

class LocalFile {
 public:
  // A new one, with the folders above it.
  static LocalFile Create(const std::filesystem::path& path);
  // Its handle is negative when there is no such file.
  static LocalFile Open(const std::filesystem::path& path);
  LocalFile(LocalFile&& other) noexcept;
  ~LocalFile();

  bool is_open() const { return handle_ >= 0; }
  int64_t Size() const;
  void Write(int64_t offset, std::string_view bytes);
  // nullptr when the file ends before.
  std::shared_ptr<arrow::Buffer> Read(int64_t offset, int64_t length) const;

 private:
  LocalFile(std::filesystem::path path, int handle);

  std::filesystem::path path_;
  int handle_;
};

}  // namespace pyrite::exchange
