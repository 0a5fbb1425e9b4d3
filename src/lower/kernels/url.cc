// Kernels of URLs: what Java's URLEncoder and URLDecoder do in UTF-8.

#include <algorithm>
#include <cctype>

#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

bool IsPlain(unsigned char c) {
  return (c < 0x80 && std::isalnum(c)) || c == '.' || c == '-' || c == '*' || c == '_';
}

std::string Encode(Text text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (unsigned char c : text) {
    if (IsPlain(c)) {
      out += static_cast<char>(c);
    } else if (c == ' ') {
      out += '+';
    } else {
      out.append({'%', kDigits[c >> 4], kDigits[c & 15]});
    }
  }
  return out;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> Decode(Text text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    int high = HexDigit(text[i + 1]), low = HexDigit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  // Malformed UTF-8 would become replacement characters in Java.
  if (!duckdb::Value::StringIsValid(out.data(), out.size())) return std::nullopt;
  return out;
}

std::string DecodeOrThrow(Text text) {
  std::optional<std::string> decoded = Decode(text);
  if (!decoded) ThrowSpark("CANNOT_DECODE_URL", {{"url", std::string(text)}});
  return std::move(*decoded);
}

}  // namespace

void RegisterUrlKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  loader.RegisterFunction(
      MakeKernel("spark_url_encode", {text}, text, Rowwise<std::string, Text>(Encode)));
  loader.RegisterFunction(
      MakeKernel("spark_try_url_decode", {text}, text, Rowwise<std::string, Text>(Decode)));
  loader.RegisterFunction(MakeKernel("spark_url_decode", {text}, text,
                                     Rowwise<std::string, Text>(DecodeOrThrow), true));
}

}  // namespace pyrite::lower
