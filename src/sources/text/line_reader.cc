#include "sources/text/line_reader.h"

#include <emmintrin.h>

#include <bit>
#include <cstring>

#include "base/text/utf8_repair.h"

namespace pyrite::sources {
namespace {

constexpr size_t kBlock = 1 << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The first \n or \r in [begin, end), else end.
const char* FindLineEnd(const char* begin, const char* end) {
  const __m128i newline = _mm_set1_epi8('\n');
  const __m128i carriage = _mm_set1_epi8('\r');
  for (; end - begin >= 16; begin += 16) {
    __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(begin));
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(block, newline), _mm_cmpeq_epi8(block, carriage));
    unsigned mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return begin + std::countr_zero(mask);
  }
  while (begin < end && *begin != '\n' && *begin != '\r') ++begin;
  return begin;
}

bool IsAscii(const char* begin, const char* end) {
  for (; end - begin >= 16; begin += 16) {
    __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(begin));
    if (_mm_movemask_epi8(block) != 0) return false;
  }
  for (; begin < end; ++begin) {
    if (static_cast<signed char>(*begin) < 0) return false;
  }
  return true;
}

std::unique_ptr<ByteSource> OpenText(const std::string& path, const std::string& charset,
                                     int64_t offset) {
  auto bytes = OpenBytes(path, offset);
  return IsUtf8Charset(charset) ? std::move(bytes) : ToUtf8(std::move(bytes), charset);
}

std::string ReadAll(ByteSource& bytes) {
  std::string text;
  size_t block = kBlock;
  for (;;) {
    size_t done = text.size();
    text.resize(done + block);
    size_t count = bytes.Read(text.data() + done, block);
    text.resize(done + count);
    if (count < block) return text;
    block = text.size();
  }
}

}  // namespace

bool IsSplittable(const std::string& path, const LineFormat& format) {
  return !IsCompressedName(path) && IsUtf8Charset(format.charset) && format.separator.size() <= 1;
}

LineReader::LineReader(const FilePart& part, const LineFormat& format)
    : separator_(format.separator), end_(part.end), buffer_(kBlock) {
  // From the byte before the part on, to see whether a line begins at the part's first byte.
  int64_t start = part.begin > 0 ? part.begin - 1 : 0;
  bytes_ = OpenText(part.path, format.charset, start);
  position_ = start;
  std::string_view skipped;
  if (part.begin > 0) {
    NextRaw(skipped);
    return;
  }
  Refill();
  if (std::string_view(buffer_.data(), filled_).starts_with(kByteOrderMark)) at_ = 3;
}

bool LineReader::Refill() {
  if (at_end_) return false;
  whole_ = Whole::kUnknown;
  if (at_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
    position_ += static_cast<int64_t>(at_);
    filled_ -= at_;
    at_ = 0;
  } else if (filled_ == buffer_.size()) {
    buffer_.resize(buffer_.size() * 2);
  }
  if (filled_ == 0) is_ascii_ = true;
  size_t count = bytes_->Read(buffer_.data() + filled_, buffer_.size() - filled_);
  at_end_ = filled_ + count < buffer_.size();
  is_ascii_ = is_ascii_ && IsAscii(buffer_.data() + filled_, buffer_.data() + filled_ + count);
  filled_ += count;
  return count > 0;
}

size_t LineReader::FindEnd(size_t from, size_t& length) {
  const char* begin = buffer_.data() + from;
  const char* end = buffer_.data() + filled_;
  length = 1;
  if (separator_.size() == 1) {
    const void* found = std::memchr(begin, separator_[0], static_cast<size_t>(end - begin));
    if (found == nullptr) return std::string::npos;
    return static_cast<size_t>(static_cast<const char*>(found) - buffer_.data());
  }
  if (!separator_.empty()) {
    length = separator_.size();
    size_t found = std::string_view(begin, static_cast<size_t>(end - begin)).find(separator_);
    return found == std::string_view::npos ? found : from + found;
  }
  const char* found = FindLineEnd(begin, end);
  if (found == end) return std::string::npos;
  if (*found == '\r') {
    if (found + 1 == end && !at_end_) return std::string::npos;  // \n may follow
    if (found + 1 < end && found[1] == '\n') length = 2;
  }
  return static_cast<size_t>(found - buffer_.data());
}

bool LineReader::NextRaw(std::string_view& line) {
  size_t searched = at_;
  for (;;) {
    size_t length = 0;
    size_t found = FindEnd(searched, length);
    if (found != std::string::npos) {
      line = {buffer_.data() + at_, found - at_};
      at_ = found + length;
      return true;
    }
    // What may be the start of a separator is looked at again.
    size_t overlap = separator_.size() > 1 ? separator_.size() - 1 : 1;
    size_t looked_at = filled_ - at_;
    size_t again = looked_at > overlap ? looked_at - overlap : 0;
    if (!Refill() && at_end_) {
      if (at_ == filled_) return false;
      size_t last = FindEnd(at_, length);
      size_t stop = last == std::string::npos ? filled_ : last;
      line = {buffer_.data() + at_, stop - at_};
      at_ = last == std::string::npos ? filled_ : last + length;
      return true;
    }
    searched = at_ + again;
  }
}

void LineReader::FindWholeLines() {
  const void* last = memrchr(buffer_.data() + at_, '\n', filled_ - at_);
  whole_end_ = last == nullptr
                   ? at_
                   : static_cast<size_t>(static_cast<const char*>(last) - buffer_.data()) + 1;
  bool valid = is_ascii_ || IsUtf8({buffer_.data() + at_, whole_end_ - at_});
  whole_ = valid ? Whole::kFound : Whole::kInvalid;
}

std::string_view LineReader::WholeLines() {
  if (!separator_.empty() || position() >= end_) return {};
  if (whole_ == Whole::kUnknown) FindWholeLines();
  if (whole_ == Whole::kFound && whole_end_ <= at_ && Refill()) FindWholeLines();
  if (whole_ != Whole::kFound || whole_end_ <= at_) return {};
  return {buffer_.data() + at_, whole_end_ - at_};
}

bool LineReader::Next(std::string_view& line) {
  if (position() >= end_ || !NextRaw(line)) return false;
  if (!is_ascii_ && !IsUtf8(line)) {
    repaired_ = RepairUtf8(line);
    line = repaired_;
  }
  return true;
}

std::string ReadText(const std::string& path, const std::string& charset) {
  std::string text = ReadAll(*OpenText(path, charset, 0));
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return IsUtf8(text) ? text : RepairUtf8(text);
}

std::string ReadRawBytes(const std::string& path) { return ReadAll(*OpenRawBytes(path)); }

}  // namespace pyrite::sources
