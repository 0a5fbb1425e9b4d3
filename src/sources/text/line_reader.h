// The lines of a part of a file.
//
//   sources::LineReader lines({.path = path, .begin = 0, .end = size}, {});
//   std::string_view line;
//   while (lines.Next(line)) ...      // `line` is valid until the next call
//
// A part has the lines that begin in it, so that parts which touch give each line once. Lines are
// valid UTF-8 (malformed bytes are replaced), without their ends; a byte order mark is dropped. A
// reader belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sources/text/byte_source.h"

namespace pyrite::sources {

struct FilePart {
  std::string path;
  int64_t begin = 0;
  int64_t end = 0;  // exclusive; beyond the file's size: to its end
};

struct LineFormat {
  std::string separator;  // empty: \n, \r and \r\n
  std::string charset = "UTF-8";
};

// Whether a file of this name and format may be read in parts.
bool IsSplittable(const std::string& path, const LineFormat& format);

class LineReader {
 public:
  LineReader(const FilePart& part, const LineFormat& format);

  bool Next(std::string_view& line);

  // Lines that are at hand, with their ends (\n, \r and \r\n), for those who cut them themselves:
  // valid UTF-8, until the next call of anything else. Empty: the next one has to come from Next().
  std::string_view WholeLines();
  // Those of them that begin in so many bytes are the part's.
  size_t bytes_left() const { return static_cast<size_t>(end_ - position()); }
  // The first ones, which have so many bytes, are done.
  void Skip(size_t count) { at_ += count; }

  // Bytes of the (decompressed) file up to the next line.
  int64_t position() const { return position_ + static_cast<int64_t>(at_); }

 private:
  bool NextRaw(std::string_view& line);
  bool Refill();
  void FindWholeLines();
  // The place and length of the line end at or after `from`; npos when it is not in the buffer.
  size_t FindEnd(size_t from, size_t& length);

  std::unique_ptr<ByteSource> bytes_;
  std::string separator_;
  int64_t end_;
  std::vector<char> buffer_;
  size_t at_ = 0;         // of the next line
  size_t filled_ = 0;     // bytes in the buffer
  int64_t position_ = 0;  // of the buffer's first byte in the file
  bool at_end_ = false;
  bool is_ascii_ = true;  // all that the buffer has held since it was last empty
  enum class Whole : uint8_t { kUnknown, kFound, kInvalid } whole_ = Whole::kUnknown;
  size_t whole_end_ = 0;  // behind the last line end in the buffer, when found
  std::string repaired_;
};

// The whole of a file as valid UTF-8.
std::string ReadText(const std::string& path, const std::string& charset);
// Its bytes as they are, whatever its name.
std::string ReadRawBytes(const std::string& path);

}  // namespace pyrite::sources
