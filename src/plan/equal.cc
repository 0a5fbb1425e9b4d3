// Structural equality and hashes of expressions.

#include "plan/walk.h"

namespace pyrite::plan {
namespace {

size_t Mix(size_t seed, size_t value) {
  return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2));
}

bool SameKeys(const std::vector<SortKey>& left, const std::vector<SortKey>& right) {
  if (left.size() != right.size()) return false;
  for (size_t i = 0; i < left.size(); ++i) {
    if (left[i].ascending != right[i].ascending) return false;
    if (left[i].nulls_first != right[i].nulls_first) return false;
  }
  return true;
}

bool SameCase(const Case& left, const Case& right) {
  return left.branches.size() == right.branches.size() &&
         (left.otherwise == nullptr) == (right.otherwise == nullptr);
}

bool SameLambda(const Lambda& left, const Lambda& right) {
  if (left.parameters.size() != right.parameters.size()) return false;
  for (size_t i = 0; i < left.parameters.size(); ++i) {
    if (left.parameters[i].id != right.parameters[i].id) return false;
  }
  return true;
}

bool SameFunction(const PythonFunction& left, const PythonFunction& right) {
  if (&left == &right) return true;
  return left.deterministic && right.deterministic && left.eval_type == right.eval_type &&
         left.command == right.command && left.settings == right.settings &&
         left.files == right.files;
}

// What a node says besides its children.
bool SameNode(const Expression& left, const Expression& right) {
  switch (left.kind()) {
    case ExpressionKind::kConstant: return left.As<Constant>().value == right.As<Constant>().value;
    case ExpressionKind::kColumnRef: return left.As<ColumnRef>().id == right.As<ColumnRef>().id;
    case ExpressionKind::kCall: {
      auto &a = left.As<Call>(), &b = right.As<Call>();
      return a.function == b.function && a.mode == b.mode;
    }
    case ExpressionKind::kAggregateCall: {
      auto &a = left.As<AggregateCall>(), &b = right.As<AggregateCall>();
      return a.function == b.function && a.mode == b.mode && a.distinct == b.distinct &&
             a.ignore_nulls == b.ignore_nulls && !a.filter == !b.filter &&
             SameKeys(a.order_by, b.order_by);
    }
    case ExpressionKind::kWindowCall: {
      auto &a = left.As<WindowCall>(), &b = right.As<WindowCall>();
      return a.function == b.function && a.mode == b.mode && a.distinct == b.distinct &&
             a.ignore_nulls == b.ignore_nulls && !a.filter == !b.filter &&
             a.arguments.size() == b.arguments.size() &&
             a.partition_by.size() == b.partition_by.size() && SameKeys(a.order_by, b.order_by) &&
             a.is_range == b.is_range && a.lower.kind == b.lower.kind &&
             a.upper.kind == b.upper.kind;
    }
    case ExpressionKind::kCast: return left.As<Cast>().mode == right.As<Cast>().mode;
    case ExpressionKind::kCase: return SameCase(left.As<Case>(), right.As<Case>());
    case ExpressionKind::kGetField:
      return left.As<GetField>().ordinal == right.As<GetField>().ordinal;
    case ExpressionKind::kPythonCall: {
      auto &a = left.As<PythonCall>(), &b = right.As<PythonCall>();
      return a.argument_names == b.argument_names && SameFunction(*a.function, *b.function);
    }
    case ExpressionKind::kLambda: return SameLambda(left.As<Lambda>(), right.As<Lambda>());
    case ExpressionKind::kScalarSubquery:
    case ExpressionKind::kInSubquery:
    case ExpressionKind::kExistsSubquery: return SubqueryOf(left) == SubqueryOf(right);
  }
  return false;
}

size_t HashValue(const Value& value) {
  struct Hasher {
    size_t operator()(std::monostate) const { return 7; }
    size_t operator()(bool v) const { return v; }
    size_t operator()(int64_t v) const { return std::hash<int64_t>()(v); }
    size_t operator()(double v) const { return v != v ? 11 : std::hash<double>()(v); }
    size_t operator()(Int128 v) const { return static_cast<size_t>(v); }
    size_t operator()(const std::string& v) const { return std::hash<std::string>()(v); }
    size_t operator()(const CalendarInterval& v) const { return v.microseconds + v.days; }
    size_t operator()(const std::shared_ptr<const Values>& v) const { return v->size(); }
  };
  return std::visit(Hasher{}, value.storage);
}

}  // namespace

bool Equal(const Expression& left, const Expression& right) {
  if (&left == &right) return true;
  if (left.kind() != right.kind() || !left.type.SameType(right.type)) return false;
  if (!SameNode(left, right)) return false;
  std::vector<const Expression*> others;
  ForEachChild(right, [&](const ExpressionPtr& child) { others.push_back(child.get()); });
  size_t at = 0;
  bool equal = true;
  ForEachChild(left, [&](const ExpressionPtr& child) {
    equal = equal && at < others.size() && Equal(*child, *others[at]);
    ++at;
  });
  return equal && at == others.size();
}

size_t Hash(const Expression& expression) {
  size_t hash = static_cast<size_t>(expression.kind());
  if (auto* constant = expression.TryAs<Constant>()) return Mix(hash, HashValue(constant->value));
  if (auto* column = expression.TryAs<ColumnRef>()) return Mix(hash, column->id);
  if (auto* call = expression.TryAs<Call>()) {
    hash = Mix(hash, reinterpret_cast<size_t>(call->function));
  } else if (auto* aggregate = expression.TryAs<AggregateCall>()) {
    hash = Mix(hash, reinterpret_cast<size_t>(aggregate->function));
  }
  ForEachChild(expression, [&](const ExpressionPtr& child) { hash = Mix(hash, Hash(*child)); });
  return hash;
}

}  // namespace pyrite::plan
