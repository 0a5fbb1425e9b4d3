// A file being written, compressed as Hadoop's codec of a name does.
//
//   auto file = sources::CreateBytes("/data/part-0.csv.gz", *sources::FindTextCodec("gzip"));
//   file->Write(text);
//   file->Close();
//
// A sink belongs to one thread at a time. Raises TASK_WRITE_FAILED.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pyrite::sources {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void Write(std::string_view bytes) = 0;
  virtual void Close() = 0;
};

// A codec's name, in small letters, and the suffix of its files: "gzip", ".gz".
struct TextCodec {
  std::string name;
  std::string file_suffix;
};

// "none" and "uncompressed" have no suffix. Raises CODEC_NOT_AVAILABLE.
TextCodec FindTextCodec(const std::string& name);

std::unique_ptr<ByteSink> CreateBytes(const std::string& path, const TextCodec& codec);

}  // namespace pyrite::sources
