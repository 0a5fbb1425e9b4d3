#include "engine/duckdb_errors.h"

#include <regex>

#include "base/errors.h"
#include "lower/kernels/error.h"

namespace pyrite::engine {
namespace {

constexpr char kAnsiKey[] = "\"spark.sql.ansi.enabled\"";
SparkError Overflow(const std::string& message, const std::string& alternative = "") {
  return SparkError("ARITHMETIC_OVERFLOW",
                    {{"message", message}, {"alternative", alternative}, {"config", kAnsiKey}});
}

// "Overflow in addition of INT32 (2147483647 + 1)!"
SparkError FromOutOfRange(const std::string& text) {
  static const auto* pattern = new std::regex(
      R"(Overflow in (\w+) of (INT8|INT16|INT32|INT64|DECIMAL\S*) \((\S+) (\S) (\S+)\))");
  std::smatch match;
  if (!std::regex_search(text, match, *pattern)) return Overflow(text);
  std::string operation = match[1];
  std::string function = operation == "addition"      ? "try_add"
                         : operation == "subtraction" ? "try_subtract"
                                                      : "try_multiply";
  std::string type = match[2];
  if (type == "INT8" || type == "INT16") {
    return SparkError("BINARY_ARITHMETIC_OVERFLOW", {{"value1", match[3].str() + "S"},
                                                     {"symbol", match[4].str()},
                                                     {"value2", match[5].str() + "S"},
                                                     {"functionName", "`" + function + "`"}});
  }
  return Overflow("overflow",
                  " Use '" + function + "' to tolerate overflow and return NULL instead.");
}

std::string SparkTypeOf(const std::string& duckdb_type) {
  if (duckdb_type == "INT8") return "\"TINYINT\"";
  if (duckdb_type == "INT16") return "\"SMALLINT\"";
  if (duckdb_type == "INT32") return "\"INT\"";
  if (duckdb_type == "INT64") return "\"BIGINT\"";
  return "\"" + duckdb_type + "\"";
}

SparkError FromConversion(const std::string& text) {
  static const auto* range =
      new std::regex(R"(Type (\w+) with value (\S+) can't be cast .* destination type (\w+))");
  static const auto* decimal =
      new std::regex(R"re(Casting value "?([^"]*)"? .*to type DECIMAL\((\d+),\s*(\d+)\))re");
  static const auto* to_decimal =
      new std::regex(R"re(Could not cast value (\S+) .*to DECIMAL\((\d+),\s*(\d+)\))re");
  static const auto* text_value = new std::regex(R"(Could not convert string '([^']*)' to (\w+))");
  std::smatch match;
  if (std::regex_search(text, match, *range)) {
    if (match[1] == "INT128") return Overflow("long overflow");  // a sum's wide total
    return SparkError("CAST_OVERFLOW", {{"value", match[2]},
                                        {"sourceType", SparkTypeOf(match[1])},
                                        {"targetType", SparkTypeOf(match[3])},
                                        {"ansiConfig", kAnsiKey}});
  }
  if (std::regex_search(text, match, *decimal) || std::regex_search(text, match, *to_decimal)) {
    return SparkError(
        "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
        {{"value", match[1]}, {"precision", match[2]}, {"scale", match[3]}, {"config", kAnsiKey}});
  }
  if (std::regex_search(text, match, *text_value)) {
    return SparkError("CAST_INVALID_INPUT", {{"expression", "'" + match[1].str() + "'"},
                                             {"sourceType", "\"STRING\""},
                                             {"targetType", SparkTypeOf(match[2])},
                                             {"ansiConfig", kAnsiKey}});
  }
  return Overflow(text);
}

SparkError FromIo(const std::string& text) {
  static const auto* quoted = new std::regex(R"re(["']([^"']*/[^"']*)["'])re");
  std::smatch match;
  std::string path = std::regex_search(text, match, *quoted) ? match[1].str() : text;
  if (text.find("No files found") != std::string::npos) return errors::PathNotFound(path);
  return SparkError("FAILED_READ_FILE.NO_HINT", {{"path", path}, {"reason", text}});
}

bool Contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

SparkError FromDuckDB(const duckdb::ErrorData& error) {
  if (auto known = lower::SparkErrorOf(error)) return *known;
  const std::string& text = error.RawMessage();
  if (Contains(text, "More than one row returned by a subquery")) {
    return SparkError("SCALAR_SUBQUERY_TOO_MANY_ROWS", {});
  }
  if (Contains(text, "Map keys must be unique")) {
    return SparkError("DUPLICATED_MAP_KEY",
                      {{"mapKeyDedupPolicy", "\"spark.sql.mapKeyDedupPolicy\""}});
  }
  if (Contains(text, "Map keys can not be NULL")) return SparkError("NULL_MAP_KEY", {});
  if (Contains(text, "Max expression depth") || Contains(text, "max_expression_depth")) {
    return errors::UnsupportedFeature("expressions and queries nested this deeply");
  }
  switch (error.Type()) {
    case duckdb::ExceptionType::INTERRUPT: return SparkError("OPERATION_CANCELED", {});
    case duckdb::ExceptionType::OUT_OF_MEMORY:
      return SparkError("UNABLE_TO_ACQUIRE_MEMORY", {{"details", text}});
    case duckdb::ExceptionType::OUT_OF_RANGE: return FromOutOfRange(text);
    case duckdb::ExceptionType::CONVERSION: return FromConversion(text);
    case duckdb::ExceptionType::DIVIDE_BY_ZERO:
      return SparkError("DIVIDE_BY_ZERO", {{"config", kAnsiKey}});
    case duckdb::ExceptionType::IO: return FromIo(text);
    default: return errors::Internal("DuckDB: " + error.Message());
  }
}

}  // namespace pyrite::engine
