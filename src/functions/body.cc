#include "functions/body.h"

#include <cstdlib>
#include <map>
#include <mutex>

#include "base/errors.h"
#include "functions/build.h"
#include "sql/parser.h"

namespace pyrite::functions {
namespace {

spec::ExpressionPtr Parsed(const char* sql) {
  static std::mutex mutex;
  static std::map<const char*, spec::ExpressionPtr> parsed;
  {
    std::lock_guard lock(mutex);
    auto found = parsed.find(sql);
    if (found != parsed.end()) return found->second;
  }
  spec::ExpressionPtr expression = sql::ParseExpression(sql);
  std::lock_guard lock(mutex);
  return parsed.emplace(sql, std::move(expression)).first->second;
}

plan::ExpressionPtr Expand(const spec::Expression& expression, const plan::Expressions& arguments,
                           const CallContext& context) {
  if (const auto* literal = expression.TryAs<spec::LiteralValue>()) {
    return plan::MakeConstant(literal->literal);
  }
  if (const auto* attribute = expression.TryAs<spec::UnresolvedAttribute>()) {
    size_t index = std::strtoul(attribute->name_parts.at(0).c_str() + 1, nullptr, 10);
    return arguments.at(index - 1);
  }
  if (const auto* cast = expression.TryAs<spec::Cast>()) {
    plan::EvalMode mode =
        cast->mode == spec::CastMode::kTry ? plan::EvalMode::kTry : ModeOf(context);
    return CastTo(Expand(*cast->child, arguments, context), cast->type, mode);
  }
  if (const auto* function = expression.TryAs<spec::UnresolvedFunction>()) {
    UnresolvedCall call;
    call.name = function->name_parts.at(0);
    for (const spec::ExpressionPtr& argument : function->arguments) {
      call.arguments.push_back(Expand(*argument, arguments, context));
    }
    return Resolve(call, context);
  }
  throw errors::Internal("a function's body holds what bodies cannot");
}

}  // namespace

plan::ExpressionPtr ExpandBody(const char* sql, const plan::Expressions& arguments,
                               const CallContext& context) {
  return Expand(*Parsed(sql), arguments, context);
}

}  // namespace pyrite::functions
