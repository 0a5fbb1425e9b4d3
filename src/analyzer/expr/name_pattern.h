// Patterns of names (df.colRegex) are Java's regular expressions.
#pragma once

#include <string>
#include <vector>

namespace pyrite::analyzer {

// Which of the names match as a whole.
std::vector<bool> MatchNames(const std::string& pattern, const std::vector<std::string>& names,
                             bool case_sensitive);

}  // namespace pyrite::analyzer
