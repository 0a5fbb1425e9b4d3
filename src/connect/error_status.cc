#include "connect/error_status.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <new>
#include <vector>

#include "base/errors.h"
#include "base/json.h"

namespace pyrite::connect {
namespace {

// Headers are limited: the rest is for FetchErrorDetails.
constexpr size_t kMaximumMessage = 2048;
constexpr size_t kMaximumParameters = 1024;

struct JavaClass {
  const char* name;
  std::vector<const char*> bases;  // nearest first, up to java.lang.Exception or RuntimeException
};

// What the client looks for in a class's ancestry, to pick its own exception.
const std::vector<JavaClass>& JavaClasses() {
  static const std::vector<JavaClass> classes = {
      {"org.apache.spark.sql.AnalysisException", {}},
      {"org.apache.spark.sql.catalyst.parser.ParseException",
       {"org.apache.spark.sql.AnalysisException"}},
      {"org.apache.spark.SparkException", {}},
      {"org.apache.spark.SparkSQLException", {"java.sql.SQLException"}},
      {"org.apache.spark.SparkArithmeticException",
       {"java.lang.ArithmeticException", "java.lang.RuntimeException"}},
      {"org.apache.spark.SparkNumberFormatException",
       {"java.lang.NumberFormatException", "java.lang.IllegalArgumentException",
        "java.lang.RuntimeException"}},
      {"org.apache.spark.SparkDateTimeException",
       {"java.time.DateTimeException", "java.lang.RuntimeException"}},
      {"org.apache.spark.SparkIllegalArgumentException",
       {"java.lang.IllegalArgumentException", "java.lang.RuntimeException"}},
      {"org.apache.spark.SparkArrayIndexOutOfBoundsException",
       {"java.lang.ArrayIndexOutOfBoundsException", "java.lang.IndexOutOfBoundsException",
        "java.lang.RuntimeException"}},
      {"org.apache.spark.SparkUnsupportedOperationException",
       {"java.lang.UnsupportedOperationException", "java.lang.RuntimeException"}},
      {"org.apache.spark.SparkNoSuchElementException",
       {"java.util.NoSuchElementException", "java.lang.RuntimeException"}},
  };
  return classes;
}

std::vector<std::string> Hierarchy(const std::string& name) {
  std::vector<std::string> out = {name};
  bool known = false;
  for (const JavaClass& row : JavaClasses()) {
    if (name != row.name) continue;
    known = true;
    out.insert(out.end(), row.bases.begin(), row.bases.end());
  }
  if (!known && name.starts_with("org.apache.spark.sql.catalyst.")) {
    out.emplace_back("org.apache.spark.sql.AnalysisException");
  } else if (!known) {
    out.emplace_back("java.lang.RuntimeException");
  }
  for (const char* base : {"java.lang.Exception", "java.lang.Throwable", "java.lang.Object"}) {
    out.emplace_back(base);
  }
  return out;
}

std::string JsonList(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ",") + QuoteJson(item);
  return "[" + out + "]";
}

std::string JsonObject(const std::map<std::string, std::string>& members) {
  std::string out;
  for (const auto& [key, value] : members) {
    out += (out.empty() ? "" : ",") + QuoteJson(key) + ":" + QuoteJson(value);
  }
  return "{" + out + "}";
}

// The few google.rpc messages are written by hand: a string or message field is a tag, a length
// and its bytes.
std::string Field(int number, const std::string& bytes) {
  std::string out;
  google::protobuf::io::StringOutputStream stream(&out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.WriteTag(static_cast<uint32_t>(number << 3 | 2));
  coded.WriteVarint32(static_cast<uint32_t>(bytes.size()));
  coded.WriteString(bytes);
  coded.Trim();
  return out;
}

std::string ErrorInfo(const SparkError& error, const std::string& error_id) {
  std::string out = Field(1, error.java_class()) + Field(2, "org.apache.spark");
  auto metadata = [&](const char* key, const std::string& value) {
    out += Field(3, Field(1, key) + Field(2, value));
  };
  metadata("classes", JsonList(Hierarchy(error.java_class())));
  if (!error.condition().empty()) metadata("errorClass", error.condition());
  if (!error.sqlstate().empty()) metadata("sqlState", error.sqlstate());
  std::string parameters = JsonObject(error.parameters());
  if (parameters.size() < kMaximumParameters) metadata("messageParameters", parameters);
  if (!error_id.empty()) metadata("errorId", error_id);
  return out;
}

// Cut at a character's boundary.
std::string Abbreviate(const std::string& text) {
  if (text.size() <= kMaximumMessage) return text;
  size_t end = kMaximumMessage - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

grpc::Status ToStatus(const SparkError& error, const std::string& error_id) {
  std::string message = Abbreviate(error.message());
  std::string any =
      Field(1, "type.googleapis.com/google.rpc.ErrorInfo") + Field(2, ErrorInfo(error, error_id));
  std::string code = {0x08, static_cast<char>(grpc::StatusCode::INTERNAL)};
  return grpc::Status(grpc::StatusCode::INTERNAL, message,
                      code + Field(2, message) + Field(3, any));
}

void ToProto(const SparkError& error, proto::FetchErrorDetailsResponse* response) {
  response->set_root_error_idx(0);
  auto* out = response->add_errors();
  for (const std::string& name : Hierarchy(error.java_class())) out->add_error_type_hierarchy(name);
  out->set_message(error.message());
  if (error.condition().empty()) return;  // Java's own exception
  auto* throwable = out->mutable_spark_throwable();
  throwable->set_error_class(error.condition());
  if (!error.sqlstate().empty()) throwable->set_sql_state(error.sqlstate());
  for (const auto& [key, value] : error.parameters()) {
    (*throwable->mutable_message_parameters())[key] = value;
  }
  for (const QueryContext& context : error.contexts()) {
    auto* message = throwable->add_query_contexts();
    bool is_sql = context.kind == QueryContext::Kind::kSql;
    message->set_context_type(is_sql ? proto::FetchErrorDetailsResponse::QueryContext::SQL
                                     : proto::FetchErrorDetailsResponse::QueryContext::DATAFRAME);
    message->set_object_type(context.object_type);
    message->set_object_name(context.object_name);
    if (is_sql) {
      message->set_start_index(context.start_index);
      message->set_stop_index(context.stop_index);
    }
    message->set_fragment(context.fragment);
    message->set_call_site(context.call_site);
    message->set_summary(context.summary + "\n");
  }
}

SparkError CurrentError() {
  try {
    throw;
  } catch (const SparkError& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return SparkError(
        "UNABLE_TO_ACQUIRE_MEMORY", "53200", "org.apache.spark.memory.SparkOutOfMemoryError",
        "The server is out of memory. Lower --memory-limit, or give the machine more.");
  } catch (const std::exception& error) {
    return errors::Internal(error.what());
  } catch (...) {
    return errors::Internal("An exception of an unknown type was thrown.");
  }
}

}  // namespace pyrite::connect
