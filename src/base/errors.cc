#include "base/errors.h"

namespace pyrite::errors {
namespace {

std::string Join(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + item;
  return out;
}

}  // namespace

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string QuoteName(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += '.';
    out += '`';
    for (char c : part) out += c == '`' ? std::string("``") : std::string(1, c);
    out += '`';
  }
  return out;
}

SparkError Internal(const std::string& what) {
  return SparkError("INTERNAL_ERROR", {{"message", what}});
}

SparkError UnsupportedFeature(const std::string& feature) {
  return SparkError("UNSUPPORTED_FEATURE.PYRITE", {{"feature", feature}});
}

SparkError PythonException(const std::string& traceback) {
  return SparkError("PYTHON_EXCEPTION", {{"traceback", traceback}});
}

SparkError UnresolvedColumn(const std::string& name, const std::vector<std::string>& suggestions) {
  if (suggestions.empty()) {
    return SparkError("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", {{"objectName", name}});
  }
  return SparkError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                    {{"objectName", name}, {"proposal", Join(suggestions)}});
}

SparkError UnresolvedField(const std::string& name, const std::vector<std::string>& fields) {
  return SparkError("FIELD_NOT_FOUND", {{"fieldName", name}, {"fields", Join(fields)}});
}

SparkError UnresolvedRoutine(const std::string& name) {
  return SparkError("UNRESOLVED_ROUTINE", {{"routineName", name},
                                           {"searchPath",
                                            "[`system`.`builtin`, `system`.`session`, "
                                            "`spark_catalog`.`default`]"}});
}

SparkError AmbiguousReference(const std::string& name, const std::vector<std::string>& candidates) {
  return SparkError("AMBIGUOUS_REFERENCE",
                    {{"name", name}, {"referenceNames", "[" + Join(candidates) + "]"}});
}

SparkError TableNotFound(const std::string& name) {
  return SparkError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", name},
                                                {"searchPath",
                                                 "[`system`.`builtin`, `system`.`session`, "
                                                 "`spark_catalog`.`default`]"}});
}

SparkError PathNotFound(const std::string& path) {
  return SparkError("PATH_NOT_FOUND", {{"path", path}});
}

SparkError PathOptionAndPath() {
  return SparkError("_LEGACY_ERROR_TEMP_1306",
                    {{"config", "spark.sql.legacy.pathOptionBehavior.enabled"}});
}

SparkError InvalidModificationTime(const std::string& option, const std::string& text) {
  return SparkError("_LEGACY_ERROR_TEMP_1294", {{"strategy", option}, {"timeString", text}});
}

SparkError PathAlreadyExists(const std::string& path) {
  return SparkError("PATH_ALREADY_EXISTS", {{"outputPath", path}});
}

SparkError UnableToInferSchema(const std::string& format) {
  return SparkError("UNABLE_TO_INFER_SCHEMA", {{"format", format}});
}

SparkError DataSourceNotFound(const std::string& provider) {
  return SparkError("DATA_SOURCE_NOT_FOUND", {{"provider", provider}});
}

SparkError ConflictingDirectoryStructures(const std::vector<std::string>& base_paths) {
  std::string list;
  for (const std::string& path : base_paths) list += "\n\t" + path;
  return SparkError("CONFLICTING_DIRECTORY_STRUCTURES", {{"discoveredBasePaths", list + "\n"}});
}

SparkError ConflictingPartitionColumnNames(const std::string& column_lists,
                                           const std::string& suspicious_paths) {
  return SparkError("CONFLICTING_PARTITION_COLUMN_NAMES", {{"distinctPartColLists", column_lists},
                                                           {"suspiciousPaths", suspicious_paths}});
}

SparkError EmptyPartitionColumnName(const std::string& column_spec) {
  return SparkError("EMPTY_PARTITION_COLUMN_NAME", {{"columnSpec", column_spec}});
}

SparkError EmptyPartitionColumnValue(const std::string& column_spec) {
  return SparkError("EMPTY_PARTITION_COLUMN_VALUE", {{"columnSpec", column_spec}});
}

SparkError InvalidPartitionValue(const std::string& value, const std::string& column,
                                 const std::string& type) {
  return SparkError("INVALID_PARTITION_VALUE", {{"value", "'" + value + "'"},
                                                {"columnName", QuoteName({column})},
                                                {"dataType", Quoted(type)}});
}

SparkError InvalidTimeZone(const std::string& time_zone) {
  return SparkError("INVALID_TIMEZONE", {{"timeZone", time_zone}});
}

SparkError ColumnAlreadyExists(const std::string& column) {
  return SparkError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteName({column})}});
}

SparkError UnsupportedDataTypeForDataSource(const std::string& column, const std::string& type,
                                            const std::string& format) {
  return SparkError(
      "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
      {{"columnName", QuoteName({column})}, {"columnType", Quoted(type)}, {"format", format}});
}

SparkError EmptySchemaNotSupported(const std::string& format) {
  return SparkError("EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE", {{"format", format}});
}

SparkError PartitionColumnNotFound(const std::string& column, const std::string& schema) {
  return SparkError("_LEGACY_ERROR_TEMP_1155", {{"col", column}, {"schemaCatalog", schema}});
}

SparkError InvalidPartitionColumnType(const std::string& type) {
  return SparkError("INVALID_PARTITION_COLUMN_DATA_TYPE", {{"type", Quoted(type)}});
}

SparkError AllPartitionColumns() { return SparkError("ALL_PARTITION_COLUMNS_NOT_ALLOWED", {}); }

SparkError SortByWithoutBucketing() { return SparkError("SORT_BY_WITHOUT_BUCKETING", {}); }

SparkError CodecNotAvailable(const std::string& codec, const std::string& available) {
  return SparkError("CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
                    {{"codecName", codec}, {"availableCodecs", available}});
}

SparkError CannotReadFileFooter(const std::string& path) {
  return SparkError("FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", {{"path", path}});
}

SparkError FailedReadFile(const std::string& path) {
  return SparkError("FAILED_READ_FILE.NO_HINT", {{"path", path}});
}

SparkError TaskWriteFailed(const std::string& path, const std::string& reason) {
  return SparkError("TASK_WRITE_FAILED", {{"path", path}, {"reason", reason}});
}

SparkError CannotMergeSchemas(const std::string& left, const std::string& right) {
  return SparkError("CANNOT_MERGE_SCHEMAS", {{"left", Quoted(left)}, {"right", Quoted(right)}});
}

SparkError Int96NotTimestamp() {
  return SparkError("_LEGACY_ERROR_TEMP_3071",
                    {{"msg",
                      "INT96 is read as a timestamp only: spark.sql.parquet.int96AsTimestamp "
                      "must be true."}});
}

SparkError UnsupportedTimeType() { return SparkError("UNSUPPORTED_TIME_TYPE", {}); }

SparkError ParquetTypeIllegal(const std::string& parquet_type) {
  return SparkError("PARQUET_TYPE_ILLEGAL", {{"parquetType", parquet_type}});
}

SparkError ParquetTypeNotSupported(const std::string& parquet_type) {
  return SparkError("PARQUET_TYPE_NOT_SUPPORTED", {{"parquetType", parquet_type}});
}

SparkError ParquetTypeNotRecognized(const std::string& field) {
  return SparkError("PARQUET_TYPE_NOT_RECOGNIZED", {{"field", field}});
}

SparkError DecimalPrecisionExceedsMaxPrecision(int precision, int max_precision) {
  return SparkError(
      "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
      {{"precision", std::to_string(precision)}, {"maxPrecision", std::to_string(max_precision)}});
}

SparkError IllegalArgument(const std::string& message) {
  return SparkError("", "", "java.lang.IllegalArgumentException", message);
}

SparkError WrongNumArgs(const std::string& function, const std::string& expected, size_t actual) {
  return SparkError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    {{"functionName", QuoteName({function})},
                     {"expectedNum", expected},
                     {"actualNum", std::to_string(actual)},
                     {"docroot", "https://spark.apache.org/docs/latest"}});
}

SparkError UnexpectedInputType(const std::string& sql_expr, const std::string& ordinal,
                               const std::string& required, const std::string& input_sql,
                               const std::string& input_type) {
  return SparkError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", {{"sqlExpr", Quoted(sql_expr)},
                                                                {"paramIndex", ordinal},
                                                                {"requiredType", required},
                                                                {"inputSql", Quoted(input_sql)},
                                                                {"inputType", Quoted(input_type)}});
}

SparkError BinaryOpDiffTypes(const std::string& sql_expr, const std::string& left,
                             const std::string& right) {
  return SparkError(
      "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
      {{"sqlExpr", Quoted(sql_expr)}, {"left", Quoted(left)}, {"right", Quoted(right)}});
}

SparkError BinaryOpWrongType(const std::string& sql_expr, const std::string& required,
                             const std::string& actual) {
  return SparkError(
      "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
      {{"sqlExpr", Quoted(sql_expr)}, {"inputType", required}, {"actualDataType", Quoted(actual)}});
}

SparkError DataDiffTypes(const std::string& sql_expr, const std::string& function,
                         const std::string& types) {
  return SparkError(
      "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
      {{"sqlExpr", Quoted(sql_expr)}, {"functionName", function}, {"dataType", types}});
}

SparkError InvalidOrderingType(const std::string& sql_expr, const std::string& function,
                               const std::string& type) {
  return SparkError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                    {{"sqlExpr", Quoted(sql_expr)},
                     {"functionName", QuoteName({function})},
                     {"dataType", Quoted(type)}});
}

SparkError ParseSyntax(const std::string& near, const std::string& hint) {
  return SparkError("PARSE_SYNTAX_ERROR", {{"error", near}, {"hint", hint}});
}

}  // namespace pyrite::errors
