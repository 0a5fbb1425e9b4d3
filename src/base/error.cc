#include "base/error.h"

#include <set>
#include <string_view>
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

bool HasNoContextInSpark(const std::string& condition) {
  static const auto* const conditions =
      new std::set<std::string>{"MISSING_AGGREGATION",
                                "PARSE_EMPTY_STATEMENT",
                                "PARSE_SYNTAX_ERROR",
                                "PATH_NOT_FOUND",
                                "USER_RAISED_EXCEPTION",
                                "WINDOW_FUNCTION_FRAME_NOT_ORDERED",
                                "WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE"};
  return conditions->count(condition) > 0;
}

// A malformed value is of another class for each type it was cast to.
const char* JavaClassOf(const Condition& row,
                        const std::map<std::string, std::string>& parameters) {
  auto target = parameters.find("targetType");
  if (std::string_view(row.name) != "CAST_INVALID_INPUT" || target == parameters.end()) {
    return row.java_class;
  }
  const std::string& type = target->second;
  if (type == "\"BOOLEAN\"") return "org.apache.spark.SparkRuntimeException";
  bool is_time = type == "\"DATE\"" || type.rfind("\"TIME", 0) == 0;
  return is_time ? "org.apache.spark.SparkDateTimeException" : row.java_class;
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
    java_class_ = JavaClassOf(*row, parameters_);
    text_ = Fill(row->text, parameters_);
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
  message_ = condition_.empty() ? text : "[" + condition_ + "] " + text;
  if (!sqlstate_.empty()) message_ += " SQLSTATE: " + sqlstate_;
  for (const QueryContext& context : contexts_) {
    if (!context.summary.empty()) message_ += "\n" + context.summary;
  }
  if (!place_.empty()) message_ += "\n" + place_;
}

SparkError SparkError::WithContext(const QueryContext& context) const {
  SparkError copy = *this;
  if (!copy.contexts_.empty() || !copy.place_.empty()) return copy;
  if (HasNoContextInSpark(condition_)) {
    copy.place_ = context.summary;
  } else {
    copy.contexts_.push_back(context);
  }
  copy.Render(copy.text_);
  return copy;
}

SparkError SparkError::WithoutContexts() const {
  SparkError copy = *this;
  if (!copy.contexts_.empty()) copy.place_ = copy.contexts_[0].summary;
  copy.contexts_.clear();
  copy.Render(copy.text_);
  return copy;
}

}  // namespace pyrite
