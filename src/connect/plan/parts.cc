// The small parts that many messages hold: names, options, lists, origins.
#include <algorithm>

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

void RaiseInvalidPlan(const std::string& what) {
  throw SparkError("CONNECT_INVALID_PLAN.PYRITE", {{"message", what}});
}

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
