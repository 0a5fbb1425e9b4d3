// A file that is written and read by position: on disk, or in memory alone, where it has no name
// and goes with the last process that has it open. Raises SparkError: SPILL_DIRECTORY.PYRITE when
// it cannot be written. Reading is thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace arrow {
class Buffer;
}  // namespace arrow

namespace pyrite::exchange {

using Buffers = std::vector<std::shared_ptr<arrow::Buffer>>;

class LocalFile {
 public:
  // A new one, with the folders above it.
  static LocalFile Create(const std::filesystem::path& path);
  static LocalFile CreateInMemory();
  // Its handle is negative when there is no such file.
  static LocalFile Open(const std::filesystem::path& path);
  LocalFile(LocalFile&& other) noexcept;
  ~LocalFile();

  bool is_open() const { return handle_ >= 0; }
  bool is_in_memory() const { return is_in_memory_; }
  int64_t Size() const;
  void Write(int64_t offset, std::string_view bytes);
  // One behind the other.
  void Write(int64_t offset, const Buffers& buffers);
  // Nothing of a file in memory changes any more, whoever has it. What is read of it then is the
  // memory itself.
  void Seal();
  // nullptr when the file ends before.
  std::shared_ptr<arrow::Buffer> Read(int64_t offset, int64_t length) const;
  // By which other processes of this user on this machine open it, as long as this one has it open.
  std::string SharedPath() const;

 private:
  LocalFile(std::filesystem::path path, int handle);
  void MapSealed();

  std::filesystem::path path_;
  int handle_;
  bool is_in_memory_ = false;
  std::shared_ptr<arrow::Buffer> mapping_;  // of all of it, once it is sealed
};

}  // namespace pyrite::exchange
