// Charsets, by the C library's converter.
#include <iconv.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "base/errors.h"
#include "sources/options.h"
#include "sources/text/byte_source.h"

namespace pyrite::sources {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";
constexpr char kUnencodable[] = "?";

class Converter {
 public:
  Converter(const std::string& to, const std::string& from, const char* replacement)
      : handle_(iconv_open(to.c_str(), from.c_str())), replacement_(replacement) {}
  ~Converter() {
    if (valid()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  bool valid() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Appends what `bytes` mean; returns how many bytes are left, an unfinished character's.
  size_t Convert(const char* bytes, size_t size, std::string& out) {
    char* in = const_cast<char*>(bytes);
    while (size > 0) {
      char buffer[4096];
      char* to = buffer;
      size_t room = sizeof(buffer);
      size_t result = iconv(handle_, &in, &size, &to, &room);
      out.append(buffer, sizeof(buffer) - room);
      if (result != static_cast<size_t>(-1) || errno == E2BIG) continue;
      if (errno == EINVAL) return size;
      out += replacement_;
      do {  // a whole character, where it is one
        ++in;
        --size;
      } while (replacement_ == kUnencodable && size > 0 && (*in & 0xc0) == 0x80);
    }
    return 0;
  }

 private:
  iconv_t handle_;
  const char* replacement_;
};

class Transcoded : public ByteSource {
 public:
  Transcoded(std::unique_ptr<ByteSource> bytes, const std::string& charset)
      : bytes_(std::move(bytes)), converter_("UTF-8", charset, kReplacement) {
    if (!converter_.valid()) throw errors::Internal("no charset " + charset);
  }

  size_t Read(char* out, size_t size) override {
    size_t done = 0;
    while (done < size) {
      if (at_ == text_.size() && !Refill()) break;
      size_t count = std::min(size - done, text_.size() - at_);
      std::memcpy(out + done, text_.data() + at_, count);
      at_ += count;
      done += count;
    }
    return done;
  }

 private:
  bool Refill() {
    text_.clear();
    at_ = 0;
    while (text_.empty()) {
      char block[1 << 16];
      std::memcpy(block, rest_.data(), rest_.size());
      size_t read = bytes_->Read(block + rest_.size(), sizeof(block) - rest_.size());
      size_t count = rest_.size() + read;
      if (count == 0) return false;
      size_t left = converter_.Convert(block, count, text_);
      rest_.assign(block + count - left, left);
      if (read == 0 && left > 0) {
        text_ += kReplacement;
        rest_.clear();
      }
    }
    return true;
  }

  std::unique_ptr<ByteSource> bytes_;
  Converter converter_;
  std::string text_;
  size_t at_ = 0;
  std::string rest_;
};

}  // namespace

void CheckCharset(const std::string& charset, const std::string& reader) {
  std::string names;
  for (const char* known :
       {"iso-8859-1", "us-ascii", "utf-16", "utf-16be", "utf-16le", "utf-32", "utf-8"}) {
    if (EqualsIgnoreCase(charset, known)) return;
    names += names.empty() ? "" : ", ";
    names += known;
  }
  throw SparkError("INVALID_PARAMETER_VALUE.CHARSET", {{"functionName", "`" + reader + "`"},
                                                       {"parameter", "`charset`"},
                                                       {"charset", charset},
                                                       {"charsets", names}});
}

bool IsUtf8Charset(const std::string& charset) {
  std::string name = ToLower(charset);
  return name == "utf-8" || name == "us-ascii";
}

std::unique_ptr<ByteSource> ToUtf8(std::unique_ptr<ByteSource> bytes, const std::string& charset) {
  return std::make_unique<Transcoded>(std::move(bytes), charset);
}

std::string FromUtf8(const std::string& text, const std::string& charset) {
  if (IsUtf8Charset(charset)) return text;
  Converter converter(charset, "UTF-8", kUnencodable);
  if (!converter.valid()) throw errors::Internal("no charset " + charset);
  std::string out;
  converter.Convert(text.data(), text.size(), out);
  return out;
}

}  // namespace pyrite::sources
