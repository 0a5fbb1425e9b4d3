#include "sql/parse_errors.h"

#include "base/errors.h"
#include "base/value.h"

namespace pyrite::errors {

SparkError UnclosedBracketedComment() { return SparkError("UNCLOSED_BRACKETED_COMMENT", {}); }
SparkError EmptyStatement() { return SparkError("PARSE_EMPTY_STATEMENT", {}); }
SparkError TooComplexToParse() { return SparkError("FAILED_TO_PARSE_TOO_COMPLEX", {}); }

SparkError InvalidIdentifier(const std::string& identifier) {
  return SparkError("INVALID_IDENTIFIER", {{"ident", identifier}});
}

SparkError InvalidStatement(const std::string& statement) {
  return SparkError("INVALID_STATEMENT_OR_CLAUSE", {{"operation", statement}});
}

SparkError NumericLiteralOutOfRange(const std::string& literal, const std::string& minimum,
                                    const std::string& maximum, const std::string& type) {
  return SparkError("INVALID_NUMERIC_LITERAL_RANGE", {{"rawStrippedQualifier", literal},
                                                      {"minValue", minimum},
                                                      {"maxValue", maximum},
                                                      {"typeName", type}});
}

SparkError DecimalPrecisionTooLarge(int precision, int maximum) {
  return SparkError(
      "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
      {{"precision", std::to_string(precision)}, {"maxPrecision", std::to_string(maximum)}});
}

SparkError InvalidTypedLiteral(const std::string& type, const std::string& value) {
  return SparkError("INVALID_TYPED_LITERAL",
                    {{"valueType", Quoted(type)}, {"value", "'" + value + "'"}});
}

SparkError UnsupportedTypedLiteral(const std::string& type) {
  return SparkError("UNSUPPORTED_TYPED_LITERAL",
                    {{"unsupportedType", Quoted(type)},
                     {"supportedTypes",
                      "\"DATE\", \"TIMESTAMP_NTZ\", \"TIMESTAMP_LTZ\", "
                      "\"TIMESTAMP\", \"INTERVAL\", \"X\", \"TIME\""}});
}

SparkError MixedIntervalUnits(const std::string& literal) {
  return SparkError("_LEGACY_ERROR_TEMP_0029", {{"literal", literal}});
}

SparkError UnsupportedDataType(const std::string& type) {
  return SparkError("UNSUPPORTED_DATATYPE", {{"typeName", Quoted(type)}});
}

SparkError IncompleteComplexType(const std::string& type) {
  return SparkError("INCOMPLETE_TYPE_DEFINITION." + type, {});
}

SparkError CharOrVarcharWithoutLength(const std::string& type) {
  return SparkError("DATATYPE_MISSING_SIZE", {{"type", Quoted(type)}});
}

SparkError DecimalScaleTooLarge(int scale, int precision) {
  return SparkError("_LEGACY_ERROR_TEMP_1228",
                    {{"scale", std::to_string(scale)}, {"precision", std::to_string(precision)}});
}

SparkError UnsupportedTimePrecision(int precision) {
  return SparkError("UNSUPPORTED_TIME_PRECISION", {{"precision", std::to_string(precision)}});
}

SparkError UnsupportedIntervalType(const std::string& start, const std::string& end) {
  return SparkError("INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION",
                    {{"input", ""}, {"from", start}, {"to", end}});
}

SparkError DuplicatedCteNames(const std::string& names) {
  return SparkError("DUPLICATED_CTE_NAMES", {{"duplicateNames", names}});
}

SparkError DuplicateClause(const std::string& clause) {
  return SparkError("DUPLICATE_CLAUSES", {{"clauseName", clause}});
}

SparkError InvalidEscape(const std::string& escape) {
  return SparkError("INVALID_ESC", {{"invalidEscape", "'" + escape + "'"}});
}

SparkError EmptyLikeList() {
  return SparkError("_LEGACY_ERROR_TEMP_0064",
                    {{"msg", "Expected something between '(' and ')'."}});
}

SparkError EmptyInList() {
  return SparkError("INVALID_SQL_SYNTAX.EMPTY_IN_PREDICATE",
                    {{"alternative",
                      "Consider using 'WHERE FALSE' if you need an always-false "
                      "condition, or provide at least one value in the IN list."}});
}

SparkError InvalidDatetimeUnit(const std::string& function, const std::string& unit) {
  return SparkError("INVALID_PARAMETER_VALUE.DATETIME_UNIT",
                    {{"functionName", QuoteName({function})},
                     {"parameter", QuoteName({"unit"})},
                     {"invalidValue", "'" + unit + "'"}});
}

SparkError InvalidLateralJoin(const std::string& type) {
  return SparkError("INVALID_LATERAL_JOIN_TYPE", {{"joinType", type}});
}

SparkError RepeatedWindow(const std::string& name) {
  return SparkError("INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION",
                    {{"windowName", QuoteName({name})}});
}

SparkError IncompatibleJoinTypes(const std::string& one, const std::string& other) {
  return SparkError("INCOMPATIBLE_JOIN_TYPES", {{"joinType1", one}, {"joinType2", other}});
}

SparkError QualifiedCacheName() { return SparkError("_LEGACY_ERROR_TEMP_0037", {}); }

SparkError TemporaryViewIfNotExists() { return SparkError("_LEGACY_ERROR_TEMP_0053", {}); }

SparkError ReplaceIfNotExists() {
  return SparkError("CREATE_VIEW_WITH_IF_NOT_EXISTS_AND_REPLACE", {});
}

SparkError TemporaryViewProperties() {
  return OperationNotAllowed("TBLPROPERTIES can't coexist with CREATE TEMPORARY VIEW");
}

SparkError InvalidTimeZoneClause() { return SparkError("_LEGACY_ERROR_TEMP_0045", {}); }
SparkError InvalidTimeZoneInterval() {
  return SparkError("INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE", {{"input", ""}});
}
SparkError OperationNotAllowed(const std::string& what) {
  return SparkError("_LEGACY_ERROR_TEMP_0035", {{"message", what}});
}
SparkError UnsupportedPipeGrouping(const std::string& what) {
  return SparkError("UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE",
                    {{"case", what}});
}
SparkError SystemSample() {
  return SparkError("UNSUPPORTED_FEATURE.TABLESAMPLE_SYSTEM_NO_SCAN", {});
}
SparkError UnsupportedSample(const std::string& what) {
  return SparkError("_LEGACY_ERROR_TEMP_0015", {{"msg", what}});
}
SparkError SampleWithoutUnit() { return SparkError("_LEGACY_ERROR_TEMP_0016", {}); }
SparkError InvalidSet() { return SparkError("INVALID_SET_SYNTAX", {}); }
SparkError InvalidReset() { return SparkError("INVALID_RESET_COMMAND_FORMAT", {}); }
SparkError MultiPartCatalog(const std::string& name) {
  return SparkError("INVALID_SQL_SYNTAX.MULTI_PART_NAME",
                    {{"statement", "SET CATALOG"}, {"name", QuoteName({name})}});
}
SparkError VariableWithoutType() {
  return SparkError("INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED", {});
}

SparkError InvalidFunctionScope(const std::string& scope) {
  return SparkError("INVALID_SQL_SYNTAX.SHOW_FUNCTIONS_INVALID_SCOPE",
                    {{"scope", QuoteName({scope})}});
}

SparkError InvalidSampleFraction(double fraction) {
  return SparkError(
      "_LEGACY_ERROR_TEMP_0064",
      {{"msg", "Sampling fraction (" + DoubleToString(fraction) + ") must be on interval [0, 1]"}});
}

SparkError TableArgumentWithoutParentheses(const std::string& argument) {
  return SparkError(
      "INVALID_SQL_SYNTAX.INVALID_TABLE_FUNCTION_IDENTIFIER_ARGUMENT_MISSING_PARENTHESES",
      {{"argumentName", QuoteName({argument})}});
}

SparkError TableArgumentWithSeveral(const std::string& clause) {
  return SparkError("_LEGACY_ERROR_TEMP_0064",
                    {{"msg", "Several expressions of " + clause + " need parentheses."}});
}

SparkError CombinedQueryClauses() {
  return SparkError("UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES", {});
}

}  // namespace pyrite::errors
