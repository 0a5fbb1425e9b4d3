#include "lower/kernels/cast_errors.h"

#include "base/errors.h"
#include "lower/kernels/error.h"

namespace pyrite::lower {
namespace {

constexpr char kAnsiConfig[] = "\"spark.sql.ansi.enabled\"";

}  // namespace

void ThrowInvalidValue(const std::string& value, const DataType& from, const DataType& to) {
  ThrowSpark("CAST_INVALID_INPUT", {{"expression", value},
                                    {"sourceType", errors::Quoted(from.ToSql())},
                                    {"targetType", errors::Quoted(to.ToSql())},
                                    {"ansiConfig", kAnsiConfig}});
}

void ThrowInvalidText(std::string_view text, const DataType& to) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  ThrowInvalidValue(quoted + "'", DataType::String(), to);
}

void ThrowCastOverflow(const std::string& value, const DataType& from, const DataType& to) {
  ThrowSpark("CAST_OVERFLOW", {{"value", value},
                               {"sourceType", errors::Quoted(from.ToSql())},
                               {"targetType", errors::Quoted(to.ToSql())},
                               {"ansiConfig", kAnsiConfig}});
}

void ThrowDecimalOverflow(const std::string& value, const DataType& to) {
  ThrowSpark("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
             {{"value", value},
              {"precision", std::to_string(to.precision())},
              {"scale", std::to_string(to.scale())},
              {"config", kAnsiConfig}});
}

void ThrowJavaArithmetic(const std::string& message) {
  ThrowSpark("ARITHMETIC_OVERFLOW",
             {{"message", message}, {"alternative", ""}, {"config", kAnsiConfig}});
}

}  // namespace pyrite::lower
