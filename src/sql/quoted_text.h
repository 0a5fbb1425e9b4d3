// Quoted text to what it stands for: `a``b`, 'it''s', 'tab\t', r'\d'.
#pragma once

#include <string>
#include <string_view>

namespace pyrite::sql {

// Of a name in back quotes (or double quotes), with its quotes.
std::string UnquoteName(std::string_view text);
// Of a string literal, with its quotes and the r before it. Without `escapes`, a backslash is one.
std::string UnquoteString(std::string_view text, bool escapes);

}  // namespace pyrite::sql
