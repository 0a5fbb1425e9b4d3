// The bytes of a file, decompressed where its name says that it is compressed (".gz", ".bz2",
// ".zst", ".lz4", ".snappy", ".deflate", as Hadoop names and frames them).
//
//   auto bytes = sources::OpenBytes("/data/a.csv.gz", 0);
//   size_t count = bytes->Read(buffer, sizeof(buffer));    // 0: the end
//
// A source belongs to one thread. Raises FAILED_READ_FILE.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace pyrite::sources {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Up to `size` bytes; fewer only at the end.
  virtual size_t Read(char* out, size_t size) = 0;
};

// Whether the file can only be read from its start.
bool IsCompressedName(const std::string& path);

// From `offset` on, which is 0 for compressed files.
std::unique_ptr<ByteSource> OpenBytes(const std::string& path, int64_t offset);

// A compressed file's own bytes.
std::unique_ptr<ByteSource> OpenRawBytes(const std::string& path);

// Raises INVALID_PARAMETER_VALUE.CHARSET for a charset that Spark does not take.
void CheckCharset(const std::string& charset, const std::string& reader);

// The bytes as UTF-8 out of a charset; malformed parts become U+FFFD.
std::unique_ptr<ByteSource> ToUtf8(std::unique_ptr<ByteSource> bytes, const std::string& charset);

// Whether text in the charset is UTF-8 as it is.
bool IsUtf8Charset(const std::string& charset);

// The text's bytes in the charset.
std::string FromUtf8(const std::string& text, const std::string& charset);

}  // namespace pyrite::sources
