#include "lower/kernels/error.h"

#include "duckdb/common/error_data.hpp"
#include "duckdb/common/exception.hpp"

namespace pyrite::lower {
namespace {
constexpr char kCondition[] = "spark_condition";
constexpr char kParameter[] = "spark_parameter_";
constexpr char kJavaClass[] = "spark_java_class";
}  // namespace

void ThrowSpark(const std::string& condition,
                const std::map<std::string, std::string>& parameters) {
  std::unordered_map<std::string, std::string> info{{kCondition, condition}};
  for (const auto& [name, value] : parameters) info[kParameter + name] = value;
  throw duckdb::Exception(info, duckdb::ExceptionType::INVALID_INPUT, condition);
}

void ThrowJava(const std::string& java_class, const std::string& message) {
  std::unordered_map<std::string, std::string> info{{kCondition, ""}, {kJavaClass, java_class}};
  throw duckdb::Exception(info, duckdb::ExceptionType::INVALID_INPUT, message);
}

std::optional<SparkError> SparkErrorOf(const duckdb::ErrorData& error) {
  const auto& info = error.ExtraInfo();
  auto condition = info.find(kCondition);
  if (condition == info.end()) return std::nullopt;
  if (auto java = info.find(kJavaClass); java != info.end()) {
    return SparkError("", "", java->second, error.RawMessage());
  }
  std::map<std::string, std::string> parameters;
  for (const auto& [name, value] : info) {
    if (name.rfind(kParameter, 0) == 0) parameters[name.substr(sizeof(kParameter) - 1)] = value;
  }
  return SparkError(condition->second, std::move(parameters));
}

}  // namespace pyrite::lower
