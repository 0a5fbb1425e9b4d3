// Rows of text as lines of CSV, quoted as Spark's writer quotes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/options.h"

namespace pyrite::sources {

struct CsvWriteOptions {
  std::string separator = ",";
  char quote = '"';  // 0: none
  char escape = '\\';
  std::optional<char> escape_of_escape;
  char comment = '#';  // a first value that starts with it is quoted
  bool header = false;
  bool quote_all = false;
  bool escape_quotes = true;
  bool trim_leading = true;
  bool trim_trailing = true;
  std::string null_value;
  std::string empty_value = "\"\"";
  std::string line_separator = "\n";
  std::string charset = "UTF-8";
  std::string date_format = "yyyy-MM-dd";
  std::string timestamp_format = "yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX]";
  std::string timestamp_ntz_format = "yyyy-MM-dd'T'HH:mm:ss[.SSS]";
  std::string time_zone = "UTC";

  // From settled options (sources/text/text_options.h).
  static CsvWriteOptions Read(const plan::Options& options);
};

// Appends `value` (nullopt: NULL) as column `column` of a line, without separators.
void AppendCsvField(const CsvWriteOptions& csv, size_t column,
                    std::optional<std::string_view> value, std::string& line);

// Whether values of these characters alone, none of them a blank, stand in lines as they are.
bool IsNeverQuoted(const CsvWriteOptions& csv, std::string_view characters);

// The names as the first line, without its end.
std::string CsvHeader(const CsvWriteOptions& csv, const std::vector<std::string>& names);

}  // namespace pyrite::sources
