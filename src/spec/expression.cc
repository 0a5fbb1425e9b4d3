#include "spec/expression.h"

#include <utility>

#include "spec/relation.h"

namespace pyrite::spec {

ExpressionPtr Attribute(std::string name, Origin origin) {
  return Make(UnresolvedAttribute{{std::move(name)}, {}, false}, std::move(origin));
}

ExpressionPtr Call(std::string function, Expressions arguments, Origin origin) {
  UnresolvedFunction call;
  call.name_parts = {std::move(function)};
  call.arguments = std::move(arguments);
  return Make(std::move(call), std::move(origin));
}

ExpressionPtr Constant(Literal literal, Origin origin) {
  return Make(LiteralValue{std::move(literal)}, std::move(origin));
}

}  // namespace pyrite::spec
