// Little-endian bytes, as the sketches of Apache DataSketches are stored.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace pyrite::lower {

template <class T>
void AppendLittle(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

// Reads one value after another; past the end everything is 0 and `failed`.
class LittleReader {
 public:
  explicit LittleReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  T Read() {
    T value{};
    if (bytes_.size() - at_ < sizeof(T)) {
      failed_ = true;
      return value;
    }
    std::memcpy(&value, bytes_.data() + at_, sizeof(T));
    at_ += sizeof(T);
    return value;
  }
  void Skip(size_t count) {
    failed_ = failed_ || bytes_.size() - at_ < count;
    if (!failed_) at_ += count;
  }
  std::string_view rest() const { return bytes_.substr(at_); }
  bool failed() const { return failed_; }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace pyrite::lower
