#include "sources/text/byte_source.h"

#include <arrow/buffer.h>
#include <arrow/io/compressed.h>
#include <arrow/io/file.h>
#include <arrow/util/compression.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "base/errors.h"
#include "sources/path.h"
#include "sources/text/text_errors.h"

namespace pyrite::sources {
namespace {

SparkError CannotRead(const std::string& path) { return errors::FailedReadFile("file://" + path); }

class PlainFile : public ByteSource {
 public:
  PlainFile(const std::string& path, int64_t offset)
      : path_(path), file_(open(path.c_str(), O_RDONLY | O_CLOEXEC)), offset_(offset) {
    if (file_ < 0 && errno == ENOENT) {
      throw MissingFile(path_);
    }
    if (file_ < 0) throw CannotRead(path_);
    posix_fadvise(file_, offset, 0, POSIX_FADV_SEQUENTIAL);
  }
  ~PlainFile() override { close(file_); }
  PlainFile(const PlainFile&) = delete;

  size_t Read(char* out, size_t size) override {
    size_t done = 0;
    while (done < size) {
      ssize_t count = pread(file_, out + done, size - done, offset_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw CannotRead(path_);
      if (count == 0) break;
      done += static_cast<size_t>(count);
      offset_ += count;
    }
    return done;
  }

 private:
  std::string path_;
  int file_;
  int64_t offset_;
};

template <typename T>
T ValueOf(arrow::Result<T> result, const std::string& path) {
  if (!result.ok()) throw CannotRead(path);
  return std::move(result).ValueUnsafe();
}

class StreamedFile : public ByteSource {
 public:
  StreamedFile(const std::string& path, arrow::Compression::type type)
      : path_(path), codec_(ValueOf(arrow::util::Codec::Create(type), path)) {
    auto file = ValueOf(arrow::io::ReadableFile::Open(path), path);
    stream_ = ValueOf(arrow::io::CompressedInputStream::Make(codec_.get(), file), path);
  }

  size_t Read(char* out, size_t size) override {
    size_t done = 0;
    while (done < size) {
      int64_t count = ValueOf(stream_->Read(static_cast<int64_t>(size - done), out + done), path_);
      if (count == 0) break;
      done += static_cast<size_t>(count);
    }
    return done;
  }

 private:
  std::string path_;
  std::unique_ptr<arrow::util::Codec> codec_;
  std::shared_ptr<arrow::io::CompressedInputStream> stream_;
};

// Hadoop's block framing: the block's length, then chunks of a length and that many bytes, which
// decompress to the block together.
class BlockedFile : public ByteSource {
 public:
  BlockedFile(const std::string& path, arrow::Compression::type type)
      : path_(path), file_(path, 0), codec_(ValueOf(arrow::util::Codec::Create(type), path)) {}

  size_t Read(char* out, size_t size) override {
    size_t done = 0;
    while (done < size) {
      if (at_ == chunk_.size() && !NextChunk()) break;
      size_t count = std::min(size - done, chunk_.size() - at_);
      std::memcpy(out + done, chunk_.data() + at_, count);
      at_ += count;
      done += count;
    }
    return done;
  }

 private:
  std::optional<uint32_t> ReadLength() {
    unsigned char bytes[4];
    size_t count = file_.Read(reinterpret_cast<char*>(bytes), sizeof(bytes));
    if (count == 0) return std::nullopt;
    if (count < sizeof(bytes)) throw CannotRead(path_);
    return static_cast<uint32_t>(bytes[0]) << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
  }

  bool NextChunk() {
    while (block_left_ == 0) {
      auto length = ReadLength();
      if (!length) return false;
      block_left_ = *length;
    }
    auto length = ReadLength();
    if (!length || *length > kLargestChunk) throw CannotRead(path_);
    compressed_.resize(*length);
    if (file_.Read(compressed_.data(), compressed_.size()) < compressed_.size()) {
      throw CannotRead(path_);
    }
    chunk_.resize(block_left_);
    int64_t count = ValueOf(codec_->Decompress(static_cast<int64_t>(compressed_.size()),
                                               reinterpret_cast<const uint8_t*>(compressed_.data()),
                                               static_cast<int64_t>(chunk_.size()),
                                               reinterpret_cast<uint8_t*>(chunk_.data())),
                            path_);
    chunk_.resize(static_cast<size_t>(count));
    block_left_ -= std::min(block_left_, chunk_.size());
    at_ = 0;
    return true;
  }

  static constexpr uint32_t kLargestChunk = 1u << 30;

  std::string path_;
  PlainFile file_;
  std::unique_ptr<arrow::util::Codec> codec_;
  std::string compressed_, chunk_;
  size_t at_ = 0;
  size_t block_left_ = 0;
};

struct Suffix {
  const char* name;
  arrow::Compression::type type;
  bool blocked;
};
// Arrow's gzip reads zlib's frames as well.
constexpr Suffix kSuffixes[] = {
    {".gz", arrow::Compression::GZIP, false}, {".deflate", arrow::Compression::GZIP, false},
    {".bz2", arrow::Compression::BZ2, false}, {".zst", arrow::Compression::ZSTD, false},
    {".lz4", arrow::Compression::LZ4, true},  {".snappy", arrow::Compression::SNAPPY, true},
};

const Suffix* FindSuffix(const std::string& path) {
  for (const Suffix& suffix : kSuffixes) {
    if (path.ends_with(suffix.name)) return &suffix;
  }
  return nullptr;
}

}  // namespace

bool IsCompressedName(const std::string& path) { return FindSuffix(path) != nullptr; }

std::unique_ptr<ByteSource> OpenRawBytes(const std::string& path) {
  return std::make_unique<PlainFile>(path, 0);
}

std::unique_ptr<ByteSource> OpenBytes(const std::string& path, int64_t offset) {
  const Suffix* suffix = FindSuffix(path);
  if (suffix == nullptr) return std::make_unique<PlainFile>(path, offset);
  if (suffix->blocked) return std::make_unique<BlockedFile>(path, suffix->type);
  return std::make_unique<StreamedFile>(path, suffix->type);
}

}  // namespace pyrite::sources
