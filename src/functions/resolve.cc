// From a call to what the plan holds: matches it, and expands bodies and rewrites.

#include <set>

#include "base/errors.h"
#include "functions/body.h"
#include "functions/build.h"
#include "functions/matcher.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

bool Nullable(NullRule rule, const plan::Expressions& arguments) {
  switch (rule) {
    case NullRule::kNever: return false;
    case NullRule::kAlways: return true;
    case NullRule::kAnyNull: return AnyNullable(arguments);
    case NullRule::kAllNull: break;
  }
  for (const plan::ExpressionPtr& argument : arguments) {
    if (!argument->nullable) return false;
  }
  return true;
}

// Puts DISTINCT, FILTER and the like of the call on the aggregates that it expanded to.
plan::ExpressionPtr Decorate(const plan::ExpressionPtr& expression, const UnresolvedCall& call) {
  auto rebuilt = [&](auto node) {
    return plan::Make(std::move(node), expression->type, expression->nullable, expression->context);
  };
  switch (expression->kind()) {
    case plan::ExpressionKind::kAggregateCall: {
      auto node = expression->As<plan::AggregateCall>();
      node.distinct = node.distinct || call.distinct;
      node.ignore_nulls = node.ignore_nulls || call.ignore_nulls;
      if (call.filter) node.filter = call.filter;
      if (!call.within_group.empty()) node.order_by = call.within_group;
      // Distinct texts come in no order that lasts, unless they get one.
      bool joins = call.name == "listagg" || call.name == "string_agg";
      if (joins && call.distinct && node.order_by.empty()) {
        node.order_by.push_back({node.arguments[0], true, true});
      }
      return rebuilt(std::move(node));
    }
    case plan::ExpressionKind::kCall: {
      auto node = expression->As<plan::Call>();
      for (plan::ExpressionPtr& argument : node.arguments) argument = Decorate(argument, call);
      return rebuilt(std::move(node));
    }
    case plan::ExpressionKind::kCast: {
      auto node = expression->As<plan::Cast>();
      node.child = Decorate(node.child, call);
      return rebuilt(std::move(node));
    }
    case plan::ExpressionKind::kCase: {
      auto node = expression->As<plan::Case>();
      for (auto& [condition, value] : node.branches) {
        condition = Decorate(condition, call);
        value = Decorate(value, call);
      }
      if (node.otherwise) node.otherwise = Decorate(node.otherwise, call);
      return rebuilt(std::move(node));
    }
    default: return expression;
  }
}

plan::ExpressionPtr MakeAggregate(const Function& row, const UnresolvedCall& call, Match match,
                                  bool nullable, const CallContext& context) {
  plan::AggregateCall node;
  node.function = &row;
  node.arguments = std::move(match.arguments);
  node.mode = ModeOf(context);
  return Decorate(
      plan::Make(std::move(node), std::move(match.result), nullable, context.query_context), call);
}

plan::ExpressionPtr Expand(const Function& row, const UnresolvedCall& call, Match match,
                           const CallContext& context) {
  bool aggregates = row.kind == FunctionClass::kAggregate || row.kind == FunctionClass::kWindow;
  plan::ExpressionPtr expanded;
  if (const auto* body = std::get_if<Body>(&row.means)) {
    expanded = ExpandBody(body->sql, match.arguments, context);
    if (!match.result.Is(TypeKind::kNull)) {
      expanded = Coerce(expanded, match.result, context);
    }
  } else {
    expanded = std::get<Rewrite>(row.means).make(context, match.arguments);
  }
  return aggregates ? Decorate(expanded, call) : expanded;
}

// Percentiles and mode() that take their values from WITHIN GROUP's order take them as arguments.
UnresolvedCall WithOrderAsArguments(const UnresolvedCall& call) {
  UnresolvedCall changed = call;
  const plan::SortKey& key = call.within_group.front();
  changed.arguments.insert(changed.arguments.begin(), key.child);
  if (call.name == "mode") {
    changed.arguments.push_back(BoolConstant(true));
  } else {
    changed.arguments.push_back(BoolConstant(!key.ascending));
  }
  changed.within_group.clear();
  return changed;
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool TakesOrder(const std::string& name) {
  return name == "percentile_cont" || name == "percentile_disc" || name == "mode";
}

// The functions that compare their arguments, or the elements of their argument.
void CheckOrderable(const Function& row, const UnresolvedCall& call, const Match& match) {
  const std::string_view name = row.name;
  static const std::set<std::string_view> kOfElements = {
      "array_max",      "array_min",      "sort_array",      "array_contains",
      "array_distinct", "array_union",    "array_intersect", "array_except",
      "arrays_overlap", "array_position", "array_remove"};
  bool elements = kOfElements.contains(name);
  bool values = name == "max" || name == "min" || name == "greatest" || name == "least";
  if ((!elements && !values) || match.arguments.empty()) return;
  const DataType& type = match.arguments[0]->type;
  if (elements && !type.Is(TypeKind::kArray)) return;
  const DataType& compared = elements ? type.element() : type;
  if (IsOrderable(compared)) return;
  throw errors::InvalidOrderingType(SqlOfCall(row.name, call.arguments), row.name,
                                    compared.ToSql());
}

// Spark does not look for a NULL literal in arrays.
void CheckNotVoid(const Function& row, const UnresolvedCall& call) {
  const std::string_view name = row.name;
  if (name != "array_contains" && name != "map_contains_key") return;
  if (call.arguments.size() != 2) return;
  if (!IsNullType(call.arguments[0]) && !IsNullType(call.arguments[1])) return;
  throw SparkError("DATATYPE_MISMATCH.NULL_TYPE",
                   {{"sqlExpr", errors::Quoted(SqlOfCall(row.name, call.arguments))},
                    {"functionName", errors::QuoteName({row.name})}});
}

// As messages call the function: by the alias that was written, but not by an operator's sign.
std::string ShownName(const Function& row, const UnresolvedCall& call) {
  bool is_word = std::isalpha(static_cast<unsigned char>(call.name.empty() ? '|' : call.name[0]));
  bool is_cast = call.name == "case";
  return is_word && !is_cast ? Lower(call.name) : row.name;
}

}  // namespace

plan::ExpressionPtr Resolve(const UnresolvedCall& call, const CallContext& context) {
  if (call.within_group.size() == 1 && TakesOrder(call.name)) {
    return Resolve(WithOrderAsArguments(call), context);
  }
  const Function* row = Find(call.name);
  if (row == nullptr) throw errors::UnresolvedRoutine(errors::QuoteName({call.name}));
  if (std::holds_alternative<Unsupported>(row->means)) {
    const char* reason = std::get<Unsupported>(row->means).reason;
    throw errors::UnsupportedFeature("the function " + std::string(row->name) + ": " + reason);
  }
  CheckNotVoid(*row, call);
  Match match = MatchCall(*row, ShownName(*row, call), call.arguments, context);
  CheckOrderable(*row, call, match);
  if (std::holds_alternative<Body>(row->means) || std::holds_alternative<Rewrite>(row->means)) {
    return Expand(*row, call, std::move(match), context);
  }
  bool nullable = Nullable(row->nulls, match.arguments);
  if (row->result_type != nullptr) match.result = row->result_type(context, match.arguments);
  if (row->kind == FunctionClass::kAggregate || row->kind == FunctionClass::kWindow) {
    return MakeAggregate(*row, call, std::move(match), nullable, context);
  }
  plan::Call node{row, std::move(match.arguments), ModeOf(context)};
  return plan::Make(std::move(node), std::move(match.result), nullable, context.query_context);
}

}  // namespace pyrite::functions
