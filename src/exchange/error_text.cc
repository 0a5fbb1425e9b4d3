#include "exchange/error_text.h"

#include <map>
#include <vector>

#include "exchange/bytes.h"

namespace pyrite::exchange {
namespace {

void Write(const QueryContext& context, ByteWriter* out) {
  out->Number(static_cast<int64_t>(context.kind));
  out->Text(context.object_type);
  out->Text(context.object_name);
  out->Number(context.start_index);
  out->Number(context.stop_index);
  out->Text(context.fragment);
  out->Text(context.call_site);
  out->Text(context.summary);
}

QueryContext ReadContext(ByteReader* in) {
  QueryContext context;
  context.kind = static_cast<QueryContext::Kind>(in->Number());
  context.object_type = in->Text();
  context.object_name = in->Text();
  context.start_index = static_cast<int32_t>(in->Number());
  context.stop_index = static_cast<int32_t>(in->Number());
  context.fragment = in->Text();
  context.call_site = in->Text();
  context.summary = in->Text();
  return context;
}

std::string WithoutEnd(std::string text, const std::string& end) {
  if (text.ends_with(end)) text.resize(text.size() - end.size());
  return text;
}

// Its text from the message: between the condition and the SQLSTATE, above the contexts.
std::string TextOf(std::string message, const std::string& condition, const std::string& sqlstate,
                   const std::vector<QueryContext>& contexts) {
  for (auto context = contexts.rbegin(); context != contexts.rend(); ++context) {
    if (!context->summary.empty()) message = WithoutEnd(message, "\n" + context->summary);
  }
  if (!sqlstate.empty()) message = WithoutEnd(message, " SQLSTATE: " + sqlstate);
  const std::string start = "[" + condition + "] ";
  return message.starts_with(start) ? message.substr(start.size()) : message;
}

}  // namespace

std::string ErrorBytes(const SparkError& error) {
  ByteWriter out;
  out.Text(error.condition());
  out.Text(error.sqlstate());
  out.Text(error.java_class());
  out.Text(error.message());
  out.Number(static_cast<int64_t>(error.parameters().size()));
  for (const auto& [name, value] : error.parameters()) {
    out.Text(name);
    out.Text(value);
  }
  out.Number(static_cast<int64_t>(error.contexts().size()));
  for (const QueryContext& context : error.contexts()) Write(context, &out);
  return out.Take();
}

SparkError ErrorFromBytes(std::string_view bytes) {
  ByteReader in(bytes);
  std::string condition = in.Text(), sqlstate = in.Text(), java_class = in.Text();
  std::string message = in.Text();
  std::map<std::string, std::string> parameters;
  for (int64_t left = in.Number(); left > 0; --left) {
    std::string name = in.Text();
    parameters[name] = in.Text();
  }
  std::vector<QueryContext> contexts;
  for (int64_t left = in.Number(); left > 0; --left) contexts.push_back(ReadContext(&in));

  if (FindCondition(condition) != nullptr) {
    SparkError known(condition, parameters, contexts);
    if (known.message() == message) return known;
    if (message.starts_with(known.message() + "\n")) {  // a place in the message only
      QueryContext place{.summary = message.substr(known.message().size() + 1)};
      return SparkError(condition, parameters, {place}).WithoutContexts();
    }
  }
  SparkError error(condition, sqlstate, java_class, TextOf(message, condition, sqlstate, contexts));
  return contexts.empty() ? error : error.WithContext(contexts[0]);
}

}  // namespace pyrite::exchange
