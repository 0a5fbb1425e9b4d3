#include "sources/path.h"

#include <cctype>
#include <filesystem>

#include "base/errors.h"
#include "base/text/hex.h"

namespace pyrite::sources {
namespace {

// The length of "scheme:" in front of a path, 0 for none.
size_t SchemeLength(const std::string& path) {
  size_t colon = path.find(':');
  size_t slash = path.find('/');
  if (colon == std::string::npos || colon == 0 || slash < colon) return 0;
  for (size_t i = 0; i < colon; ++i) {
    unsigned char c = static_cast<unsigned char>(path[i]);
    if (!std::isalnum(c) && c != '+' && c != '-' && c != '.') return 0;
  }
  return colon + 1;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string ToLocalPath(const std::string& path) {
  if (path.empty()) throw errors::IllegalArgument("Can not create a Path from an empty string");
  std::string rest = path;
  if (size_t scheme = SchemeLength(path)) {
    if (path.substr(0, scheme) != "file:") {
      throw errors::UnsupportedFeature("the file system of \"" + path + "\"");
    }
    rest = path.substr(scheme);
    if (rest.starts_with("//")) {  // file://host/path: the host must be empty
      if (!rest.starts_with("///")) throw errors::IllegalArgument("Wrong FS: " + path);
      rest = rest.substr(2);
    }
  }
  std::filesystem::path absolute(rest);
  if (absolute.is_relative()) absolute = std::filesystem::current_path() / absolute;
  std::string out = absolute.lexically_normal().string();
  while (out.size() > 1 && out.back() == '/') out.pop_back();
  return out.starts_with("//") ? out.substr(1) : out;
}

std::string ToUri(const std::string& local_path) { return "file:" + local_path; }

std::string_view BaseName(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string ParentPath(std::string_view path) {
  size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return "";
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string UnescapePathName(std::string_view name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    int high = name[i] == '%' && i + 2 < name.size() ? HexDigit(name[i + 1]) : -1;
    int low = high >= 0 ? HexDigit(name[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += name[i];
    }
  }
  return out;
}

std::string EscapePathName(std::string_view name) {
  constexpr std::string_view kSpecial = "\"#%'*/:=?\\\x7f{[]^";
  std::string out;
  for (char c : name) {
    unsigned char byte = static_cast<unsigned char>(c);
    if ((byte > 0 && byte < 0x20) || kSpecial.find(c) != std::string_view::npos) {
      out += '%';
      AppendHex(byte, out);
    } else {
      out += c;
    }
  }
  return out;
}

bool IsIgnoredName(std::string_view name) {
  if (name.starts_with("_common_metadata") || name.starts_with("_metadata")) return false;
  return (name.starts_with("_") && name.find('=') == std::string_view::npos) ||
         name.starts_with(".") || name.ends_with("._COPYING_");
}

}  // namespace pyrite::sources
