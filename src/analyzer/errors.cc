#include "analyzer/errors.h"

#include "functions/casts.h"
#include "functions/registry.h"

namespace pyrite::analyzer::errors {
namespace {

std::string Sql(const DataType& type) { return Quoted(type.ToSql()); }

}  // namespace

std::string Ordinal(size_t number) {
  static const char* const kNames[] = {"zeroth", "first",   "second", "third", "fourth", "fifth",
                                       "sixth",  "seventh", "eighth", "ninth", "tenth"};
  if (number < std::size(kNames)) return kNames[number];
  return std::to_string(number) + "th";
}

SparkError MissingAggregation(const std::string& expression) {
  return SparkError("MISSING_AGGREGATION",
                    {{"expression", Quoted(expression)},
                     {"expressionAnyValue", Quoted("any_value(" + expression + ")")}});
}

SparkError MissingGroupBy() { return SparkError("MISSING_GROUP_BY", {}); }

SparkError NestedAggregate() { return SparkError("NESTED_AGGREGATE_FUNCTION", {}); }

SparkError GroupByAggregate(const std::string& sql) {
  return SparkError("GROUP_BY_AGGREGATE", {{"sqlExpr", sql}});
}

SparkError GroupByPositionOutOfRange(int64_t index, size_t size) {
  return SparkError("GROUP_BY_POS_OUT_OF_RANGE",
                    {{"index", std::to_string(index)}, {"size", std::to_string(size)}});
}

SparkError GroupByPositionAggregate(int64_t index, const std::string& sql) {
  return SparkError("GROUP_BY_POS_AGGREGATE", {{"index", std::to_string(index)}, {"aggExpr", sql}});
}

SparkError OrderByPositionOutOfRange(int64_t index, size_t size) {
  return SparkError("ORDER_BY_POS_OUT_OF_RANGE",
                    {{"index", std::to_string(index)}, {"size", std::to_string(size)}});
}

SparkError InvalidWhereCondition(const std::string& condition, const std::string& expressions) {
  return SparkError("INVALID_WHERE_CONDITION",
                    {{"condition", Quoted(condition)}, {"expressionList", expressions}});
}

SparkError FilterNotBoolean(const std::string& condition, const DataType& type) {
  return SparkError(
      "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
      {{"sqlExpr", Quoted(condition)}, {"filter", Quoted(condition)}, {"type", Sql(type)}});
}

SparkError JoinConditionNotBoolean(const std::string& condition, const DataType& type) {
  return SparkError("JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
                    {{"joinCondition", Quoted(condition)}, {"conditionType", Sql(type)}});
}

SparkError ForbiddenCast(const std::string& sql, const DataType& from, const DataType& to,
                         plan::EvalMode mode) {
  return functions::ForbiddenCast(sql, from, to, mode);
}

SparkError InvalidExtractBase(const std::string& base, const DataType& type) {
  return SparkError("INVALID_EXTRACT_BASE_FIELD_TYPE",
                    {{"base", Quoted(base)}, {"other", Sql(type)}});
}

SparkError InvalidExtractField(const std::string& extraction) {
  return SparkError("INVALID_EXTRACT_FIELD_TYPE", {{"extraction", Quoted(extraction)}});
}

SparkError AmbiguousField(const std::string& field, size_t count) {
  return SparkError("AMBIGUOUS_REFERENCE_TO_FIELDS",
                    {{"field", QuoteName({field})}, {"count", std::to_string(count)}});
}

SparkError NumColumnsMismatch(const std::string& operation, size_t first, size_t ordinal,
                              size_t actual) {
  return SparkError("NUM_COLUMNS_MISMATCH", {{"operator", operation},
                                             {"firstNumColumns", std::to_string(first)},
                                             {"invalidOrdinalNum", Ordinal(ordinal)},
                                             {"invalidNumColumns", std::to_string(actual)}});
}

SparkError IncompatibleColumnType(const std::string& operation, size_t table, size_t column,
                                  const DataType& first, const DataType& second) {
  return SparkError("INCOMPATIBLE_COLUMN_TYPE", {{"operator", operation},
                                                 {"columnOrdinalNumber", Ordinal(column)},
                                                 {"tableOrdinalNumber", Ordinal(table)},
                                                 {"dataType1", Sql(second)},
                                                 {"dataType2", Sql(first)},
                                                 {"hint", ""}});
}

SparkError ScalarSubqueryColumns(size_t number) {
  return SparkError(
      "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
      {{"number", std::to_string(number)}});
}

SparkError InSubqueryLength(const std::string& sql, const std::string& left, size_t left_length,
                            const std::string& right, size_t right_length) {
  return SparkError("DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                    {{"sqlExpr", Quoted(sql)},
                     {"leftColumns", left},
                     {"leftLength", std::to_string(left_length)},
                     {"rightColumns", right},
                     {"rightLength", std::to_string(right_length)}});
}

SparkError WindowWithoutOver(const std::string& function) {
  return SparkError("WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE", {{"funcName", Quoted(function)}});
}

SparkError WindowNotOrdered(const std::string& name, const std::string& expression) {
  return SparkError("WINDOW_FUNCTION_FRAME_NOT_ORDERED",
                    {{"wf_name", name}, {"wf_expr", expression}});
}

SparkError WindowNotAllowed(const std::string& clause) {
  return SparkError("WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE", {{"clauseName", clause}});
}

SparkError MissingWindow(const std::string& name) {
  return SparkError("MISSING_WINDOW_SPECIFICATION",
                    {{"windowName", name}, {"docroot", "https://spark.apache.org/docs/latest"}});
}

SparkError NegativeLimit(const std::string& name, int64_t value) {
  return SparkError(
      "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
      {{"name", name}, {"expr", Quoted(std::to_string(value))}, {"v", std::to_string(value)}});
}

SparkError LimitNotInteger(const std::string& name, const std::string& expression,
                           const DataType& type) {
  return SparkError("INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE",
                    {{"name", name}, {"expr", Quoted(expression)}, {"dataType", Sql(type)}});
}

SparkError LimitNotFoldable(const std::string& name, const std::string& expression) {
  return SparkError("INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
                    {{"name", name}, {"expr", Quoted(expression)}});
}

SparkError LimitNull(const std::string& name, const std::string& expression) {
  return SparkError("INVALID_LIMIT_LIKE_EXPRESSION.IS_NULL",
                    {{"name", name}, {"expr", Quoted(expression)}});
}

SparkError UnsupportedGrouping() { return SparkError("UNSUPPORTED_GROUPING_EXPRESSION", {}); }

SparkError GroupingMismatch(const std::string& grouping, const std::string& groups) {
  return SparkError("GROUPING_COLUMN_MISMATCH",
                    {{"grouping", grouping}, {"groupingColumns", groups}});
}

SparkError GroupingIdMismatch(const std::string& columns, const std::string& groups) {
  return SparkError("GROUPING_ID_COLUMN_MISMATCH",
                    {{"groupingIdColumn", columns}, {"groupByColumns", groups}});
}

SparkError ColumnNotAmong(const std::string& name, const std::string& names) {
  return SparkError("UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
                    {{"colName", name}, {"fieldNames", names}});
}

SparkError UnresolvedUsingColumn(const std::string& column, const std::string& side,
                                 const std::string& suggestion) {
  return SparkError("UNRESOLVED_USING_COLUMN_FOR_JOIN",
                    {{"colName", QuoteName({column})}, {"side", side}, {"suggestion", suggestion}});
}

SparkError CannotResolveDataFrameColumn(const std::string& name) {
  return SparkError("CANNOT_RESOLVE_DATAFRAME_COLUMN", {{"name", name}});
}

SparkError AmbiguousColumnReference(const std::string& name) {
  return SparkError("AMBIGUOUS_COLUMN_REFERENCE", {{"name", name}});
}

SparkError UnboundParameter(const spec::Parameter& parameter) {
  std::string name = parameter.name;
  if (name.empty()) name = "_" + std::to_string(parameter.position);
  return SparkError("UNBOUND_SQL_PARAMETER", {{"name", std::move(name)}});
}

SparkError NotConstantText(const std::string& why, const std::string& sql, const DataType& type) {
  std::map<std::string, std::string> parameters = {{"expr", Quoted(sql)}, {"name", "`IDENTIFIER`"}};
  if (why == "WRONG_TYPE") parameters["dataType"] = Sql(type);
  return SparkError("NOT_A_CONSTANT_STRING." + why, std::move(parameters));
}

SparkError CountWithoutArguments() {
  return SparkError("WRONG_NUM_ARGS.WITH_SUGGESTION",
                    {{"functionName", "`count`"},
                     {"expectedNum", " >= 1"},
                     {"actualNum", "0"},
                     {"legacyNum", "0"},
                     {"legacyConfKey", Quoted("spark.sql.legacy.allowParameterlessCount")},
                     {"legacyConfValue", Quoted("true")}});
}

SparkError CountStarWithTable(const std::string& table) {
  return SparkError("INVALID_USAGE_OF_STAR_WITH_TABLE_IDENTIFIER_IN_COUNT", {{"tableName", table}});
}

SparkError AssignedTooManyAliases(size_t aliases, size_t columns) {
  return SparkError("ASSIGNMENT_ARITY_MISMATCH",
                    {{"numExpr", std::to_string(aliases)}, {"numTarget", std::to_string(columns)}});
}

SparkError ColumnAlreadyExists(const std::string& name) {
  return SparkError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteName({name})}});
}

SparkError InlineTableColumns(size_t expected, size_t actual, size_t row) {
  return SparkError("INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
                    {{"expectedNumCols", std::to_string(expected)},
                     {"actualNumCols", std::to_string(actual)},
                     {"rowIndex", std::to_string(row)}});
}

SparkError InlineTableIncompatible(const std::string& column) {
  return SparkError("INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
                    {{"colName", QuoteName({column})}});
}

SparkError StarWithoutTable(const std::string& target, const std::string& columns) {
  return SparkError("CANNOT_RESOLVE_STAR_EXPAND", {{"targetString", target}, {"columns", columns}});
}

}  // namespace pyrite::analyzer::errors
