#include "analyzer/expr/name_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <memory>

#include "base/errors.h"

namespace pyrite::analyzer {

std::vector<bool> MatchNames(const std::string& pattern, const std::vector<std::string>& names,
                             bool case_sensitive) {
  auto text = [](const std::string& s) { return reinterpret_cast<PCRE2_SPTR>(s.data()); };
  uint32_t options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED;
  if (!case_sensitive) options |= PCRE2_CASELESS;
  int error = 0;
  PCRE2_SIZE offset = 0;
  std::unique_ptr<pcre2_code, decltype(&pcre2_code_free)> code(
      pcre2_compile(text(pattern), pattern.size(), options, &error, &offset, nullptr),
      pcre2_code_free);
  if (!code) throw errors::IllegalArgument("The pattern of colRegex is malformed: " + pattern);
  std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> match(
      pcre2_match_data_create_from_pattern(code.get(), nullptr), pcre2_match_data_free);
  std::vector<bool> matched;
  for (const std::string& name : names) {
    matched.push_back(pcre2_match(code.get(), text(name), name.size(), 0, 0, match.get(), nullptr) >
                      0);
  }
  return matched;
}

}  // namespace pyrite::analyzer
