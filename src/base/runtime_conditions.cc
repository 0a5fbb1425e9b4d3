#include "base/condition_tables.h"

namespace pyrite {
namespace {

constexpr char kRuntime[] = "org.apache.spark.SparkRuntimeException";
constexpr char kArithmetic[] = "org.apache.spark.SparkArithmeticException";
constexpr char kNumberFormat[] = "org.apache.spark.SparkNumberFormatException";
constexpr char kDateTime[] = "org.apache.spark.SparkDateTimeException";
constexpr char kArrayIndex[] = "org.apache.spark.SparkArrayIndexOutOfBoundsException";
constexpr char kUpgrade[] = "org.apache.spark.SparkUpgradeException";

constexpr Condition kConditions[] = {
    {"INVALID_ARTIFACT_PATH", "22023", kRuntime,
     "The artifact's name <name> is no relative path, or leaves its folder."},
    {"ARTIFACT_ALREADY_EXISTS", "42713", kRuntime,
     "The artifact <normalizedRemoteRelativePath> exists with other contents. Choose another "
     "name."},
    {"DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003", kArithmetic,
     "A decimal of precision <precision> exceeds the largest, <maxPrecision>."},
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
    {"INVALID_TIMEZONE", "22009", kDateTime,
     "<timeZone> is no time zone: neither a region such as Europe/Paris nor an offset such as "
     "+02:00."},
    {"OPTION_VALUE_EXCEEDS_ONE_CHARACTER", "22023", kRuntime,
     "The option <paramName> takes one character, not '<actualValue>'."},
    {"_LEGACY_ERROR_TEMP_2146", "", kRuntime,
     "The option <paramName> takes a whole number, not '<value>'."},
    {"SKETCH_INVALID_LG_NOM_ENTRIES", "22003", kRuntime,
     "<function>: lgNomEntries has to lie between <min> and <max>, but is <value>."},
    {"THETA_INVALID_INPUT_SKETCH_BUFFER", "22000", kRuntime,
     "<function> takes theta sketches, such as theta_sketch_agg makes."},
    {"TUPLE_INVALID_INPUT_SKETCH_BUFFER", "22000", kRuntime,
     "<function> takes tuple sketches, such as tuple_sketch_agg_double or _integer makes."},
    {"TUPLE_INVALID_SKETCH_MODE", "22023", kRuntime,
     "<function>: there is no mode '<mode>'. The modes are <validModes>."},
    {"HLL_INVALID_INPUT_SKETCH_BUFFER", "22546", kRuntime,
     "<function> takes HyperLogLog sketches, such as hll_sketch_agg makes."},
    {"HLL_INVALID_LG_K", "22546", kRuntime,
     "<function>: lgConfigK has to lie between <min> and <max>, but is <value>."},
    {"HLL_UNION_DIFFERENT_LG_K", "22000", kRuntime,
     "<function>: the sketches have different numbers of registers, 2^<left> and 2^<right>. Set "
     "allowDifferentLgConfigK to join them all the same."},
    {"KLL_INVALID_INPUT_SKETCH_BUFFER", "22000", kRuntime,
     "<function> takes KLL sketches, such as kll_sketch_agg_double makes."},
    {"KLL_SKETCH_INVALID_QUANTILE_RANGE", "22003", kRuntime,
     "<functionName>: the rank has to lie between 0.0 and 1.0."},
    {"KLL_SKETCH_K_OUT_OF_RANGE", "22003", kRuntime,
     "<functionName>: k has to lie between 8 and 65535, but is <k>."},
    {"INVALID_VARIANT_CAST", "22023", kRuntime,
     "The variant value `<value>` cannot be cast to `<dataType>`. Use `try_variant_get` instead."},
    {"INVALID_VARIANT_GET_PATH", "22023", kRuntime,
     "`<path>` is no path into a variant in `<functionName>`. Paths start with $, and go on with "
     "[123], .name, ['name'] or [\"name\"]."},
    {"MALFORMED_VARIANT", "22023", kRuntime, "The bytes of the variant are malformed."},
    {"VARIANT_DUPLICATE_KEY", "22023", kRuntime, "The object has the key `<key>` more than once."},
    {"VARIANT_SIZE_LIMIT", "22023", kRuntime,
     "<functionName> would make a variant of more than <sizeLimit>."},
    {"DUPLICATED_MAP_KEY", "23505", kRuntime,
     "The key <key> stands twice in a map. With <mapKeyDedupPolicy> set to LAST_WIN the last "
     "value is kept."},
    {"NULL_MAP_KEY", "2200E", kRuntime, "A key of a map is NULL."},
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
    {"CANNOT_PARSE_TIMESTAMP", "22007", kDateTime, "<message>. <func> gives NULL instead."},
    {"INVALID_ARRAY_INDEX", "22003", kArrayIndex,
     "The index <indexValue> is out of bounds: the array has <arraySize> elements. get() gives "
     "NULL instead."},
    {"INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "22003", kArrayIndex,
     "The index <indexValue> is out of bounds: the array has <arraySize> elements. "
     "try_element_at gives NULL instead."},
    {"INVALID_INDEX_OF_ZERO", "22003", kRuntime, "The index 0 is invalid: counting starts at 1."},
    {"ILLEGAL_DAY_OF_WEEK", "22009", kRuntime, "No weekday is named <string>."},
    {"DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", "22023", kDateTime,
     "<rangeMessage>. Setting <ansiConfig> to false gives NULL instead."},
    {"INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE", "22023", kRuntime,
     "The parameter <parameter> of <functionName> must be from 0 to below <upper>, not "
     "<invalidValue>."},
    {"INVALID_PARAMETER_VALUE.START", "22023", kRuntime,
     "The parameter <parameter> of <functionName> is 0: places count from 1, or from -1 at the "
     "end."},
    {"INVALID_PARAMETER_VALUE.LENGTH", "22023", kRuntime,
     "The parameter <parameter> of <functionName> is negative: <length>."},
    {"_LEGACY_ERROR_TEMP_2128", "", kRuntime,
     "The arrays of a map's keys and values differ in length."},
    {"INVALID_PARAMETER_VALUE.AES_KEY_LENGTH", "22023", kRuntime,
     "The <parameter> of <functionName> has 16, 24 or 32 bytes, not <actualLength>."},
    {"INVALID_PARAMETER_VALUE.AES_IV_LENGTH", "22023", kRuntime,
     "The <parameter> of <functionName> has 16 bytes in mode CBC and 12 in GCM, not "
     "<actualLength> in <mode>."},
    {"INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR", "22023", kRuntime,
     "<functionName> cannot use <parameter>: <detailMessage>"},
    {"UNSUPPORTED_FEATURE.AES_MODE", "0A000", kRuntime,
     "<functionName> has no mode <mode> with the padding <padding>."},
    {"UNSUPPORTED_FEATURE.AES_MODE_IV", "0A000", kRuntime,
     "<functionName> takes no initialization vector in the mode <mode>."},
    {"UNSUPPORTED_FEATURE.AES_MODE_AAD", "0A000", kRuntime,
     "<functionName> takes no additional data in the mode <mode>."},
    {"COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION", "54000", kRuntime,
     "<functionName> would make an array of <numberOfElements> elements: at most "
     "<maxRoundedArrayLength> are possible."},
    {"COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER", "54000", kRuntime,
     "<functionName> would make an array of <numberOfElements> elements by its parameter "
     "<parameter>: at most <maxRoundedArrayLength> are possible."},
    {"COMPARATOR_RETURNS_NULL", "22004", kRuntime,
     "The comparator gave NULL for <firstValue> and <secondValue>: it must give a number."},
    {"MALFORMED_CHARACTER_CODING", "22000", kRuntime,
     "<function> meets what is not in the character set <charset>."},
    {"CONVERSION_INVALID_INPUT", "22018", kRuntime,
     "The text <str> is no <targetType> by the format <fmt>. <suggestion> gives NULL instead."},
    {"INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION", "22015", kArithmetic,
     "The interval is too large. <functionName> gives NULL instead."},
    {"INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", "22015", kArithmetic,
     "The interval of <functionName> is beyond what intervals hold."},
    {"CANNOT_PARSE_TIME", "22010", kRuntime, "The text <input> is no time by the format <format>."},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN", "42K0B", kUpgrade,
     "The letter <c> of weeks may not stand in a date pattern. Use extract() instead."},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION", "42K0B", kUpgrade,
     "<pattern> was a date pattern before Spark 3 only, and <config> is not followed."},
    {"DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", "22023", kDateTime, "<rangeMessage>."},
    {"INTERVAL_DIVIDED_BY_ZERO", "22012", kArithmetic, "An interval is divided by zero."},
    {"USER_RAISED_EXCEPTION", "P0001", kRuntime, "<errorMessage>"},
    {"INVALID_BITMAP_POSITION", "22003", kArrayIndex,
     "A bitmap of <bitmapNumBytes> bytes has no bit <bitPosition>: there are <bitmapNumBits>."},
    {"INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX", "22023", kRuntime,
     "<functionName>: the group index must be from 0 to <groupCount>, not <groupIndex>."},
    {"INVALID_PARAMETER_VALUE.PATTERN", "22023", kRuntime,
     "<functionName>: <value> is not a valid pattern for <parameter>."},
};

}  // namespace

std::span<const Condition> RuntimeConditions() { return kConditions; }

}  // namespace pyrite
