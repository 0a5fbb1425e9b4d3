// Hadoop's path patterns: * ? [ab] [a-z] [^a] {x,y} and \ to take a character as it is. A * does
// not cross a "/"; names that start with a dot match as any other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pyrite::sources {

bool IsGlob(std::string_view path);

// One pattern without "/" and without braces against one name.
bool MatchesComponent(std::string_view pattern, std::string_view name);

// "a{b,c{d,e}}" as "ab", "acd", "ace". Raises ILLEGAL_ARGUMENT for an unclosed brace.
std::vector<std::string> ExpandBraces(std::string_view pattern);

// The paths that exist and match, sorted, each once. `pattern` is absolute.
std::vector<std::string> ExpandGlob(const std::string& pattern);

}  // namespace pyrite::sources
