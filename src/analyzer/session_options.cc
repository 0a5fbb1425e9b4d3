#include "analyzer/session_options.h"

namespace pyrite::analyzer {

sql::ParserOptions ParserOptionsOf(const Analysis& analysis) {
  const Configuration& configuration = *analysis.context.configuration;
  sql::ParserOptions options;
  options.ansi = analysis.call.ansi;
  options.time_zone = analysis.call.time_zone;
  options.double_quoted_identifiers =
      configuration.Find("spark.sql.ansi.doubleQuotedIdentifiers") == "true";
  options.enforce_reserved_keywords =
      configuration.Find("spark.sql.ansi.enforceReservedKeywords") == "true";
  options.escaped_string_literals =
      configuration.Find("spark.sql.parser.escapedStringLiterals") == "true";
  options.timestamp_ntz = configuration.Find("spark.sql.timestampType") == "TIMESTAMP_NTZ";
  return options;
}

}  // namespace pyrite::analyzer
