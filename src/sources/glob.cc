#include "sources/glob.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/errors.h"

namespace pyrite::sources {
namespace {

SparkError Malformed(std::string_view pattern) {
  return errors::IllegalArgument("Illegal file pattern: " + std::string(pattern));
}

// Whether `c` is in the class that opens at `at` ("[" itself); `at` moves behind the "]".
bool MatchesClass(std::string_view pattern, size_t& at, char c) {
  size_t i = at + 1;
  bool negated = i < pattern.size() && (pattern[i] == '^' || pattern[i] == '!');
  if (negated) ++i;
  bool found = false;
  bool first = true;
  for (; i < pattern.size() && (first || pattern[i] != ']'); ++i, first = false) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    char low = pattern[i];
    char high = low;
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      i += 2;
      if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
      high = pattern[i];
    }
    found = found || (low <= c && c <= high);
  }
  if (i >= pattern.size()) throw Malformed(pattern);
  at = i + 1;
  return found != negated;
}

// The length of the UTF-8 character at the front of `text`: ? stands for a character.
size_t CharacterLength(std::string_view text) {
  size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

std::string Unescape(std::string_view component) {
  std::string out;
  for (size_t i = 0; i < component.size(); ++i) {
    if (component[i] == '\\' && i + 1 < component.size()) ++i;
    out += component[i];
  }
  return out;
}

std::vector<std::string> Split(std::string_view path) {
  std::vector<std::string> parts;
  std::string part;
  for (char c : path) {
    if (c != '/') {
      part += c;
    } else if (!part.empty()) {
      parts.push_back(std::move(part));
      part.clear();
    }
  }
  if (!part.empty()) parts.push_back(std::move(part));
  return parts;
}

std::vector<std::string> MatchingChildren(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> out;
  DIR* directory = ::opendir(folder.empty() ? "/" : folder.c_str());
  if (directory == nullptr) return out;
  while (dirent* entry = ::readdir(directory)) {
    std::string_view name = entry->d_name;
    if (name == "." || name == ".." || !MatchesComponent(pattern, name)) continue;
    out.push_back(folder + "/" + std::string(name));
  }
  ::closedir(directory);
  return out;
}

void ExpandInto(const std::string& pattern, std::vector<std::string>& out) {
  std::vector<std::string> found = {""};
  for (const std::string& component : Split(pattern)) {
    std::vector<std::string> next;
    for (const std::string& folder : found) {
      if (IsGlob(component)) {
        for (std::string& child : MatchingChildren(folder, component)) {
          next.push_back(std::move(child));
        }
      } else {
        next.push_back(folder + "/" + Unescape(component));
      }
    }
    found = std::move(next);
  }
  struct stat status;
  for (std::string& path : found) {
    if (::stat(path.c_str(), &status) == 0) out.push_back(std::move(path));
  }
}

}  // namespace

bool IsGlob(std::string_view path) {
  return path.find_first_of("{}[]*?\\") != std::string_view::npos;
}

bool MatchesComponent(std::string_view pattern, std::string_view name) {
  size_t p = 0, n = 0;
  size_t star = std::string_view::npos, star_name = 0;  // where to go on when a try fails
  while (n < name.size()) {
    bool matched = false;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_name = n;
      continue;
    }
    if (p < pattern.size() && pattern[p] == '?') {
      n += CharacterLength(name.substr(n));
      ++p;
      continue;
    }
    if (p < pattern.size() && pattern[p] == '[') {
      matched = MatchesClass(pattern, p, name[n]);
    } else if (p < pattern.size()) {
      if (pattern[p] == '\\' && p + 1 < pattern.size()) ++p;
      matched = pattern[p++] == name[n];
    }
    if (matched) {
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++star_name;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string> ExpandBraces(std::string_view pattern) {
  size_t open = std::string_view::npos;
  std::vector<size_t> cuts;  // the open brace, the commas of its level, its close
  int depth = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '{' && depth++ == 0) {
      open = i;
      cuts = {i};
    } else if (pattern[i] == ',' && depth == 1) {
      cuts.push_back(i);
    } else if (pattern[i] == '}' && depth > 0 && --depth == 0) {
      cuts.push_back(i);
      break;
    }
  }
  if (depth > 0) throw Malformed(pattern);
  if (open == std::string_view::npos) return {std::string(pattern)};
  std::vector<std::string> out;
  for (const std::string& tail : ExpandBraces(pattern.substr(cuts.back() + 1))) {
    for (size_t i = 0; i + 1 < cuts.size(); ++i) {
      std::string_view choice = pattern.substr(cuts[i] + 1, cuts[i + 1] - cuts[i] - 1);
      for (const std::string& middle : ExpandBraces(choice)) {
        out.push_back(std::string(pattern.substr(0, open)) + middle + tail);
      }
    }
  }
  return out;
}

std::vector<std::string> ExpandGlob(const std::string& pattern) {
  std::vector<std::string> out;
  for (const std::string& expanded : ExpandBraces(pattern)) ExpandInto(expanded, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace pyrite::sources
