// Spark's error conditions that Pyrite raises: names, SQLSTATEs and parameters are Spark's.

#include "base/error.h"

namespace pyrite {
namespace {

constexpr char kAnalysis[] = "org.apache.spark.sql.AnalysisException";
constexpr char kParse[] = "org.apache.spark.sql.catalyst.parser.ParseException";
constexpr char kArithmetic[] = "org.apache.spark.SparkArithmeticException";
constexpr char kNumberFormat[] = "org.apache.spark.SparkNumberFormatException";
constexpr char kDateTime[] = "org.apache.spark.SparkDateTimeException";
constexpr char kIllegalArgument[] = "org.apache.spark.SparkIllegalArgumentException";
constexpr char kArrayIndex[] = "org.apache.spark.SparkArrayIndexOutOfBoundsException";
constexpr char kRuntime[] = "org.apache.spark.SparkRuntimeException";
constexpr char kUnsupported[] = "org.apache.spark.SparkUnsupportedOperationException";
constexpr char kClassNotFound[] = "org.apache.spark.SparkClassNotFoundException";
constexpr char kSpark[] = "org.apache.spark.SparkException";

constexpr char kSqlException[] = "org.apache.spark.SparkSQLException";
constexpr char kNoSuchElement[] = "org.apache.spark.SparkNoSuchElementException";
constexpr char kInvalidPlan[] = "org.apache.spark.sql.connect.common.InvalidPlanInput";

constexpr Condition kConditions[] = {
    {"INTERNAL_ERROR", "XX000", kSpark, "<message> This is a bug in Pyrite, please report it."},
    {"UNSUPPORTED_FEATURE.PYRITE", "0A000", kUnsupported, "Pyrite does not support <feature> yet."},
    // ---- sessions, operations and configuration
    {"INVALID_HANDLE.FORMAT", "HY000", kSqlException,
     "The handle <handle> is invalid: it must be a UUID as "
     "'00112233-4455-6677-8899-aabbccddeeff'."},
    {"INVALID_HANDLE.SESSION_NOT_FOUND", "HY000", kSqlException,
     "The handle <handle> is invalid. Session not found."},
    {"INVALID_HANDLE.SESSION_CLOSED", "HY000", kSqlException,
     "The handle <handle> is invalid. Session was closed."},
    {"INVALID_HANDLE.SESSION_CHANGED", "HY000", kSqlException,
     "The handle <handle> is invalid. The server has restarted: please reconnect."},
    {"INVALID_HANDLE.OPERATION_NOT_FOUND", "HY000", kSqlException,
     "The handle <handle> is invalid. Operation not found."},
    {"INVALID_HANDLE.OPERATION_ABANDONED", "HY000", kSqlException,
     "The handle <handle> is invalid. The operation was released or left alone for too long."},
    {"INVALID_HANDLE.OPERATION_ALREADY_EXISTS", "HY000", kSqlException,
     "The handle <handle> is invalid. Operation already exists."},
    {"INVALID_CURSOR.NOT_REATTACHABLE", "HY109", kSqlException,
     "The cursor is invalid. The operation was not started as reattachable."},
    {"INVALID_CURSOR.POSITION_NOT_FOUND", "HY109", kSqlException,
     "The cursor is invalid. There is no response <responseId>."},
    {"INVALID_CURSOR.POSITION_NOT_AVAILABLE", "HY109", kSqlException,
     "The cursor is invalid. What follows response <responseId> is no longer held."},
    {"INVALID_CURSOR.DISCONNECTED", "HY109", kSqlException,
     "The cursor is invalid. Another request took over reading the operation."},
    {"OPERATION_CANCELED", "HY008", kSqlException, "Operation has been canceled."},
    {"SQL_CONF_NOT_FOUND", "42K0I", kNoSuchElement,
     "There is no configuration <sqlConf>. Check its spelling."},
    {"CANNOT_MODIFY_CONFIG", "46110", kAnalysis,
     "The configuration <key> is of the whole process: a session cannot change it."},
    {"CANNOT_MODIFY_STATIC_CONFIG", "46110", kAnalysis,
     "The configuration <key> is static: set it before the server starts."},
    {"INVALID_CONF_VALUE.TYPE_MISMATCH", "22022", kIllegalArgument,
     "'<confValue>' is not a value for \"<confName>\": it takes a '<confType>'."},
    {"INVALID_CONF_VALUE.REQUIREMENT", "22022", kIllegalArgument,
     "'<confValue>' is not a value for \"<confName>\". <confRequirement>."},
    {"INVALID_CONF_VALUE.OUT_OF_RANGE_OF_OPTIONS", "22022", kIllegalArgument,
     "'<confValue>' is not a value for \"<confName>\": it takes one of '<confOptions>'."},
    {"INVALID_CONF_VALUE.TIME_ZONE", "22022", kIllegalArgument,
     "'<confValue>' is not a value for \"<confName>\": no time zone is named so."},
    {"TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", "42P07", kAnalysis,
     "The temporary view <relationName> exists already. Choose another name, or replace or drop "
     "it."},
    {"SERVER_CANNOT_LISTEN.PYRITE", "08000", kSpark,
     "The address <address> is taken, or not this machine's. Choose another with --port."},
    {"INVALID_JSON_DATA_TYPE", "2203G", kIllegalArgument,
     "The JSON of a data type is malformed: <invalidType>."},
    {"INVALID_CLONE_SESSION_REQUEST.TARGET_SESSION_ID_ALREADY_EXISTS", "42K0I", kSqlException,
     "The session <targetSessionId> exists already."},
    {"CONNECT_INVALID_PLAN.CANNOT_PARSE", "56K00", kInvalidPlan,
     "The bytes of the client's plan cannot be read."},
    {"CONNECT_INVALID_PLAN.PYRITE", "56K00", kInvalidPlan, "The client's plan is malformed. <message>"},
    {"FAILED_TO_PARSE_TOO_COMPLEX", "54001", kParse,
     "The query is nested too deeply. Write its steps to files or views in between."},
    {"PARSE_SYNTAX_ERROR", "42601", kParse, "Syntax error at or near <error><hint>."},
    {"UNCLOSED_BRACKETED_COMMENT", "42601", kParse, "A bracketed comment has no closing */."},
    {"PARSE_EMPTY_STATEMENT", "42617", kParse, "Syntax error: the statement is empty."},
    {"FAILED_TO_PARSE_TOO_COMPLEX", "54001", kParse,
     "The statement is nested too deeply. Divide it into simpler ones, or use views or temporary "
     "tables for its parts."},
    {"INVALID_IDENTIFIER", "42602", kParse,
     "The identifier <ident> has characters beyond letters, digits and underscores: quote it, "
     "`<ident>`."},
    {"INVALID_STATEMENT_OR_CLAUSE", "42601", kParse,
     "The statement or clause <operation> is not valid."},
    {"INVALID_NUMERIC_LITERAL_RANGE", "22003", kParse,
     "The literal <rawStrippedQualifier> is outside the range of <typeName>, <minValue> to "
     "<maxValue>."},
    {"DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003", kArithmetic,
     "A decimal of precision <precision> exceeds the largest, <maxPrecision>."},
    {"INVALID_TYPED_LITERAL", "42604", kParse, "<value> is not a valid <valueType> literal."},
    {"UNSUPPORTED_TYPED_LITERAL", "0A000", kParse,
     "There are no <unsupportedType> literals, only those of <supportedTypes>."},
    {"_LEGACY_ERROR_TEMP_0028", "", kParse, "There is no type INTERVAL <intervalInput>."},
    {"_LEGACY_ERROR_TEMP_0029", "", kParse,
     "An interval cannot mix year-month and day-time fields: <literal>."},
    {"_LEGACY_ERROR_TEMP_0064", "", kParse, "<msg>"},
    {"INVALID_INTERVAL_FORMAT.INPUT_IS_EMPTY", "22006", kParse, "The interval is empty."},
    {"INVALID_INTERVAL_FORMAT.INVALID_PREFIX", "22006", kParse,
     "'<input>' is not an interval: invalid prefix '<prefix>'."},
    {"INVALID_INTERVAL_FORMAT.UNRECOGNIZED_NUMBER", "22006", kParse,
     "'<input>' is not an interval: '<number>' is not a number."},
    {"INVALID_INTERVAL_FORMAT.INVALID_PRECISION", "22006", kParse,
     "'<input>' is not an interval: '<value>' has more than 9 digits behind its point."},
    {"INVALID_INTERVAL_FORMAT.INVALID_VALUE", "22006", kParse,
     "'<input>' is not an interval: invalid value '<value>'."},
    {"INVALID_INTERVAL_FORMAT.INVALID_FRACTION", "22006", kParse,
     "'<input>' is not an interval: '<unit>' takes no fraction."},
    {"INVALID_INTERVAL_FORMAT.INVALID_UNIT", "22006", kParse,
     "'<input>' is not an interval: invalid unit '<unit>'."},
    {"INVALID_INTERVAL_FORMAT.MISSING_NUMBER", "22006", kParse,
     "'<input>' is not an interval: no number behind '<word>'."},
    {"INVALID_INTERVAL_FORMAT.MISSING_UNIT", "22006", kParse,
     "'<input>' is not an interval: no unit behind '<word>'."},
    {"INVALID_INTERVAL_FORMAT.ARITHMETIC_EXCEPTION", "22006", kParse,
     "The interval '<input>' overflows."},
    {"INVALID_INTERVAL_FORMAT.INTERVAL_PARSING", "22006", kParse,
     "'<input>' is not a <interval> interval."},
    {"INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION", "22006", kParse,
     "There are no intervals <from> to <to>."},
    {"UNSUPPORTED_DATATYPE", "0A000", kParse, "There is no data type <typeName>."},
    {"INCOMPLETE_TYPE_DEFINITION.ARRAY", "42K01", kParse,
     "ARRAY needs the type of its elements, as ARRAY<INT>."},
    {"INCOMPLETE_TYPE_DEFINITION.MAP", "42K01", kParse,
     "MAP needs the types of its keys and values, as MAP<INT, INT>."},
    {"INCOMPLETE_TYPE_DEFINITION.STRUCT", "42K01", kParse,
     "STRUCT needs its fields, as STRUCT<name: STRING>."},
    {"DATATYPE_MISSING_SIZE", "42K01", kParse, "<type> needs a length, as <type>(10)."},
    {"DECIMAL_SCALE_GREATER_THAN_PRECISION", "42613", kParse,
     "A decimal's scale, <scale>, cannot exceed its precision, <precision>."},
    {"UNSUPPORTED_TIME_PRECISION", "0A001", kParse,
     "TIME(<precision>) is not supported: the precision is 0 to 6."},
    {"DUPLICATED_CTE_NAMES", "42602", kParse, "WITH defines <duplicateNames> more than once."},
    {"DUPLICATE_CLAUSES", "42614", kParse, "<clauseName> is there more than once."},
    {"INVALID_ESC", "42604", kParse, "The escape <invalidEscape> is not one character."},
    {"INVALID_SQL_SYNTAX.LIKE_ANY_ALL", "42000", kParse, "LIKE ANY and LIKE ALL need a pattern."},
    {"UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES", "0A000", kParse,
     "ORDER BY, SORT BY, CLUSTER BY and DISTRIBUTE BY cannot be combined."},
    {"UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703", kAnalysis,
     "No column, variable or function parameter is named <objectName>. Did you mean one of "
     "[<proposal>]?"},
    {"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703", kAnalysis,
     "No column, variable or function parameter is named <objectName>."},
    {"FIELD_NOT_FOUND", "42704", kAnalysis, "No struct field <fieldName> in <fields>."},
    {"UNRESOLVED_ROUTINE", "42883", kAnalysis,
     "No function is named <routineName>; looked in <searchPath>."},
    {"AMBIGUOUS_REFERENCE", "42704", kAnalysis,
     "The name <name> could mean any of <referenceNames>."},
    {"TABLE_OR_VIEW_NOT_FOUND", "42P01", kAnalysis,
     "There is no table or view <relationName>. Check its spelling, and the current schema and "
     "catalog; IF EXISTS tolerates a missing one on DROP."},
    {"PATH_NOT_FOUND", "42K03", kAnalysis, "The path does not exist: <path>."},
    {"PATH_ALREADY_EXISTS", "42K04", kAnalysis,
     "The path <outputPath> already exists. The mode \"overwrite\" replaces it."},
    {"UNABLE_TO_INFER_SCHEMA", "42KD9", kAnalysis,
     "No schema can be inferred for <format>: there is no data file. Give the schema explicitly."},
    {"DATA_SOURCE_NOT_FOUND", "42K02", kClassNotFound,
     "There is no data source <provider>. Check the name."},
    {"CONFLICTING_DIRECTORY_STRUCTURES", "KD009", kRuntime,
     "The paths do not belong to one table:<discoveredBasePaths>"
     "If they are partition folders, name the table's folder by the option \"basePath\"; if they "
     "are several tables, read each and take the union."},
    {"CONFLICTING_PARTITION_COLUMN_NAMES", "KD009", kRuntime,
     "The folders name different partition columns:\n<distinctPartColLists>\nData files belong in "
     "the innermost folders only, and folders of one level must name the same column. Look at:\n"
     "<suspiciousPaths>"},
    {"EMPTY_PARTITION_COLUMN_NAME", "KD009", kRuntime,
     "The folder <columnSpec> names no partition column in front of the =."},
    {"EMPTY_PARTITION_COLUMN_VALUE", "KD009", kRuntime,
     "The folder <columnSpec> has no partition value behind the =."},
    {"INVALID_PARTITION_VALUE", "42846", kRuntime,
     "The partition value <value> of the column <columnName> is no <dataType>."},
    {"_LEGACY_ERROR_TEMP_1306", "", kAnalysis,
     "The path is given twice, as an option and as a parameter of load(). Leave one out, or set "
     "<config> to true."},
    {"_LEGACY_ERROR_TEMP_1294", "", kAnalysis,
     "The option <strategy> is no time of the form YYYY-MM-DDTHH:mm:ss: <timeString>."},
    {"_LEGACY_ERROR_TEMP_3071", "", kAnalysis, "<msg>"},
    {"UNSUPPORTED_TIME_TYPE", "0A000", kAnalysis, "The type TIME is switched off."},
    {"INVALID_TIMEZONE", "22009", kDateTime,
     "<timeZone> is no time zone: neither a region such as Europe/Paris nor an offset such as "
     "+02:00."},
    {"COLUMN_ALREADY_EXISTS", "42711", kAnalysis, "The column <columnName> exists already."},
    {"FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", "KD001", kSpark,
     "Cannot read the file <path>: its footer is not that of a Parquet or ORC file. The file may be "
     "corrupt or of another format."},
    {"FAILED_READ_FILE.NO_HINT", "KD001", kSpark, "Cannot read the file <path>."},
    {"TASK_WRITE_FAILED", "58030", kSpark, "Cannot write <path>: <reason>."},
    {"CANNOT_MERGE_SCHEMAS", "42KD9", kSpark,
     "The schemas of the files cannot be merged:\n<left>\nand\n<right>."},
    {"DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003", kArithmetic,
     "The decimal precision <precision> is above the largest, <maxPrecision>."},
    {"PARQUET_TYPE_ILLEGAL", "42846", kAnalysis, "Illegal Parquet type: <parquetType>."},
    {"PARQUET_TYPE_NOT_SUPPORTED", "42846", kAnalysis,
     "The Parquet type <parquetType> is not supported."},
    {"PARQUET_TYPE_NOT_RECOGNIZED", "42846", kAnalysis, "Unknown Parquet type: <field>."},
    {"WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "42605", kAnalysis,
     "<functionName> takes <expectedNum> arguments, not <actualNum>."},
    {"DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "42K09", kAnalysis,
     "Cannot resolve <sqlExpr>: the <paramIndex> parameter must be <requiredType>, but <inputSql> "
     "is <inputType>."},
    {"DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", "42K09", kAnalysis,
     "Cannot resolve <sqlExpr>: its two sides have different types, <left> and <right>."},
    {"DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE", "42K09", kAnalysis,
     "Cannot resolve <sqlExpr>: it needs <inputType>, not <actualDataType>."},
    {"DATATYPE_MISMATCH.DATA_DIFF_TYPES", "42K09", kAnalysis,
     "Cannot resolve <sqlExpr>: the arguments of <functionName> need one type, but are "
     "<dataType>."},
    {"DATATYPE_MISMATCH.INVALID_ORDERING_TYPE", "42K09", kAnalysis,
     "Cannot resolve <sqlExpr>: <functionName> does not order values of type <dataType>."},
    {"DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", "42K09", kAnalysis,
     "Cannot resolve <sqlExpr>: <srcType> cannot be cast to <targetType>."},
    {"DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", "42K09", kAnalysis,
     "Cannot resolve <sqlExpr>: the condition <filter> is <type>, not a boolean."},
    {"DIVIDE_BY_ZERO", "22012", kArithmetic,
     "Division by zero. try_divide gives NULL instead; or set <config> to false."},
    {"REMAINDER_BY_ZERO", "22012", kArithmetic,
     "Remainder by zero. try_mod gives NULL instead; or set <config> to false."},
    {"ARITHMETIC_OVERFLOW", "22003", kArithmetic,
     "<message>.<alternative> Setting <config> to false turns the check off."},
    {"BINARY_ARITHMETIC_OVERFLOW", "22003", kArithmetic,
     "<value1> <symbol> <value2> overflows; <functionName> tolerates it."},
    {"NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", "22003", kArithmetic,
     "<value> does not fit Decimal(<precision>, <scale>). Setting <config> to false gives NULL "
     "instead."},
    {"NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION", "22003", kArithmetic,
     "The <roundedValue> rounded half up from <originalValue> does not fit "
     "Decimal(<precision>, <scale>)."},
    {"NUMERIC_OUT_OF_SUPPORTED_RANGE", "22003", kArithmetic,
     "<value> has more than 38 digits before the point."},
    {"CAST_OVERFLOW", "22003", kArithmetic,
     "<value> of type <sourceType> does not fit <targetType>. try_cast gives NULL instead; or set "
     "<ansiConfig> to false."},
    {"CAST_INVALID_INPUT", "22018", kNumberFormat,
     "<expression> of type <sourceType> cannot be cast to <targetType>: it is malformed. "
     "try_cast gives NULL instead."},
    {"INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING", "22006", kIllegalArgument,
     "<input> is no <typeName>: a <intervalStr> interval is written <supportedFormat>."},
    {"INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE", "22006", kIllegalArgument,
     "<input> is no <typeName>: a <intervalStr> interval is written <supportedFormat>. "
     "spark.sql.legacy.fromDayTimeString.enabled does not help."},
    {"CANNOT_PARSE_TIMESTAMP", "22007", kDateTime, "<message>. <func> gives NULL instead."},
    {"INVALID_ARRAY_INDEX", "22003", kArrayIndex,
     "The index <indexValue> is out of bounds: the array has <arraySize> elements. get() gives "
     "NULL instead."},
    {"INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "22003", kArrayIndex,
     "The index <indexValue> is out of bounds: the array has <arraySize> elements. "
     "try_element_at gives NULL instead."},
    {"INVALID_INDEX_OF_ZERO", "22003", kRuntime, "The index 0 is invalid: counting starts at 1."},
    {"SCALAR_SUBQUERY_TOO_MANY_ROWS", "21000", kSpark,
     "A subquery used as an expression returned more than one row."},
    {"DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", "22023", kDateTime,
     "<rangeMessage>. Setting <ansiConfig> to false gives NULL instead."},
    {"INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX", "22023", kRuntime,
     "<functionName>: the group index must be from 0 to <groupCount>, not <groupIndex>."},
    {"INVALID_PARAMETER_VALUE.PATTERN", "22023", kRuntime,
     "<functionName>: <value> is not a valid pattern for <parameter>."},
    {"OPERATION_CANCELED", "HY008", "org.apache.spark.SparkSQLException",
     "The operation was cancelled."},
    {"UNABLE_TO_ACQUIRE_MEMORY", "53200", kSpark,
     "The query needs more memory than the engine may use. Raise the limit (--memory-limit) or let "
     "fewer queries run at once. <details>"},
    {"FAILED_READ_FILE.NO_HINT", "KD001", kSpark, "Could not read the file <path>: <reason>"},
    {"UNSUPPORTED_ARROWTYPE", "0A000", kUnsupported, "Spark has no type for Arrow's <typeName>."},
    {"ILLEGAL_ARGUMENT", "22023", kIllegalArgument, "<message>"},
};

}  // namespace

const Condition* FindCondition(const std::string& name) {
  for (const Condition& row : kConditions) {
    if (name == row.name) return &row;
  }
  return nullptr;
}

}  // namespace pyrite
