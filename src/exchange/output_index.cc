#include "exchange/output_index.h"

#include <arrow/buffer.h>

#include <string_view>
#include <utility>

#include "exchange/bytes.h"
#include "exchange/checksum.h"

namespace pyrite::exchange {
namespace {

// The last bytes of a file: the length of the index before them, its checksum, and this.
constexpr int64_t kMagic = 0x32'74'75'4f'74'79'50;  // "PytOut2"
constexpr int64_t kTrailerLength = 24;

OutputIndex ParseIndex(std::string_view bytes) {
  ByteReader in(bytes);
  OutputIndex index;
  index.output = in.Text();
  index.schema = arrow::Buffer::FromString(in.Text());
  index.partitions.resize(in.Number());
  for (auto& blocks : index.partitions) {
    blocks.resize(in.Number());
    for (BlockPlace& block : blocks) {
      block.offset = in.Number();
      block.length = in.Number();
      block.checksum = static_cast<uint64_t>(in.Number());
    }
  }
  return index;
}

}  // namespace

std::string IndexBytes(const OutputIndex& index) {
  ByteWriter out;
  out.Text(index.output);
  out.Text(std::string_view(*index.schema));
  out.Number(static_cast<int64_t>(index.partitions.size()));
  for (const auto& blocks : index.partitions) {
    out.Number(static_cast<int64_t>(blocks.size()));
    for (const BlockPlace& block : blocks) {
      out.Number(block.offset);
      out.Number(block.length);
      out.Number(static_cast<int64_t>(block.checksum));
    }
  }
  std::string bytes = out.Take();
  ByteWriter trailer;
  trailer.Number(static_cast<int64_t>(bytes.size()));
  trailer.Number(static_cast<int64_t>(Checksum(bytes)));
  trailer.Number(kMagic);
  return bytes + trailer.Take();
}

std::optional<OutputIndex> ReadIndex(const LocalFile& file) {
  int64_t size = file.Size();
  if (size < kTrailerLength) return std::nullopt;
  auto end = file.Read(size - kTrailerLength, kTrailerLength);
  if (end == nullptr) return std::nullopt;
  ByteReader trailer{std::string_view(*end)};
  int64_t length = trailer.Number();
  auto checksum = static_cast<uint64_t>(trailer.Number());
  bool fits = length >= 0 && length <= size - kTrailerLength;
  if (trailer.Number() != kMagic || !fits) return std::nullopt;
  auto bytes = file.Read(size - kTrailerLength - length, length);
  if (bytes == nullptr || Checksum(std::string_view(*bytes)) != checksum) return std::nullopt;
  return ParseIndex(std::string_view(*bytes));
}

}  // namespace pyrite::exchange
