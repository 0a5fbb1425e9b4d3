#include "sources/json/json_options.h"

#include "base/errors.h"

namespace pyrite::sources {

JsonOptions JsonOptions::Read(const plan::Options& settled) {
  Options options(settled);
  if (options.Find("singleVariantColumn")) {
    throw errors::UnsupportedFeature("the option singleVariantColumn");
  }
  JsonOptions json;
  json.text = ReadTextOptions(options, "JSONOptionsInRead");
  const std::string& separator = json.text.lines.separator;
  if (options.Find("lineSep") && separator.empty()) {
    throw errors::IllegalArgument("requirement failed: 'lineSep' cannot be an empty string.");
  }
  const std::string& charset = json.text.lines.charset;
  std::string family = ToLower(charset).substr(0, 6);
  if (!json.text.multi_line && separator.empty() && (family == "utf-16" || family == "utf-32")) {
    throw errors::IllegalArgument(
        "requirement failed: The lineSep option must be specified for the " + charset +
        " encoding");
  }
  JsonDialect& dialect = json.dialect;
  dialect.comments = options.FindBool("allowComments").value_or(false);
  dialect.unquoted_names = options.FindBool("allowUnquotedFieldNames").value_or(false);
  dialect.single_quotes = options.FindBool("allowSingleQuotes").value_or(true);
  dialect.leading_zeros = options.FindBool("allowNumericLeadingZeros").value_or(false);
  dialect.non_numeric_numbers = options.FindBool("allowNonNumericNumbers").value_or(true);
  dialect.backslash_any = options.FindBool("allowBackslashEscapingAnyCharacter").value_or(false);
  dialect.control_characters = options.FindBool("allowUnquotedControlChars").value_or(false);
  json.primitives_as_string = options.FindBool("primitivesAsString").value_or(false);
  json.prefers_decimal = options.FindBool("prefersDecimal").value_or(false);
  json.drop_field_if_all_null = options.FindBool("dropFieldIfAllNull").value_or(false);
  json.infer_timestamp = options.FindBool("inferTimestamp").value_or(false);
  return json;
}

}  // namespace pyrite::sources
