// Names of window expressions: function, partition, order, and the frame with its defaults written
// out.

#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming_internal.h"
#include "analyzer/expr/window_spec.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

std::string BoundText(const spec::FrameBound& bound, Environment& names) {
  switch (bound.kind) {
    case spec::FrameBound::Kind::kCurrentRow: return "CURRENT ROW";
    case spec::FrameBound::Kind::kUnboundedPreceding: return "UNBOUNDED PRECEDING";
    case spec::FrameBound::Kind::kUnboundedFollowing: return "UNBOUNDED FOLLOWING";
    case spec::FrameBound::Kind::kValue: break;
  }
  auto* call = bound.value->TryAs<spec::UnresolvedFunction>();
  if (call && call->arguments.size() == 1 &&
      (call->name_parts[0] == "negative" || call->name_parts[0] == "-")) {
    return PrettyName(*call->arguments[0], names) + " PRECEDING";
  }
  std::string text = PrettyName(*bound.value, names);
  if (text.starts_with("-")) return text.substr(1) + " PRECEDING";
  return text + " FOLLOWING";
}

// The offset of lead or lag as its frame shows it.
std::string OffsetFrame(const spec::UnresolvedFunction& call, bool lag, Environment& names) {
  std::string offset = call.arguments.size() > 1 ? PrettyName(*call.arguments[1], names) : "1";
  if (lag) offset = offset.starts_with("-") ? offset.substr(1) : "-" + offset;
  return "ROWS BETWEEN " + offset + " FOLLOWING AND " + offset + " FOLLOWING";
}

std::string FrameText(const spec::WindowExpression& node, const spec::WindowSpec& window,
                      Environment& names) {
  auto* call = node.function->TryAs<spec::UnresolvedFunction>();
  std::string name = call ? FoldCase(call->name_parts.back(), false) : "";
  if (name == "lead" || name == "lag") return OffsetFrame(*call, name == "lag", names);
  if (window.frame) {
    return std::string(window.frame->type == spec::FrameType::kRows ? "ROWS" : "RANGE") +
           " BETWEEN " + BoundText(window.frame->lower, names) + " AND " +
           BoundText(window.frame->upper, names);
  }
  const functions::Function* function = call ? functions::Find(name) : nullptr;
  if (function && function->kind == functions::FunctionClass::kWindow && name != "nth_value" &&
      name != "cume_dist") {
    return "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
  }
  return window.order_by.empty() ? "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
                                 : "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
}

}  // namespace

std::string SortText(const spec::Expression& e, Environment& names) {
  auto* order = e.TryAs<spec::SortOrder>();
  if (!order) return PrettyName(e, names) + " ASC NULLS FIRST";
  bool ascending = order->direction == spec::SortDirection::kAscending;
  bool first = order->nulls == spec::NullOrdering::kDefault
                   ? ascending
                   : order->nulls == spec::NullOrdering::kFirst;
  return PrettyName(*order->child, names) + (ascending ? " ASC" : " DESC") +
         (first ? " NULLS FIRST" : " NULLS LAST");
}

std::string WindowText(const spec::WindowExpression& node, Environment& names) {
  spec::WindowSpec window = NamedWindow(node.window, names.analysis);
  std::string inside;
  for (const spec::ExpressionPtr& item : window.partition_by) {
    inside += (inside.empty() ? "PARTITION BY " : ", ") + PrettyName(*item, names);
  }
  std::string order;
  for (const spec::ExpressionPtr& item : window.order_by) {
    order += (order.empty() ? "ORDER BY " : ", ") + SortText(*item, names);
  }
  if (!order.empty()) inside += (inside.empty() ? "" : " ") + order;
  inside += (inside.empty() ? "" : " ") + FrameText(node, window, names);
  return PrettyName(*node.function, names) + " OVER (" + inside + ")";
}

}  // namespace pyrite::analyzer
