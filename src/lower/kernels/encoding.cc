// Kernels that write numbers and bytes in other ways, and checksums.

#include <array>

#include "base/value.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

constexpr char kDigits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string InBase(uint64_t value, int base) {
  std::string out;
  do {
    out.insert(out.begin(), kDigits[value % base]);
    value /= base;
  } while (value != 0);
  return out;
}

std::string HexOfBytes(Text bytes) {
  std::string out;
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

std::optional<std::string> Unhex(Text text) {
  std::string out;
  size_t at = 0;
  if (text.size() % 2 == 1) {
    int low = DigitOf(text[at++]);
    if (low > 15) return std::nullopt;
    out += static_cast<char>(low);
  }
  for (; at < text.size(); at += 2) {
    int high = DigitOf(text[at]), low = DigitOf(text[at + 1]);
    if (high > 15 || low > 15) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

// Unsigned 64-bit arithmetic that stops at the maximum, as in Hive; a negative target base gives a
// signed result.
std::optional<std::string> Convert(Text text, int32_t from, int32_t to) {
  int32_t target = to < 0 ? -to : to;
  if (from < 2 || from > 36 || target < 2 || target > 36) return std::nullopt;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  bool negative = text[0] == '-';
  if (negative) text.remove_prefix(1);
  uint64_t value = 0;
  for (char c : text) {
    int digit = DigitOf(c);
    if (digit >= from) break;
    uint64_t next;
    if (__builtin_mul_overflow(value, static_cast<uint64_t>(from), &next) ||
        __builtin_add_overflow(next, static_cast<uint64_t>(digit), &next)) {
      value = ~uint64_t{0};
      break;
    }
    value = next;
  }
  if (negative && to > 0) {
    value = static_cast<int64_t>(value) < 0 ? ~uint64_t{0} : -value;
  }
  if (to < 0 && (negative || static_cast<int64_t>(value) < 0)) {
    uint64_t magnitude = negative ? value : -value;
    return "-" + InBase(magnitude, target);
  }
  return InBase(value, target);
}

constexpr std::array<uint32_t, 256> kCrcTable = [] {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ (value & 1 ? 0xEDB88320u : 0);
    table[i] = value;
  }
  return table;
}();

int64_t Crc32(Text bytes) {
  uint32_t crc = ~0u;
  for (char c : bytes) crc = kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xFF] ^ (crc >> 8);
  return static_cast<int64_t>(~crc);
}

}  // namespace

void RegisterEncodingKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, blob = LogicalType::BLOB;
  LogicalType bigint = LogicalType::BIGINT, integer = LogicalType::INTEGER;
  auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                 duckdb::scalar_function_t function) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function)));
  };
  add("spark_hex", {bigint}, text, Rowwise<std::string, int64_t>([](int64_t value) {
        return InBase(static_cast<uint64_t>(value), 16);
      }));
  add("spark_hex", {blob}, text, Rowwise<std::string, Text>(HexOfBytes));
  add("spark_hex", {text}, text, Rowwise<std::string, Text>(HexOfBytes));
  add("spark_unhex", {text}, blob, Rowwise<std::string, Text>(Unhex));
  add("spark_bin", {bigint}, text, Rowwise<std::string, int64_t>([](int64_t value) {
        return InBase(static_cast<uint64_t>(value), 2);
      }));
  add("spark_conv", {text, integer, integer}, text,
      Rowwise<std::string, Text, int32_t, int32_t>(Convert));
  add("spark_crc32", {blob}, bigint, Rowwise<int64_t, Text>(Crc32));
}

}  // namespace pyrite::lower
