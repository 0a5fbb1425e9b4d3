#include "spec/attribute_name.h"

#include "base/error.h"

namespace pyrite::spec {

NameParts ParseAttributeName(const std::string& name) {
  auto invalid = [&] { return SparkError("INVALID_ATTRIBUTE_NAME_SYNTAX", {{"name", name}}); };
  NameParts parts;
  std::string part;
  bool quoted = false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool last = i + 1 == name.size();
    if (quoted && c != '`') {
      part += c;
    } else if (quoted) {
      if (!last && name[i + 1] == '`') {
        part += '`';
        ++i;
        continue;
      }
      quoted = false;
      if (!last && name[i + 1] != '.') throw invalid();
    } else if (c == '`') {
      if (!part.empty()) throw invalid();
      quoted = true;
    } else if (c == '.') {
      if (last || i == 0 || name[i - 1] == '.') throw invalid();
      parts.push_back(std::move(part));
      part.clear();
    } else {
      part += c;
    }
  }
  if (quoted) throw invalid();
  parts.push_back(std::move(part));
  return parts;
}

}  // namespace pyrite::spec
