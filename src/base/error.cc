#include "base/error.h"

#include <utility>

namespace pyrite {
namespace {

std::string Fill(const std::string& text, const std::map<std::string, std::string>& parameters) {
  std::string out;
  size_t at = 0;
  while (at < text.size()) {
    size_t open = text.find('<', at);
    if (open == std::string::npos) break;
    size_t close = text.find('>', open);
    if (close == std::string::npos) break;
    auto found = parameters.find(text.substr(open + 1, close - open - 1));
    out += text.substr(at, open - at);
    out += found == parameters.end() ? text.substr(open, close - open + 1) : found->second;
    at = close + 1;
  }
  return out + text.substr(std::min(at, text.size()));
}

// A malformed text is another exception of Java's by what it was to become.
const char* CastClass(const std::string& target) {
  if (target == "\"BOOLEAN\"") return "org.apache.spark.SparkRuntimeException";
  if (target == "\"DATE\"" || target.starts_with("\"TIMESTAMP")) {
    return "org.apache.spark.SparkDateTimeException";
  }
  return "org.apache.spark.SparkNumberFormatException";
}

}  // namespace

SparkError::SparkError(std::string condition, std::map<std::string, std::string> parameters,
                       std::vector<QueryContext> contexts)
    : condition_(std::move(condition)),
      parameters_(std::move(parameters)),
      contexts_(std::move(contexts)) {
  const Condition* row = FindCondition(condition_);
  if (row == nullptr) {
    text_ = "The condition " + condition_ + " is not in Pyrite's table. This is a bug in Pyrite.";
    condition_ = "INTERNAL_ERROR";
    sqlstate_ = "XX000";
    java_class_ = "org.apache.spark.SparkException";
  } else {
    sqlstate_ = row->sqlstate;
    java_class_ = row->java_class;
    text_ = Fill(row->text, parameters_);
    if (condition_ == "CAST_INVALID_INPUT") java_class_ = CastClass(parameters_["targetType"]);
  }
  Render(text_);
}

SparkError::SparkError(std::string condition, std::string sqlstate, std::string java_class,
                       std::string message)
    : condition_(std::move(condition)),
      sqlstate_(std::move(sqlstate)),
      java_class_(std::move(java_class)),
      text_(std::move(message)) {
  Render(text_);
}

void SparkError::Render(const std::string& text) {
  message_ = "[" + condition_ + "] " + text;
  if (!sqlstate_.empty()) message_ += " SQLSTATE: " + sqlstate_;
  for (const QueryContext& context : contexts_) {
    if (!context.summary.empty()) message_ += "\n" + context.summary;
  }
}

SparkError SparkError::WithContext(const QueryContext& context) const {
  SparkError copy = *this;
  if (copy.contexts_.empty()) {
    copy.contexts_.push_back(context);
    copy.Render(copy.text_);
  }
  return copy;
}

}  // namespace pyrite
