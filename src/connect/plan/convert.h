// The client's messages to the unresolved plan.
//
//   spec::RelationPtr relation = ToSpec(request.plan().root());
//
// What the protocol can say and the plan cannot becomes an Unsupported node that names it: it fails
// when it is analyzed. Clients send chains thousands deep; the threads that convert have stacks for
// kMaximumDepth levels, and a deeper plan raises a condition instead of overflowing one.
#pragma once

#include <string>

#include "connect/proto.h"
#include "spec/command.h"

namespace pyrite::connect {

inline constexpr int kMaximumDepth = 20000;

spec::RelationPtr ToSpec(const proto::Relation& message);
spec::ExpressionPtr ToSpec(const proto::Expression& message);
// Any command but SqlCommand, whose answer is a relation (see ToSqlRelation).
spec::CommandPtr ToSpec(const proto::Command& message);

// A SqlCommand as the relation that stands for its text.
proto::Relation ToSqlRelation(const proto::SqlCommand& message);

Literal ToLiteral(const proto::Expression::Literal& message);
void ToProto(const Literal& literal, proto::Expression::Literal* message);

}  // namespace pyrite::connect
