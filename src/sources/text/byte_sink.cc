#include "sources/text/byte_sink.h"

#include <arrow/io/compressed.h>
#include <arrow/io/file.h>
#include <arrow/util/compression.h>
#include <zlib.h>

#include <algorithm>
#include <vector>

#include "base/errors.h"
#include "sources/options.h"

namespace pyrite::sources {
namespace {

constexpr size_t kBlock = 1 << 18;

class PlainSink : public ByteSink {
 public:
  explicit PlainSink(const std::string& path) : path_(path) {
    auto file = arrow::io::FileOutputStream::Open(path);
    Check(file.status());
    stream_ = *file;
  }
  void Write(std::string_view bytes) override {
    Check(stream_->Write(bytes.data(), static_cast<int64_t>(bytes.size())));
  }
  void Close() override { Check(stream_->Close()); }

 protected:
  void Check(const arrow::Status& status) const {
    if (!status.ok()) throw errors::TaskWriteFailed(path_, status.message());
  }
  std::string path_;
  std::shared_ptr<arrow::io::OutputStream> stream_;
};

class StreamedSink : public PlainSink {
 public:
  StreamedSink(const std::string& path, arrow::Compression::type type) : PlainSink(path) {
    auto codec = arrow::util::Codec::Create(type);
    Check(codec.status());
    codec_ = std::move(*codec);
    auto stream = arrow::io::CompressedOutputStream::Make(codec_.get(), stream_);
    Check(stream.status());
    stream_ = *stream;
  }
  ~StreamedSink() override { stream_.reset(); }

 private:
  std::unique_ptr<arrow::util::Codec> codec_;
};

// zlib's frame, Hadoop's DefaultCodec.
class DeflateSink : public PlainSink {
 public:
  explicit DeflateSink(const std::string& path) : PlainSink(path), buffer_(kBlock) {
    if (deflateInit(&zlib_, Z_DEFAULT_COMPRESSION) != Z_OK) {
      throw errors::TaskWriteFailed(path, "zlib");
    }
  }
  ~DeflateSink() override { deflateEnd(&zlib_); }
  void Write(std::string_view bytes) override { Deflate(bytes, Z_NO_FLUSH); }
  void Close() override {
    Deflate({}, Z_FINISH);
    PlainSink::Close();
  }

 private:
  void Deflate(std::string_view bytes, int flush) {
    zlib_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    zlib_.avail_in = static_cast<uInt>(bytes.size());
    do {
      zlib_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      zlib_.avail_out = static_cast<uInt>(buffer_.size());
      deflate(&zlib_, flush);
      PlainSink::Write({buffer_.data(), buffer_.size() - zlib_.avail_out});
    } while (zlib_.avail_out == 0);
  }

  z_stream zlib_ = {};
  std::vector<char> buffer_;
};

// Hadoop's block framing: see BlockedFile in byte_source.cc.
class BlockedSink : public PlainSink {
 public:
  BlockedSink(const std::string& path, arrow::Compression::type type) : PlainSink(path) {
    auto codec = arrow::util::Codec::Create(type);
    Check(codec.status());
    codec_ = std::move(*codec);
  }
  void Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      size_t count = std::min(bytes.size(), kBlock - block_.size());
      block_ += bytes.substr(0, count);
      bytes.remove_prefix(count);
      if (block_.size() == kBlock) Flush();
    }
  }
  void Close() override {
    if (!block_.empty()) Flush();
    PlainSink::Close();
  }

 private:
  void WriteLength(size_t length) {
    char bytes[4];
    for (int i = 0; i < 4; ++i) bytes[i] = static_cast<char>(length >> (24 - 8 * i));
    PlainSink::Write({bytes, sizeof(bytes)});
  }
  void Flush() {
    auto size = static_cast<int64_t>(block_.size());
    const auto* input = reinterpret_cast<const uint8_t*>(block_.data());
    std::string out(static_cast<size_t>(codec_->MaxCompressedLen(size, input)), '\0');
    auto count = codec_->Compress(size, input, static_cast<int64_t>(out.size()),
                                  reinterpret_cast<uint8_t*>(out.data()));
    Check(count.status());
    WriteLength(block_.size());
    WriteLength(static_cast<size_t>(*count));
    PlainSink::Write(std::string_view(out).substr(0, static_cast<size_t>(*count)));
    block_.clear();
  }

  std::unique_ptr<arrow::util::Codec> codec_;
  std::string block_;
};

constexpr std::pair<const char*, const char*> kCodecs[] = {
    {"none", ""},    {"uncompressed", ""}, {"bzip2", ".bz2"},     {"deflate", ".deflate"},
    {"gzip", ".gz"}, {"lz4", ".lz4"},      {"snappy", ".snappy"},
};

}  // namespace

TextCodec FindTextCodec(const std::string& name) {
  std::string wanted = ToLower(name);
  for (const auto& [codec, suffix] : kCodecs) {
    if (wanted == codec) return {wanted, suffix};
  }
  throw errors::CodecNotAvailable(name, "bzip2, deflate, uncompressed, snappy, none, lz4, gzip");
}

std::unique_ptr<ByteSink> CreateBytes(const std::string& path, const TextCodec& codec) {
  if (codec.file_suffix.empty()) return std::make_unique<PlainSink>(path);
  if (codec.name == "deflate") return std::make_unique<DeflateSink>(path);
  if (codec.name == "gzip") {
    return std::make_unique<StreamedSink>(path, arrow::Compression::GZIP);
  }
  if (codec.name == "bzip2") return std::make_unique<StreamedSink>(path, arrow::Compression::BZ2);
  if (codec.name == "lz4") return std::make_unique<BlockedSink>(path, arrow::Compression::LZ4);
  return std::make_unique<BlockedSink>(path, arrow::Compression::SNAPPY);
}

}  // namespace pyrite::sources
