// The small parts that many messages hold: names, options, lists, origins.
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "base/errors.h"
#include "connect/plan/convert_internal.h"
#include "sql/parser.h"

namespace pyrite::connect {
namespace {

thread_local int depth = 0;

bool IsPlainName(const std::string& name) {
  if (name.empty()) return false;
  for (unsigned char c : name) {
    bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain) return false;
  }
  return true;
}

std::string Upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// "rel_type" to "RELTYPE", as protobuf's Java code calls the cases of a oneof.
std::string Java(const std::string& name) {
  std::string out;
  std::copy_if(name.begin(), name.end(), std::back_inserter(out), [](char c) { return c != '_'; });
  return Upper(out);
}

// Chains of calls on one line share their call site: so do their nodes.
std::shared_ptr<const std::string> Shared(const std::string& text) {
  thread_local std::shared_ptr<const std::string> last;
  if (last == nullptr || *last != text) last = std::make_shared<const std::string>(text);
  return last;
}

}  // namespace

DepthGuard::DepthGuard() {
  if (++depth > kMaximumDepth) {
    --depth;
    throw SparkError("FAILED_TO_PARSE_TOO_COMPLEX", {});
  }
}

DepthGuard::~DepthGuard() { --depth; }

void RaiseInvalidPlan(const char* subclass, std::map<std::string, std::string> parameters) {
  throw SparkError(std::string("CONNECT_INVALID_PLAN.") + subclass, std::move(parameters));
}

void RaiseInvalidOneof(const google::protobuf::Message& message) {
  const auto* type = message.GetDescriptor();
  const auto* oneof = type->oneof_decl(0);
  const auto* set = message.GetReflection()->GetOneofFieldDescriptor(message, oneof);
  if (set == nullptr) {
    std::string name = Java(oneof->name()) + "_NOT_SET";
    RaiseInvalidPlan("INVALID_ONE_OF_FIELD_NOT_SET",
                     {{"fullName", type->full_name()}, {"name", std::move(name)}});
  }
  RaiseInvalidPlan("INVALID_ONE_OF_FIELD_NOT_SUPPORTED",
                   {{"fullName", type->full_name()},
                    {"name", Upper(set->name())},
                    {"number", std::to_string(set->number())}});
}

void RaiseInvalidEnum(const google::protobuf::Message& message, const char* field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  int number = message.GetReflection()->GetEnumValue(message, descriptor);
  const auto* value = descriptor->enum_type()->FindValueByNumber(number);
  RaiseInvalidPlan("INVALID_ENUM", {{"fullName", descriptor->enum_type()->full_name()},
                                    {"name", value == nullptr ? "UNRECOGNIZED" : value->name()},
                                    {"number", std::to_string(number)}});
}

void RequirePlan(bool holds, const char* what) {
  if (!holds) RaiseInvalidPlan("ASSERTION_FAILURE", {{"message", what}});
}

void RaiseMalformed(const std::string& what) { RaiseInvalidPlan("PYRITE", {{"message", what}}); }

spec::Origin ToOrigin(const proto::Origin& message) {
  spec::Origin origin;
  if (!message.has_python_origin()) return origin;
  origin.fragment = std::make_shared<const std::string>(message.python_origin().fragment());
  origin.call_site = Shared(message.python_origin().call_site());
  return origin;
}

spec::NameParts ToNameParts(const std::string& identifier) {
  if (IsPlainName(identifier)) return {identifier};
  return sql::ParseNameParts(identifier);
}

spec::Options ToOptions(const google::protobuf::Map<std::string, std::string>& options) {
  spec::Options out(options.begin(), options.end());
  std::sort(out.begin(), out.end());  // protobuf's maps have no order of their own
  return out;
}

std::vector<std::string> ToStrings(const google::protobuf::RepeatedPtrField<std::string>& strings) {
  return {strings.begin(), strings.end()};
}

spec::Expressions ToSpec(const google::protobuf::RepeatedPtrField<proto::Expression>& messages) {
  spec::Expressions out;
  out.reserve(messages.size());
  for (const auto& message : messages) out.push_back(ToSpec(message));
  return out;
}

spec::Expressions ToSpec(
    const google::protobuf::RepeatedPtrField<proto::Expression::Literal>& messages) {
  spec::Expressions out;
  out.reserve(messages.size());
  for (const auto& message : messages) out.push_back(spec::Constant(ToLiteral(message)));
  return out;
}

spec::Expressions ToSpec(
    const google::protobuf::RepeatedPtrField<proto::Expression::SortOrder>& messages) {
  spec::Expressions out;
  out.reserve(messages.size());
  for (const auto& message : messages) {
    out.push_back(std::make_shared<const spec::Expression>(spec::Expression{ToNode(message), {}}));
  }
  return out;
}

spec::ExpressionPtr ToSpecOrNull(bool is_set, const proto::Expression& message) {
  return is_set ? ToSpec(message) : nullptr;
}

}  // namespace pyrite::connect
