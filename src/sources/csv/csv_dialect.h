// How CSV text is cut into fields: the part of the options that the tokenizer needs.
#pragma once

#include <cstdint>
#include <string>

namespace pyrite::sources {

enum class UnescapedQuotes : uint8_t {
  kStopAtClosingQuote,
  kBackToDelimiter,
  kStopAtDelimiter,
  kSkipValue,
  kRaiseError,
};

struct CsvDialect {
  std::string separator = ",";
  char quote = '"';  // 0: none
  char escape = '\\';
  char escape_of_escape = '\\';
  char comment = 0;  // 0: none
  bool trim_leading = false;
  bool trim_trailing = false;
  UnescapedQuotes unescaped_quotes = UnescapedQuotes::kStopAtDelimiter;
  size_t max_columns = 20480;
  int64_t max_chars_per_column = -1;  // below 0: any number
  std::string null_value;             // what an absent value reads as
  std::string empty_value;            // and a quoted empty one
};

}  // namespace pyrite::sources
