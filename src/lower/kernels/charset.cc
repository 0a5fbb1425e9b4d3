// Kernels between bytes and text: Java's character sets, validity of UTF-8, base 64 checked.

#include <cctype>

#include "base/text/hex.h"
#include "base/text/utf8_repair.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

enum class Charset { kAscii, kLatin1, kUtf8, kUtf16, kUtf16Big, kUtf16Little, kUtf32 };

Charset CharsetNamed(Text name, const char* function) {
  struct Row {
    const char* name;
    Charset set;
  };
  constexpr Row kRows[] = {{"US-ASCII", Charset::kAscii},    {"ISO-8859-1", Charset::kLatin1},
                           {"UTF-8", Charset::kUtf8},        {"UTF-16", Charset::kUtf16},
                           {"UTF-16BE", Charset::kUtf16Big}, {"UTF-16LE", Charset::kUtf16Little},
                           {"UTF-32", Charset::kUtf32}};
  std::string upper(name);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const Row& row : kRows) {
    if (upper == row.name) return row.set;
  }
  ThrowSpark("INVALID_PARAMETER_VALUE.CHARSET",
             {{"functionName", "`" + std::string(function) + "`"},
              {"parameter", "`charset`"},
              {"charset", std::string(name)},
              {"charsets", "iso-8859-1, us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8"}});
}

[[noreturn]] void ThrowMalformed(const char* function, Text charset) {
  ThrowSpark("MALFORMED_CHARACTER_CODING",
             {{"function", "`" + std::string(function) + "`"}, {"charset", std::string(charset)}});
}

void AppendUnit(std::string& out, uint32_t unit, bool little) {
  char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit);
  out += little ? low : high;
  out += little ? high : low;
}

std::string Encode(Text text, Text charset) {
  Charset set = CharsetNamed(charset, "encode");
  if (set == Charset::kUtf8) return std::string(text);
  std::string out;
  bool little = set == Charset::kUtf16Little;
  if (set == Charset::kUtf16 && !text.empty()) out = "\xFE\xFF";
  for (size_t at = 0; at < text.size();) {
    uint32_t point = NextPoint(text, at);
    switch (set) {
      case Charset::kAscii:
      case Charset::kLatin1:
        if (point >= (set == Charset::kAscii ? 0x80u : 0x100u)) ThrowMalformed("encode", charset);
        out += static_cast<char>(point);
        break;
      case Charset::kUtf32:
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(point >> shift);
        break;
      default:
        if (point < 0x10000) {
          AppendUnit(out, point, little);
        } else {
          AppendUnit(out, 0xD800 + ((point - 0x10000) >> 10), little);
          AppendUnit(out, 0xDC00 + ((point - 0x10000) & 0x3FF), little);
        }
    }
  }
  return out;
}

uint32_t Byte(Text bytes, size_t at) { return static_cast<unsigned char>(bytes[at]); }

std::string DecodeUtf16(Text bytes, bool little, Text charset) {
  std::string out;
  if (bytes.size() % 2 != 0) ThrowMalformed("decode", charset);
  const auto unit = [&](size_t at) {
    return little ? Byte(bytes, at) | Byte(bytes, at + 1) << 8
                  : Byte(bytes, at) << 8 | Byte(bytes, at + 1);
  };
  for (size_t at = 0; at < bytes.size(); at += 2) {
    uint32_t point = unit(at);
    if (point >= 0xD800 && point < 0xE000) {
      bool paired = point < 0xDC00 && at + 2 < bytes.size() && unit(at + 2) >= 0xDC00 &&
                    unit(at + 2) < 0xE000;
      if (!paired) ThrowMalformed("decode", charset);
      point = 0x10000 + ((point - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    out += Utf8Of(point);
  }
  return out;
}

std::string Decode(Text bytes, Text charset) {
  Charset set = CharsetNamed(charset, "decode");
  std::string out;
  switch (set) {
    case Charset::kUtf8:
      if (!IsUtf8(bytes)) ThrowMalformed("decode", charset);
      return std::string(bytes);
    case Charset::kAscii:
    case Charset::kLatin1:
      for (size_t at = 0; at < bytes.size(); ++at) {
        if (set == Charset::kAscii && Byte(bytes, at) >= 0x80) ThrowMalformed("decode", charset);
        out += Utf8Of(Byte(bytes, at));
      }
      return out;
    case Charset::kUtf16: {
      bool marked = bytes.size() >= 2 &&
                    (bytes.substr(0, 2) == "\xFE\xFF" || bytes.substr(0, 2) == "\xFF\xFE");
      bool little = marked && bytes[0] == '\xFF';
      return DecodeUtf16(marked ? bytes.substr(2) : bytes, little, charset);
    }
    case Charset::kUtf16Big:
    case Charset::kUtf16Little: return DecodeUtf16(bytes, set == Charset::kUtf16Little, charset);
    case Charset::kUtf32: break;
  }
  if (bytes.size() % 4 != 0) ThrowMalformed("decode", charset);
  for (size_t at = 0; at < bytes.size(); at += 4) {
    uint32_t point = Byte(bytes, at) << 24 | Byte(bytes, at + 1) << 16 | Byte(bytes, at + 2) << 8 |
                     Byte(bytes, at + 3);
    if (point == 0xFEFF && at == 0) continue;
    if (point > 0x10FFFF) ThrowMalformed("decode", charset);
    out += Utf8Of(point);
  }
  return out;
}

std::string MakeValid(Text bytes) { return IsUtf8(bytes) ? std::string(bytes) : RepairUtf8(bytes); }

std::optional<std::string> TryValidate(Text bytes) {
  if (!IsUtf8(bytes)) return std::nullopt;
  return std::string(bytes);
}

std::string Validate(Text bytes) {
  if (!IsUtf8(bytes)) {
    std::string shown;
    for (char c : bytes) {
      shown += "\\x";
      AppendHex(static_cast<unsigned char>(c), shown);
    }
    ThrowSpark("INVALID_UTF8_STRING", {{"str", shown}});
  }
  return std::string(bytes);
}

// ---- base 64, as to_binary checks it

int Base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// White space between the digits does not count; with `mime` nothing but digits does.
std::optional<std::string> DecodeBase64(Text text, bool mime) {
  std::string out;
  uint32_t bits = 0;
  int digits = 0, pads = 0;
  for (char c : text) {
    if (c == '=') {
      ++pads;
      continue;
    }
    int digit = Base64Digit(c);
    if (digit < 0) {
      if (mime || c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
      return std::nullopt;
    }
    if (pads > 0) {
      if (mime) break;
      return std::nullopt;
    }
    bits = bits << 6 | static_cast<uint32_t>(digit);
    if (++digits % 4 == 0) {
      for (int shift = 16; shift >= 0; shift -= 8) out += static_cast<char>(bits >> shift);
    }
  }
  int rest = digits % 4;
  if (rest == 1) return std::nullopt;
  if (!mime && (pads > 2 || (pads > 0 && (digits + pads) % 4 != 0))) return std::nullopt;
  if (rest == 2) out += static_cast<char>(bits >> 4);
  if (rest == 3) {
    out += static_cast<char>(bits >> 10);
    out += static_cast<char>(bits >> 2);
  }
  return out;
}

[[noreturn]] void ThrowConversion(Text text, const char* format) {
  ThrowSpark("CONVERSION_INVALID_INPUT", {{"str", "'" + std::string(text) + "'"},
                                          {"fmt", "'" + std::string(format) + "'"},
                                          {"targetType", "\"BINARY\""},
                                          {"suggestion", "`try_to_binary`"}});
}

std::optional<std::string> TryBase64ToBinary(Text text) { return DecodeBase64(text, false); }

std::string Base64ToBinary(Text text) {
  auto bytes = DecodeBase64(text, false);
  if (!bytes) ThrowConversion(text, "BASE64");
  return std::move(*bytes);
}

std::string Unbase64(Text text) {
  auto bytes = DecodeBase64(text, true);
  if (!bytes) {
    ThrowJava("java.lang.IllegalArgumentException",
              "The last part of a text in base 64 is too short.");
  }
  return std::move(*bytes);
}

std::string UnhexOrThrow(Text text) {
  std::string padded = text.size() % 2 == 0 ? std::string(text) : "0" + std::string(text);
  std::string out;
  for (size_t at = 0; at < padded.size(); at += 2) {
    int byte = 0;
    for (size_t i = 0; i < 2; ++i) {
      char c = padded[at + i];
      if (std::isxdigit(static_cast<unsigned char>(c)) == 0) ThrowConversion(text, "HEX");
      byte = byte * 16 + (c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    out += static_cast<char>(byte);
  }
  return out;
}

}  // namespace

void RegisterCharsetKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, blob = LogicalType::BLOB;
  auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                 duckdb::scalar_function_t function) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function), true));
  };
  add("spark_encode", {text, text}, blob, Rowwise<std::string, Text, Text>(Encode));
  add("spark_decode", {blob, text}, text, Rowwise<std::string, Text, Text>(Decode));
  add("spark_is_valid_utf8", {blob}, LogicalType::BOOLEAN, Rowwise<bool, Text>(IsUtf8));
  add("spark_make_valid_utf8", {blob}, text, Rowwise<std::string, Text>(MakeValid));
  add("spark_validate_utf8", {blob}, text, Rowwise<std::string, Text>(Validate));
  add("spark_try_validate_utf8", {blob}, text, Rowwise<std::string, Text>(TryValidate));
  add("spark_unbase64", {text}, blob, Rowwise<std::string, Text>(Unbase64));
  add("spark_base64_to_binary", {text}, blob, Rowwise<std::string, Text>(Base64ToBinary));
  add("spark_try_base64_to_binary", {text}, blob, Rowwise<std::string, Text>(TryBase64ToBinary));
  add("spark_unhex_or_throw", {text}, blob, Rowwise<std::string, Text>(UnhexOrThrow));
}

}  // namespace pyrite::lower
