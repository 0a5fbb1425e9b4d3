#include "exchange/bytes.h"

#include <bit>
#include <cstring>

#include "base/errors.h"

namespace pyrite::exchange {

static_assert(std::endian::native == std::endian::little);

void ByteWriter::Number(int64_t number) {
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void ByteWriter::Text(std::string_view text) {
  Number(static_cast<int64_t>(text.size()));
  bytes_ += text;
}

std::string_view ByteReader::Bytes(uint64_t count) {
  if (count > rest_.size()) throw errors::Internal("A message of another node ends too early.");
  std::string_view bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return bytes;
}

int64_t ByteReader::Number() {
  int64_t number;
  std::memcpy(&number, Bytes(sizeof(number)).data(), sizeof(number));
  return number;
}

std::string ByteReader::Text() { return std::string(Bytes(static_cast<uint64_t>(Number()))); }

}  // namespace pyrite::exchange
