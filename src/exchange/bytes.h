// Numbers and texts one after the other, as they travel and stand in files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pyrite::exchange {

class ByteWriter {
 public:
  void Number(int64_t number);
  void Text(std::string_view text);
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Raises INTERNAL_ERROR where the bytes end too early.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  int64_t Number();
  std::string Text();
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view Bytes(uint64_t count);

  std::string_view rest_;
};

}  // namespace pyrite::exchange
