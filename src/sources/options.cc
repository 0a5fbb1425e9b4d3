#include "sources/options.h"

#include "base/errors.h"

namespace pyrite::sources {

std::string ToLower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool EqualsIgnoreCase(const std::string& left, const std::string& right) {
  return left.size() == right.size() && ToLower(left) == ToLower(right);
}

std::optional<std::string> Options::Find(const std::string& name) const {
  for (auto option = options_.rbegin(); option != options_.rend(); ++option) {
    if (EqualsIgnoreCase(option->first, name)) return option->second;
  }
  return std::nullopt;
}

std::optional<bool> Options::FindBool(const std::string& name) const {
  std::optional<std::string> text = Find(name);
  if (!text) return std::nullopt;
  if (EqualsIgnoreCase(*text, "true")) return true;
  if (EqualsIgnoreCase(*text, "false")) return false;
  throw errors::IllegalArgument("For input string: \"" + *text + "\"");
}

}  // namespace pyrite::sources
