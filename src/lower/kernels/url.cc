// Kernels of URLs: what Java's URLEncoder and URLDecoder do in UTF-8.

#include <algorithm>
#include <cctype>

#include "base/text/hex.h"
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
  std::string out;
  out.reserve(text.size());
  for (unsigned char c : text) {
    if (IsPlain(c)) {
      out += static_cast<char>(c);
    } else if (c == ' ') {
      out += '+';
    } else {
      out += '%';
      AppendHex(c, out);
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

// ---- parse_url: java.net.URI's parts

struct Uri {
  std::optional<Text> scheme, authority, query, fragment;
  Text path;
  bool opaque = false;
};

bool IsAllowed(Text text) {
  for (unsigned char c : text) {
    if (c <= ' ' || c == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' ||
        c == '`' || c == '{' || c == '|' || c == '}') {
      return false;
    }
  }
  for (size_t at = text.find('%'); at != Text::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || HexDigit(text[at + 1]) < 0 || HexDigit(text[at + 2]) < 0) {
      return false;
    }
  }
  return true;
}

std::optional<Uri> ReadUri(Text text) {
  if (text.empty() || !IsAllowed(text)) {
    if (text.empty()) return Uri{};
    return std::nullopt;
  }
  Uri uri;
  if (size_t hash = text.find('#'); hash != Text::npos) {
    uri.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  size_t end = text.find_first_of(":/?");
  if (end != Text::npos && text[end] == ':') {
    if (end == 0 || std::isalpha(static_cast<unsigned char>(text[0])) == 0) return std::nullopt;
    uri.scheme = text.substr(0, end);
    text = text.substr(end + 1);
    if (text.empty()) return std::nullopt;
    if (text[0] != '/') {
      uri.opaque = true;
      return uri;
    }
  }
  if (size_t mark = text.find('?'); mark != Text::npos) {
    uri.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (text.substr(0, 2) == "//") {
    size_t slash = std::min(text.find('/', 2), text.size());
    if (slash > 2) uri.authority = text.substr(2, slash - 2);
    text = text.substr(slash);
  }
  if (text.find_first_of("[]") != Text::npos) return std::nullopt;
  uri.path = text;
  return uri;
}

// The user's and the host's part of an authority; no host when it is none of a server.
std::pair<std::optional<Text>, std::optional<Text>> ServerOf(Text authority) {
  std::optional<Text> user;
  if (size_t at = authority.find('@'); at != Text::npos) {
    user = authority.substr(0, at);
    authority = authority.substr(at + 1);
  }
  size_t close = authority.find(']');
  size_t colon = authority.find(':', close == Text::npos ? 0 : close);
  Text host = authority.substr(0, colon);
  Text port = colon == Text::npos ? Text() : authority.substr(colon + 1);
  bool valid = !host.empty();
  for (char c : port) valid = valid && c >= '0' && c <= '9';
  if (close == Text::npos) {
    for (unsigned char c : host) valid = valid && (std::isalnum(c) != 0 || c == '-' || c == '.');
  }
  if (!valid) return {std::nullopt, std::nullopt};
  return {user, host};
}

std::optional<std::string> AsText(const std::optional<Text>& part) {
  return part ? std::optional(std::string(*part)) : std::nullopt;
}

std::optional<std::string> PartOf(const Uri& uri, Text part) {
  if (part == "PROTOCOL") return AsText(uri.scheme);
  if (part == "REF") return AsText(uri.fragment);
  if (part == "AUTHORITY") return AsText(uri.authority);
  if (part == "QUERY") return AsText(uri.query);
  if (part == "HOST") return uri.authority ? AsText(ServerOf(*uri.authority).second) : std::nullopt;
  if (part == "USERINFO") {
    return uri.authority ? AsText(ServerOf(*uri.authority).first) : std::nullopt;
  }
  if (uri.opaque) return std::nullopt;
  if (part == "PATH") return std::string(uri.path);
  if (part == "FILE") {
    return std::string(uri.path) + (uri.query ? "?" + std::string(*uri.query) : "");
  }
  return std::nullopt;
}

std::optional<std::string> ValueOfKey(Text query, Text key) {
  for (size_t at = 0; at <= query.size();) {
    size_t end = std::min(query.find('&', at), query.size());
    Text pair = query.substr(at, end - at);
    if (pair.substr(0, key.size()) == key && pair.substr(key.size(), 1) == "=") {
      return std::string(pair.substr(key.size() + 1));
    }
    at = end + 1;
  }
  return std::nullopt;
}

template <bool strict>
std::optional<std::string> ParseUrl(Text url, Text part) {
  auto uri = ReadUri(url);
  if (uri) return PartOf(*uri, part);
  if (strict) ThrowSpark("INVALID_URL", {{"url", std::string(url)}});
  return std::nullopt;
}

template <bool strict>
std::optional<std::string> ParseUrlKey(Text url, Text part, Text key) {
  if (part != "QUERY") return std::nullopt;
  auto query = ParseUrl<strict>(url, part);
  return query ? ValueOfKey(*query, key) : std::nullopt;
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
  loader.RegisterFunction(MakeKernel("spark_parse_url", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(ParseUrl<true>), true));
  loader.RegisterFunction(MakeKernel("spark_parse_url", {text, text, text}, text,
                                     Rowwise<std::string, Text, Text, Text>(ParseUrlKey<true>),
                                     true));
  loader.RegisterFunction(MakeKernel("spark_try_parse_url", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(ParseUrl<false>)));
  loader.RegisterFunction(MakeKernel("spark_try_parse_url", {text, text, text}, text,
                                     Rowwise<std::string, Text, Text, Text>(ParseUrlKey<false>)));
}

}  // namespace pyrite::lower
