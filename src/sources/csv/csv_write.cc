#include "sources/csv/csv_write.h"

#include <emmintrin.h>

#include <bit>

#include "sources/csv/csv_options.h"
#include "sources/text/text_options.h"

namespace pyrite::sources {
namespace {

bool IsBlank(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::string_view Trimmed(const CsvWriteOptions& csv, std::string_view text) {
  if (csv.trim_leading) {
    while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  }
  if (csv.trim_trailing) {
    while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  }
  return text;
}

// The first character from `from` on that may ask for quotes; the text's size when there is none.
size_t FindSpecial(const CsvWriteOptions& csv, std::string_view text, size_t from) {
  const char separator = csv.separator[0];
  const __m128i separators = _mm_set1_epi8(separator), quotes = _mm_set1_epi8(csv.quote);
  const __m128i newlines = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
  for (; from + 16 <= text.size(); from += 16) {
    __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(block, newlines), _mm_cmpeq_epi8(block, returns));
    __m128i others = _mm_or_si128(_mm_cmpeq_epi8(block, separators), _mm_cmpeq_epi8(block, quotes));
    auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(ends, others)));
    if (mask != 0) return from + static_cast<size_t>(std::countr_zero(mask));
  }
  for (; from < text.size(); ++from) {
    char c = text[from];
    if (c == '\n' || c == '\r' || c == separator || c == csv.quote) break;
  }
  return from;
}

bool NeedsQuotes(const CsvWriteOptions& csv, size_t column, std::string_view text) {
  if (csv.quote_all) return true;
  if (text.empty()) return false;
  if (text.front() == csv.quote) return true;
  if (column == 0 && text.front() == csv.comment) return true;
  for (size_t at = FindSpecial(csv, text, 0); at < text.size();
       at = FindSpecial(csv, text, at + 1)) {
    if (text[at] == '\n' || text[at] == '\r') return true;
    if (text[at] == csv.quote && csv.escape_quotes) return true;
    if (text.substr(at).starts_with(csv.separator)) return true;
  }
  return false;
}

void AppendQuoted(const CsvWriteOptions& csv, std::string_view text, std::string& line) {
  line += csv.quote;
  for (char c : text) {
    if (c == csv.quote) {
      line += csv.escape;
    } else if (c == csv.escape && csv.escape_of_escape) {
      line += *csv.escape_of_escape;
    } else if (c == '\n' && csv.line_separator == "\r\n") {
      line += '\r';
    }
    line += c;
  }
  line += csv.quote;
}

// The text that stands for NULL or for an empty value.
void AppendStandIn(const CsvWriteOptions& csv, std::string_view text, std::string& line) {
  bool is_quoted = text.size() >= 2 && text.front() == csv.quote && text.back() == csv.quote;
  if (csv.quote_all && !is_quoted) {
    AppendQuoted(csv, text, line);
  } else {
    line += text;
  }
}

}  // namespace

CsvWriteOptions CsvWriteOptions::Read(const plan::Options& settled) {
  Options options(settled);
  CsvDialect dialect = ReadCsvDialect(options);
  CsvWriteOptions csv;
  csv.separator = dialect.separator;
  csv.quote = dialect.quote;
  csv.escape = dialect.escape;
  if (dialect.escape_of_escape != 0) csv.escape_of_escape = dialect.escape_of_escape;
  if (dialect.comment != 0) csv.comment = dialect.comment;
  csv.header = BoolOption(options, "header", false);
  csv.quote_all = BoolOption(options, "quoteAll", false);
  csv.escape_quotes = BoolOption(options, "escapeQuotes", true);
  csv.trim_leading = BoolOption(options, "ignoreLeadingWhiteSpace", true);
  csv.trim_trailing = BoolOption(options, "ignoreTrailingWhiteSpace", true);
  csv.null_value = options.Find("nullValue").value_or("");
  csv.empty_value = options.Find("emptyValue").value_or("\"\"");
  CheckCsvLineSeparator(options);
  TextOptions text = ReadTextOptions(options, "CSVOptions");
  if (!text.lines.separator.empty()) csv.line_separator = text.lines.separator;
  csv.charset = text.lines.charset;
  csv.date_format = text.date_format.value_or(csv.date_format);
  csv.timestamp_format = text.timestamp_format.value_or(csv.timestamp_format);
  csv.timestamp_ntz_format = text.timestamp_ntz_format.value_or(csv.timestamp_ntz_format);
  csv.time_zone = text.time_zone;
  return csv;
}

bool IsNeverQuoted(const CsvWriteOptions& csv, std::string_view characters) {
  const auto holds = [&](char c) { return characters.find(c) != std::string_view::npos; };
  return !csv.quote_all && !holds(csv.separator[0]) && !holds(csv.quote) && !holds(csv.comment);
}

void AppendCsvField(const CsvWriteOptions& csv, size_t column,
                    std::optional<std::string_view> value, std::string& line) {
  if (!value) return AppendStandIn(csv, csv.null_value, line);
  std::string_view text = Trimmed(csv, *value);
  if (text.empty()) return AppendStandIn(csv, csv.empty_value, line);
  if (NeedsQuotes(csv, column, text)) {
    AppendQuoted(csv, text, line);
  } else {
    line += text;
  }
}

std::string CsvHeader(const CsvWriteOptions& csv, const std::vector<std::string>& names) {
  std::string line;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) line += csv.separator;
    AppendCsvField(csv, i, names[i], line);
  }
  return line;
}

}  // namespace pyrite::sources
