#include "lower/kernels/sketch/hash_sketch.h"

#include <bit>

#include "lower/kernels/sketch/bytes.h"
#include "lower/kernels/sketch/murmur128.h"

namespace pyrite::lower {
namespace {

constexpr uint8_t kThetaFamily = 3, kTupleFamily = 9, kCompactTuple = 1;
constexpr uint8_t kPlainVersion = 3, kPackedVersion = 4;
constexpr uint16_t kSeedHash = 0x93cc;  // of seed 9001
constexpr uint8_t kReadOnly = 2, kEmpty = 4, kCompact = 8, kOrdered = 16, kSingle = 32;

using ThetaSketch = HashSketch<NoSummary>;

template <class S>
void AppendEntries(const HashSketch<S>& sketch, std::string& out) {
  for (const auto& entry : sketch.entries) {
    AppendLittle(out, entry.hash);
    if constexpr (!std::is_same_v<S, NoSummary>) AppendLittle(out, entry.summary);
  }
}

// Preamble of 1 (nothing, or one key), 2 (all keys) or 3 longs (some of them).
template <class S>
uint8_t PreambleOf(const HashSketch<S>& sketch) {
  if (sketch.theta != kMostTheta) return 3;
  return sketch.entries.size() > 1 ? 2 : 1;
}

void AppendPreamble(std::string& out, std::initializer_list<uint8_t> bytes) {
  for (uint8_t byte : bytes) out += static_cast<char>(byte);
  AppendLittle(out, kSeedHash);
}

std::string PlainTheta(const ThetaSketch& sketch) {
  std::string out;
  uint8_t longs = PreambleOf(sketch), flags = kReadOnly | kCompact | kOrdered;
  if (sketch.is_empty) flags |= kEmpty;
  bool single = longs == 1 && !sketch.entries.empty();
  if (single) flags |= kSingle;
  AppendPreamble(out, {longs, kPlainVersion, kThetaFamily, 0, 0, flags});
  if (longs > 1) {
    AppendLittle(out, static_cast<int32_t>(sketch.entries.size()));
    AppendLittle(out, 1.0F);
  }
  if (longs > 2) AppendLittle(out, sketch.theta);
  AppendEntries(sketch, out);
  return out;
}

// The differences of neighbouring hashes, each in as many bits as the widest needs.
std::string PackedTheta(const ThetaSketch& sketch) {
  uint64_t all = 0, before = 0;
  for (const auto& entry : sketch.entries) {
    all |= entry.hash - before;
    before = entry.hash;
  }
  int width = 64 - std::countl_zero(all);
  auto count = static_cast<uint32_t>(sketch.entries.size());
  auto count_bytes = static_cast<uint8_t>((32 - std::countl_zero(count) + 7) / 8);
  std::string out;
  bool is_whole = sketch.theta == kMostTheta;
  AppendPreamble(out, {static_cast<uint8_t>(is_whole ? 1 : 2), kPackedVersion, kThetaFamily,
                       static_cast<uint8_t>(width), count_bytes, kReadOnly | kCompact | kOrdered});
  if (!is_whole) AppendLittle(out, sketch.theta);
  for (int i = 0; i < count_bytes; ++i) out += static_cast<char>(count >> (8 * i));
  unsigned bits = 0, held = 0;
  before = 0;
  for (const auto& entry : sketch.entries) {
    uint64_t difference = entry.hash - before;
    before = entry.hash;
    for (int bit = width - 1; bit >= 0; --bit) {
      bits = (bits << 1) | static_cast<unsigned>((difference >> bit) & 1);
      if (++held == 8) {
        out += static_cast<char>(bits);
        bits = held = 0;
      }
    }
  }
  if (held > 0) out += static_cast<char>(bits << (8 - held));
  return out;
}

std::optional<ThetaSketch> ReadPacked(LittleReader& reader, uint8_t longs, uint8_t width,
                                      uint8_t count_bytes) {
  ThetaSketch made;
  made.is_empty = false;
  if (longs > 1) made.theta = reader.Read<uint64_t>();
  uint64_t count = 0, before = 0;
  for (int i = 0; i < count_bytes; ++i) count |= uint64_t{reader.Read<uint8_t>()} << (8 * i);
  std::string_view packed = reader.rest();
  if (width > 64 || count > packed.size() * 8 || count * width > packed.size() * 8) {
    return std::nullopt;
  }
  uint64_t at = 0;
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t difference = 0;
    for (int bit = 0; bit < width; ++bit, ++at) {
      auto byte = static_cast<unsigned char>(packed[at / 8]);
      difference = (difference << 1) | ((byte >> (7 - at % 8)) & 1);
    }
    before += difference;
    made.entries.push_back({before, {}});
  }
  return made;
}

template <class S>
bool ReadEntries(LittleReader& reader, size_t count, HashSketch<S>& made) {
  constexpr size_t kSize = 8 + (std::is_same_v<S, NoSummary> ? 0 : sizeof(S));
  if (count > reader.rest().size() / kSize) return false;
  for (size_t i = 0; i < count; ++i) {
    auto hash = reader.Read<uint64_t>();
    S summary{};
    if constexpr (!std::is_same_v<S, NoSummary>) summary = reader.Read<S>();
    if (hash > 0 && hash < made.theta) made.entries.push_back({hash, summary});
  }
  std::sort(made.entries.begin(), made.entries.end(),
            [](const auto& a, const auto& b) { return a.hash < b.hash; });
  return true;
}

}  // namespace

std::optional<SummaryMode> SummaryModeOf(std::string_view name) {
  if (name == "sum") return SummaryMode::kSum;
  if (name == "min") return SummaryMode::kMin;
  if (name == "max") return SummaryMode::kMax;
  if (name == "alwaysone") return SummaryMode::kAlwaysOne;
  return std::nullopt;
}

uint64_t HashOfKey(std::string_view bytes) {
  return bytes.empty() ? 0 : Murmur128(bytes, kSketchSeed).first >> 1;
}

template <>
std::string HashSketch<NoSummary>::ToBytes() const {
  bool packs = entries.size() > 1 || (entries.size() == 1 && theta != kMostTheta);
  return packs ? PackedTheta(*this) : PlainTheta(*this);
}

template <>
std::optional<ThetaSketch> HashSketch<NoSummary>::Read(std::string_view bytes) {
  LittleReader reader(bytes);
  auto longs = static_cast<uint8_t>(reader.Read<uint8_t>() & 0x3F);
  auto version = reader.Read<uint8_t>(), family = reader.Read<uint8_t>();
  auto width = reader.Read<uint8_t>(), count_bytes = reader.Read<uint8_t>();
  auto flags = reader.Read<uint8_t>();
  auto seed = reader.Read<uint16_t>();
  if (reader.failed() || family != kThetaFamily || longs < 1 || longs > 3) return std::nullopt;
  ThetaSketch made;
  made.is_empty = (flags & kEmpty) != 0;
  if (made.is_empty) return made;
  if (seed != kSeedHash) return std::nullopt;
  if (version == kPackedVersion) return ReadPacked(reader, longs, width, count_bytes);
  if (version != kPlainVersion) return std::nullopt;
  size_t count = 1;
  if (longs > 1) {
    count = static_cast<size_t>(std::max(reader.Read<int32_t>(), 0));
    reader.Skip(sizeof(float));
  }
  if (longs > 2) made.theta = reader.Read<uint64_t>();
  if (reader.failed() || !ReadEntries(reader, count, made)) return std::nullopt;
  return made;
}

template <class S>
std::string HashSketch<S>::ToBytes() const {
  std::string out;
  uint8_t longs = PreambleOf(*this), flags = kReadOnly | kCompact;
  if (is_empty) flags |= kEmpty;
  AppendPreamble(out, {longs, kPlainVersion, kTupleFamily, kCompactTuple, 0, flags});
  if (longs > 1) {
    AppendLittle(out, static_cast<int32_t>(entries.size()));
    AppendLittle(out, int32_t{0});
  }
  if (longs > 2) AppendLittle(out, theta);
  AppendEntries(*this, out);
  return out;
}

template <class S>
std::optional<HashSketch<S>> HashSketch<S>::Read(std::string_view bytes) {
  LittleReader reader(bytes);
  auto longs = reader.Read<uint8_t>(), version = reader.Read<uint8_t>();
  auto family = reader.Read<uint8_t>(), type = reader.Read<uint8_t>();
  reader.Skip(1);
  auto flags = reader.Read<uint8_t>();
  auto seed = reader.Read<uint16_t>();
  bool known = family == kTupleFamily && type == kCompactTuple && longs >= 1 && longs <= 3 &&
               (version == kPlainVersion || version == kPackedVersion);
  if (reader.failed() || !known) return std::nullopt;
  HashSketch made;
  made.is_empty = (flags & kEmpty) != 0;
  if (made.is_empty) return made;
  if (seed != kSeedHash) return std::nullopt;
  size_t count = 1;
  if (longs > 1) {
    count = static_cast<size_t>(std::max(reader.Read<int32_t>(), 0));
    reader.Skip(sizeof(int32_t));
  }
  if (longs > 2) made.theta = reader.Read<uint64_t>();
  if (reader.failed() || !ReadEntries(reader, count, made)) return std::nullopt;
  return made;
}

template struct HashSketch<double>;
template struct HashSketch<int32_t>;

}  // namespace pyrite::lower
