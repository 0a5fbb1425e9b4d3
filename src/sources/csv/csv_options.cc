#include "sources/csv/csv_options.h"

#include "base/errors.h"

namespace pyrite::sources {
namespace {

SparkError InvalidDelimiter(const std::string& kind,
                            std::map<std::string, std::string> parameters = {}) {
  return SparkError("INVALID_DELIMITER_VALUE." + kind, std::move(parameters));
}

// "\\t" is a tab, and so on.
std::string UnescapeDelimiter(const std::string& text) {
  if (text.empty()) throw errors::IllegalArgument("Delimiter cannot be empty");
  if (text == "\\u0000") return std::string(1, '\0');
  if (text == "\\") throw InvalidDelimiter("SINGLE_BACKSLASH");
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (i + 1 == text.size()) throw InvalidDelimiter("SINGLE_BACKSLASH");
    switch (text[++i]) {
      case 't': out += '\t'; break;
      case 'r': out += '\r'; break;
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case '"': out += '"'; break;
      case '\'': out += '\''; break;
      case '\\': out += '\\'; break;
      default:
        throw InvalidDelimiter("UNSUPPORTED_SPECIAL_CHARACTER",
                               {{"str", std::string("\\") + text[i]}});
    }
  }
  return out;
}

UnescapedQuotes ToUnescapedQuotes(const std::string& name) {
  const std::pair<const char*, UnescapedQuotes> kNames[] = {
      {"STOP_AT_CLOSING_QUOTE", UnescapedQuotes::kStopAtClosingQuote},
      {"BACK_TO_DELIMITER", UnescapedQuotes::kBackToDelimiter},
      {"STOP_AT_DELIMITER", UnescapedQuotes::kStopAtDelimiter},
      {"SKIP_VALUE", UnescapedQuotes::kSkipValue},
      {"RAISE_ERROR", UnescapedQuotes::kRaiseError},
  };
  for (const auto& [known, value] : kNames) {
    if (EqualsIgnoreCase(name, known)) return value;
  }
  throw errors::IllegalArgument(
      "No enum constant com.univocity.parsers.csv.UnescapedQuoteHandling." + name);
}

std::optional<std::string> FindEither(const Options& options, const char* name, const char* other) {
  auto value = options.Find(name);
  return value ? value : options.Find(other);
}

}  // namespace

void CheckCsvLineSeparator(const Options& options) {
  auto separator = options.Find("lineSep");
  if (!separator) return;
  if (separator->empty()) {
    throw errors::IllegalArgument("requirement failed: 'lineSep' cannot be an empty string.");
  }
  if (separator->size() > 2) {
    throw errors::IllegalArgument("requirement failed: 'lineSep' can contain only 1 character.");
  }
}

CsvDialect ReadCsvDialect(const Options& options) {
  CsvDialect dialect;
  dialect.separator = UnescapeDelimiter(FindEither(options, "sep", "delimiter").value_or(","));
  dialect.quote = CharOption(options, "quote", '"');
  dialect.escape = CharOption(options, "escape", '\\');
  dialect.escape_of_escape = dialect.quote == dialect.escape ? '\0' : dialect.escape;
  if (options.Find("charToEscapeQuoteEscaping")) {
    dialect.escape_of_escape = CharOption(options, "charToEscapeQuoteEscaping", '\0');
  }
  dialect.comment = CharOption(options, "comment", '\0');
  dialect.trim_leading = BoolOption(options, "ignoreLeadingWhiteSpace", false);
  dialect.trim_trailing = BoolOption(options, "ignoreTrailingWhiteSpace", false);
  dialect.max_columns = static_cast<size_t>(IntOption(options, "maxColumns", 20480));
  dialect.max_chars_per_column = IntOption(options, "maxCharsPerColumn", -1);
  dialect.unescaped_quotes =
      ToUnescapedQuotes(options.Find("unescapedQuoteHandling").value_or("STOP_AT_DELIMITER"));
  dialect.null_value = options.Find("nullValue").value_or("");
  dialect.empty_value = options.Find("emptyValue").value_or("");
  return dialect;
}

CsvOptions CsvOptions::Read(const plan::Options& settled) {
  Options options(settled);
  if (options.Find("singleVariantColumn")) {
    throw errors::UnsupportedFeature("the option singleVariantColumn");
  }
  CsvOptions csv;
  csv.text = ReadTextOptions(options, "CSVOptions");
  CheckCsvLineSeparator(options);
  csv.dialect = ReadCsvDialect(options);
  csv.header = BoolOption(options, "header", false);
  csv.infer_schema = BoolOption(options, "inferSchema", false);
  csv.enforce_schema = BoolOption(options, "enforceSchema", true);
  csv.prefer_date = BoolOption(options, "preferDate", true);
  csv.column_pruning = BoolOption(options, "columnPruning", true) && !csv.text.multi_line;
  csv.nan_value = options.Find("nanValue").value_or("NaN");
  csv.positive_infinity = options.Find("positiveInf").value_or("Inf");
  csv.negative_infinity = options.Find("negativeInf").value_or("-Inf");
  return csv;
}

bool IsSkippedLine(std::string_view line, const CsvDialect& dialect) {
  if (line.empty()) return true;
  if (dialect.comment != 0 && line.front() == dialect.comment) return true;
  if (static_cast<unsigned char>(line.front()) > ' ') return false;
  for (char c : line) {
    if (static_cast<unsigned char>(c) > ' ') return false;
  }
  return true;
}

}  // namespace pyrite::sources
