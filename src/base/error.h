// What ends a query: one exception with Spark's condition name, SQLSTATE and message parameters.
//
//   throw errors::UnresolvedColumn("prise", {"price", "size"}, context);
//
// Typed factories stand in base/errors.h; free text is for internal errors only. Caught in the RPC
// handler (and the Flight handler and task runner of a cluster), nowhere else.
#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pyrite {

// Where in the user's program an error arose.
struct QueryContext {
  enum class Kind { kSql, kDataFrame };
  Kind kind = Kind::kSql;
  std::string object_type;  // as "VIEW", empty for the query itself
  std::string object_name;
  int32_t start_index = -1;  // 0-based code point offsets into the SQL text, inclusive
  int32_t stop_index = -1;
  std::string fragment;  // the SQL text between them, or the DataFrame method's name
  std::string call_site;
  std::string summary;  // the lines that a user sees: position and underlined text
};

class SparkError : public std::exception {
 public:
  SparkError(std::string condition, std::map<std::string, std::string> parameters,
             std::vector<QueryContext> contexts = {});

  // With a message and SQLSTATE of its own: for conditions outside the table.
  SparkError(std::string condition, std::string sqlstate, std::string java_class,
             std::string message);

  const char* what() const noexcept override { return message_.c_str(); }

  const std::string& condition() const {
    return condition_;
  }                                                          // "UNRESOLVED_COLUMN.WITH_SUGGESTION"
  const std::string& sqlstate() const { return sqlstate_; }  // "42703"
  const std::string& java_class() const { return java_class_; }  // what PySpark maps to its class
  const std::string& message() const { return message_; }        // "[CONDITION] text SQLSTATE: x"
  const std::map<std::string, std::string>& parameters() const { return parameters_; }
  const std::vector<QueryContext>& contexts() const { return contexts_; }

  // The same error, pointing at `context` when it points nowhere yet. Conditions that Spark raises
  // without a query context only show the place in their message.
  SparkError WithContext(const QueryContext& context) const;

  // The same error, its place in the message only: for texts that are not the user's statement.
  SparkError WithoutContexts() const;

 private:
  void Render(const std::string& text);

  std::string condition_;
  std::string sqlstate_;
  std::string java_class_;
  std::string message_;
  std::string text_;   // the message without condition, contexts and SQLSTATE
  std::string place_;  // shown below the message, no query context
  std::map<std::string, std::string> parameters_;
  std::vector<QueryContext> contexts_;
};

// One row of the condition table (base/conditions.cc).
struct Condition {
  const char* name;
  const char* sqlstate;
  const char* java_class;
  const char* text;  // with <parameter> placeholders; the wording is Pyrite's own
};

// The row named `name`, nullptr when there is none.
const Condition* FindCondition(const std::string& name);

}  // namespace pyrite
