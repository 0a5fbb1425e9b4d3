// function OVER (...): AggregateCalls inside become WindowCalls with the window's partition, order
// and frame.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/expr/window_spec.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

using Bound = plan::WindowBound;

// A frame bound's value: negative stands before the current row.
Bound ResolveBound(const spec::FrameBound& bound, bool lower, Environment& names) {
  switch (bound.kind) {
    case spec::FrameBound::Kind::kCurrentRow: return {Bound::Kind::kCurrentRow, nullptr};
    case spec::FrameBound::Kind::kUnboundedPreceding:
      return {Bound::Kind::kUnboundedPreceding, nullptr};
    case spec::FrameBound::Kind::kUnboundedFollowing:
      return {Bound::Kind::kUnboundedFollowing, nullptr};
    case spec::FrameBound::Kind::kValue: break;
  }
  // What the parser made of `value PRECEDING`.
  auto* call = bound.value->TryAs<spec::UnresolvedFunction>();
  if (call && call->name_parts == spec::NameParts{"negative"} && call->arguments.size() == 1) {
    return {Bound::Kind::kPreceding, ResolveExpression(*call->arguments[0], names)};
  }
  plan::ExpressionPtr value = ResolveExpression(*bound.value, names);
  auto negative = NegatedConstant(value, names.analysis);
  if (negative) return {Bound::Kind::kPreceding, *negative};
  auto* constant = value->TryAs<plan::Constant>();
  auto* number = constant ? std::get_if<int64_t>(&constant->value.storage) : nullptr;
  if (number && *number == 0 && value->type.IsIntegral()) {
    return {Bound::Kind::kCurrentRow, nullptr};
  }
  return {Bound::Kind::kFollowing, value};
}

struct Window {
  plan::Expressions partition_by;
  std::vector<plan::SortKey> order_by;
  bool has_frame = false;
  bool is_range = true;
  Bound lower, upper;
};

bool IsFoldable(const plan::Expression& expression) {
  return !plan::Any(expression, [](const plan::Expression& e) {
    return e.kind() == plan::ExpressionKind::kColumnRef || plan::SubqueryOf(e) != nullptr;
  });
}

SparkError FrameMismatch(const char* kind, std::map<std::string, std::string> parameters) {
  parameters["sqlExpr"] = "\"window frame\"";
  return SparkError(std::string("DATATYPE_MISMATCH.") + kind, std::move(parameters));
}

// What the engine must never see: frames that end before they can begin, bounds of other types.
void CheckFrame(const Window& window) {
  if (window.lower.kind == Bound::Kind::kUnboundedFollowing ||
      window.upper.kind == Bound::Kind::kUnboundedPreceding) {
    throw FrameMismatch("SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
                        {{"lower", "\"lower\""}, {"upper", "\"upper\""}});
  }
  for (const Bound* bound : {&window.lower, &window.upper}) {
    if (!bound->offset) continue;
    if (!IsFoldable(*bound->offset)) {
      throw SparkError("_LEGACY_ERROR_TEMP_0064", {{"msg", "A frame's bound is a literal"}});
    }
    if (!window.is_range && !bound->offset->type.IsIntegral()) {
      throw FrameMismatch("SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
                          {{"location", bound == &window.lower ? "lower" : "upper"},
                           {"exprType", errors::Quoted(bound->offset->type.ToSql())},
                           {"expectedType", "\"INT\""}});
    }
    if (window.is_range && window.order_by.empty()) {
      throw FrameMismatch("RANGE_FRAME_WITHOUT_ORDER", {});
    }
    if (window.is_range && window.order_by.size() > 1) {
      throw FrameMismatch("RANGE_FRAME_MULTI_ORDER", {{"orderSpec", "the keys of ORDER BY"}});
    }
  }
}

// The offsets of a RANGE frame are of the type of its one key.
void CoerceOffsets(Window& window, const Analysis& analysis) {
  if (!window.is_range || window.order_by.size() != 1) return;
  const DataType& key = window.order_by[0].child->type;
  for (Bound* bound : {&window.lower, &window.upper}) {
    if (!bound->offset || bound->offset->type.SameStructure(key)) continue;
    const DataType& type = bound->offset->type;
    if (key.IsNumeric() && (type.IsNumeric() || type.IsString())) {
      bound->offset = functions::Coerce(bound->offset, key, analysis.call);
    } else if (key.IsString() || key.Is(TypeKind::kBoolean) || key.Is(TypeKind::kBinary)) {
      throw FrameMismatch("SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
                          {{"location", bound == &window.lower ? "lower" : "upper"},
                           {"exprType", errors::Quoted(type.ToSql())},
                           {"expectedType", "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\")"}});
    }
  }
}

Window ResolveSpec(const spec::WindowSpec& spec, Environment& names) {
  Window window;
  for (const spec::ExpressionPtr& item : spec.partition_by) {
    window.partition_by.push_back(ResolveExpression(*item, names));
  }
  for (const spec::ExpressionPtr& item : spec.order_by) {
    window.order_by.push_back(ResolveSortKey(*item, names));
  }
  if (!spec.frame) return window;
  window.has_frame = true;
  window.is_range = spec.frame->type == spec::FrameType::kRange;
  window.lower = ResolveBound(spec.frame->lower, true, names);
  window.upper = ResolveBound(spec.frame->upper, false, names);
  CheckFrame(window);
  CoerceOffsets(window, names.analysis);
  return window;
}

// Spark's frame when none is given.
void DefaultFrame(Window& window, bool window_function) {
  if (window.has_frame) return;
  window.lower = {Bound::Kind::kUnboundedPreceding, nullptr};
  if (window_function) {
    window.is_range = false;
    window.upper = {Bound::Kind::kCurrentRow, nullptr};
  } else if (window.order_by.empty()) {
    window.is_range = false;
    window.upper = {Bound::Kind::kUnboundedFollowing, nullptr};
  } else {
    window.is_range = true;
    window.upper = {Bound::Kind::kCurrentRow, nullptr};
  }
}

plan::ExpressionPtr ToWindowCall(const plan::ExpressionPtr& expression, Window window,
                                 bool window_function) {
  auto& call = expression->As<plan::AggregateCall>();
  if (window_function) window.has_frame = false;
  DefaultFrame(window, window_function);
  plan::WindowCall node;
  node.function = call.function;
  node.arguments = call.arguments;
  node.distinct = call.distinct;
  node.filter = call.filter;
  node.ignore_nulls = call.ignore_nulls;
  node.mode = call.mode;
  node.partition_by = std::move(window.partition_by);
  node.order_by = std::move(window.order_by);
  node.is_range = window.is_range;
  node.lower = std::move(window.lower);
  node.upper = std::move(window.upper);
  return plan::Make(std::move(node), expression->type, expression->nullable, expression->context);
}

// row_number, rank, lag and their kind: they need ORDER BY and have a frame of their own.
bool IsWindowFunction(const spec::Expression& function) {
  auto* call = function.TryAs<spec::UnresolvedFunction>();
  const functions::Function* found = call ? functions::Find(call->name_parts.back()) : nullptr;
  return found && found->kind == functions::FunctionClass::kWindow;
}

// Aggregates with an order of their own.
void CheckNoOrder(const spec::Expression& function, const Window& window, Environment& names) {
  const auto* call = function.TryAs<spec::UnresolvedFunction>();
  if (call == nullptr || (window.order_by.empty() && !window.has_frame)) return;
  const functions::Function* found = functions::Find(call->name_parts.back());
  std::string_view name = found == nullptr ? "" : found->name;
  bool is_ordered = name == "median" || (!call->within_group.empty() && name != "mode");
  if (!is_ordered) return;
  throw SparkError("INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC",
                   {{"aggFunc", errors::Quoted(PrettyName(function, names))}});
}

// An alias of the same select list may not be used in a window expression.
void CheckNoAlias(const plan::Expression& result,
                  const std::map<std::string, plan::Column>& aliases, const std::string& text,
                  bool case_sensitive) {
  plan::Any(result, [&](const plan::Expression& e) {
    auto* ref = e.TryAs<plan::ColumnRef>();
    auto found = ref ? aliases.find(FoldCase(ref->name, case_sensitive)) : aliases.end();
    if (found != aliases.end() && found->second.id == ref->id) {
      throw SparkError(
          "UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_WINDOW",
          {{"lca", errors::QuoteName({ref->name})}, {"windowExpr", errors::Quoted(text)}});
    }
    return false;
  });
}

}  // namespace

std::optional<plan::ExpressionPtr> NegatedConstant(const plan::ExpressionPtr& value,
                                                   const Analysis& analysis) {
  if (auto* constant = value->TryAs<plan::Constant>()) {
    if (auto* number = std::get_if<int64_t>(&constant->value.storage); number && *number < 0) {
      return plan::MakeConstant({value->type, Value(-*number)});
    }
    if (auto* number = std::get_if<double>(&constant->value.storage); number && *number < 0) {
      return plan::MakeConstant({value->type, Value(-*number)});
    }
    if (auto* number = std::get_if<Int128>(&constant->value.storage); number && *number < 0) {
      return plan::MakeConstant({value->type, Value(static_cast<Int128>(-*number))});
    }
    if (auto* interval = std::get_if<CalendarInterval>(&constant->value.storage)) {
      if (interval->months < 0 || interval->days < 0 || interval->microseconds < 0) {
        CalendarInterval positive{-interval->months, -interval->days, -interval->microseconds};
        return plan::MakeConstant({value->type, Value(positive)});
      }
    }
    return std::nullopt;
  }
  auto* call = value->TryAs<plan::Call>();
  if (call && call->function && std::string_view(call->function->name) == "negative") {
    return call->arguments[0];
  }
  return std::nullopt;
}

spec::WindowSpec NamedWindow(const spec::WindowSpec& spec, const Analysis& analysis) {
  if (spec.reference.empty()) return spec;
  const auto* windows = analysis.windows;
  auto found =
      windows ? windows->windows.find(spec.reference) : decltype(windows->windows.begin()){};
  if (!windows || found == windows->windows.end()) throw errors::MissingWindow(spec.reference);
  spec::WindowSpec base = NamedWindow(found->second, analysis);
  if (!spec.partition_by.empty()) base.partition_by = spec.partition_by;
  if (!spec.order_by.empty()) base.order_by = spec.order_by;
  if (spec.frame) base.frame = spec.frame;
  return base;
}

plan::ExpressionPtr RowNumber(std::vector<plan::SortKey> order_by, const Analysis& analysis) {
  functions::UnresolvedCall call;
  call.name = "row_number";
  plan::ExpressionPtr number = functions::Resolve(call, analysis.call);
  if (auto* cast = number->TryAs<plan::Cast>()) number = cast->child;
  Window window;
  window.order_by = std::move(order_by);
  return ToWindowCall(number, std::move(window), true);
}

plan::ExpressionPtr ResolveWindow(const spec::WindowExpression& node, const spec::Origin& origin,
                                  Environment& names) {
  bool outer = std::exchange(names.inside_window_function, true);
  plan::ExpressionPtr function = ResolveExpression(*node.function, names);
  names.inside_window_function = outer;
  Window window = ResolveSpec(NamedWindow(node.window, names.analysis), names);
  CheckNoOrder(*node.function, window, names);
  bool window_function = IsWindowFunction(*node.function);
  if (window_function && window.order_by.empty()) {
    const std::string& name = node.function->As<spec::UnresolvedFunction>().name_parts.back();
    throw errors::WindowNotOrdered(functions::Find(name)->name, PrettyName(*node.function, names));
  }
  bool found = false;
  plan::ExpressionPtr result =
      plan::Rewrite(function, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
        if (e->kind() != plan::ExpressionKind::kAggregateCall) return nullptr;
        found = true;
        if (e->As<plan::AggregateCall>().distinct) {
          throw SparkError("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
                           {{"windowExpr", errors::Quoted(PrettyName({node, origin}, names))}});
        }
        return ToWindowCall(e, window, window_function);
      });
  if (!found) {
    throw SparkError("UNSUPPORTED_EXPR_FOR_WINDOW",
                     {{"sqlExpr", errors::Quoted(PrettyName(*node.function, names))}});
  }
  if (names.lateral && !names.lateral->empty()) {
    CheckNoAlias(*result, *names.lateral, PrettyName({node, origin}, names),
                 names.analysis.case_sensitive);
  }
  return result;
}

}  // namespace pyrite::analyzer
