#include "spec/print_internal.h"

namespace pyrite::spec {

std::string Dotted(const NameParts& parts) {
  std::string out;
  for (const std::string& part : parts) {
    bool plain = !part.empty() && part.find_first_of(" .`,()[]") == std::string::npos;
    out += (out.empty() ? "" : ".") + (plain ? part : "`" + part + "`");
  }
  return out;
}

std::string NameList(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + Dotted({name});
  return out;
}

std::string Printer::List(const Expressions& expressions) {
  std::string out;
  for (const ExpressionPtr& e : expressions) out += (out.empty() ? "" : ", ") + Text(*e);
  return out;
}

std::string Printer::Subquery(const RelationPtr& plan) {
  std::string label = "#" + std::to_string(next_subquery_++);
  subqueries_.emplace_back(label, plan);
  return label;
}

std::string Printer::Text(const TableArgument& argument) {
  std::string out = argument.plan ? "table " + Subquery(argument.plan)
                                  : "table{plan " + std::to_string(*argument.plan_id) + "}";
  if (argument.with_single_partition) out += " in one";
  if (!argument.partition_by.empty()) out += " by [" + List(argument.partition_by) + "]";
  if (!argument.order_by.empty()) out += " order [" + List(argument.order_by) + "]";
  return out;
}

namespace {

const char* Unbounded(FrameBound::Kind kind) {
  return kind == FrameBound::Kind::kUnboundedPreceding ? "unbounded preceding"
                                                       : "unbounded following";
}

std::string PlanId(const std::optional<int64_t>& id) {
  return id ? "{plan " + std::to_string(*id) + "}" : "";
}

std::string StarText(const UnresolvedStar& star) {
  std::string out = star.target.empty() ? "*" : Dotted(star.target) + ".*";
  std::string except;
  for (const NameParts& name : star.except) except += (except.empty() ? "" : ", ") + Dotted(name);
  return except.empty() ? out : out + " EXCEPT (" + except + ")";
}

const char* CastName(CastMode mode) {
  switch (mode) {
    case CastMode::kSession: return "cast";
    case CastMode::kAnsi: return "ansi_cast";
    case CastMode::kTry: return "try_cast";
    case CastMode::kLegacy: return "legacy_cast";
  }
  return "";
}

}  // namespace

std::string Printer::Text(const FrameBound& bound) {
  if (bound.kind == FrameBound::Kind::kCurrentRow) return "current row";
  return bound.kind == FrameBound::Kind::kValue ? Text(bound.value) : Unbounded(bound.kind);
}

std::string Printer::Text(const WindowSpec& window) {
  std::string out;
  auto append = [&out](const std::string& part) { out += (out.empty() ? "" : " ") + part; };
  if (!window.reference.empty()) append(Dotted({window.reference}));
  if (!window.partition_by.empty()) append("PARTITION BY " + List(window.partition_by));
  if (!window.order_by.empty()) append("ORDER BY " + List(window.order_by));
  if (window.frame) {
    append(window.frame->type == FrameType::kRows ? "ROWS" : "RANGE");
    append(Text(window.frame->lower) + " TO " + Text(window.frame->upper));
  }
  return "(" + out + ")";
}

std::string Printer::Text(const SortOrder& order) {
  std::string out = Text(order.child);
  out += order.direction == SortDirection::kAscending ? " ASC" : " DESC";
  if (order.nulls == NullOrdering::kFirst) out += " NULLS FIRST";
  if (order.nulls == NullOrdering::kLast) out += " NULLS LAST";
  return out;
}

std::string Printer::Text(const UnresolvedFunction& call) {
  std::string out = Dotted(call.name_parts) + "(";
  if (call.is_distinct) out += "DISTINCT ";
  out += List(call.arguments) + ")";
  if (!call.within_group.empty()) out += " WITHIN GROUP (" + List(call.within_group) + ")";
  if (call.filter) out += " FILTER (" + Text(call.filter) + ")";
  if (call.ignore_nulls) out += " IGNORE NULLS";
  return out;
}

namespace {

std::string AliasText(const Alias& alias, const std::string& child) {
  std::string names = NameList(alias.names);
  return child + " AS " + (alias.names.size() == 1 ? names : "(" + names + ")");
}

}  // namespace

std::string Printer::Text(const Expression& e) {
  std::string out;
  switch (e.kind()) {
    case ExpressionKind::kLiteralValue: {
      const Literal& literal = e.As<LiteralValue>().literal;
      out = literal.ToSql();
      break;
    }
    case ExpressionKind::kUnresolvedAttribute: {
      const auto& node = e.As<UnresolvedAttribute>();
      out = Dotted(node.name_parts) + PlanId(node.plan_id);
      break;
    }
    case ExpressionKind::kUnresolvedStar: out = StarText(e.As<UnresolvedStar>()); break;
    case ExpressionKind::kUnresolvedRegex:
      out = "regex(" + e.As<UnresolvedRegex>().pattern + ")";
      break;
    case ExpressionKind::kUnresolvedFunction: out = Text(e.As<UnresolvedFunction>()); break;
    case ExpressionKind::kNamedArgument: {
      const auto& node = e.As<NamedArgument>();
      out = node.name + " => " + Text(node.value);
      break;
    }
    case ExpressionKind::kAlias: {
      const auto& node = e.As<Alias>();
      out = AliasText(node, Text(node.child));
      break;
    }
    case ExpressionKind::kCast: {
      const auto& node = e.As<Cast>();
      out = std::string(CastName(node.mode)) + "(" + Text(node.child) + " AS " + node.type.ToSql() +
            ")";
      break;
    }
    case ExpressionKind::kSortOrder: out = Text(e.As<SortOrder>()); break;
    case ExpressionKind::kWindowExpression: {
      const auto& node = e.As<WindowExpression>();
      out = Text(node.function) + " OVER " + Text(node.window);
      break;
    }
    case ExpressionKind::kLambdaFunction: {
      const auto& node = e.As<LambdaFunction>();
      out = "(" + NameList(node.parameters) + ") -> " + Text(node.body);
      break;
    }
    case ExpressionKind::kLambdaVariable:
      out = "lambda " + Dotted(e.As<LambdaVariable>().name_parts);
      break;
    case ExpressionKind::kExtractValue: {
      const auto& node = e.As<ExtractValue>();
      out = Text(node.child) + "[" + Text(node.key) + "]";
      break;
    }
    case ExpressionKind::kUpdateFields: {
      const auto& node = e.As<UpdateFields>();
      out = "update_field(" + Text(node.child) + ", " + node.field + ", " + Text(node.value) + ")";
      break;
    }
    case ExpressionKind::kExpressionString:
      out = "expr(" + e.As<ExpressionString>().text + ")";
      break;
    case ExpressionKind::kScalarSubquery: out = Subquery(e.As<ScalarSubquery>().plan); break;
    case ExpressionKind::kInSubquery: {
      const auto& node = e.As<InSubquery>();
      out = "in((" + List(node.values) + "), " + Subquery(node.plan) + ")";
      break;
    }
    case ExpressionKind::kExistsSubquery:
      out = "exists(" + Subquery(e.As<ExistsSubquery>().plan) + ")";
      break;
    case ExpressionKind::kSubqueryReference:
      out = "subquery{plan " + std::to_string(e.As<SubqueryReference>().plan_id) + "}";
      break;
    case ExpressionKind::kLazyExpression:
      out = "outer(" + Text(e.As<LazyExpression>().child) + ")";
      break;
    case ExpressionKind::kParameter: {
      const auto& node = e.As<Parameter>();
      out = node.name.empty() ? "?" + std::to_string(node.position) : ":" + node.name;
      break;
    }
    case ExpressionKind::kPythonUdf: {
      const auto& node = e.As<PythonUdf>();
      out = "python " + node.name + "(" + List(node.arguments) + ")";
      break;
    }
    case ExpressionKind::kPythonTableFunction:
      out = "python " + e.As<PythonTableFunction>().name;
      break;
    case ExpressionKind::kTableArgument: out = Text(e.As<TableArgument>()); break;
    case ExpressionKind::kUnsupportedExpression:
      out = "unsupported(" + e.As<UnsupportedExpression>().feature + ")";
      break;
  }
  if (options_.origins && e.origin.sql) {
    out += "@" + std::to_string(e.origin.start) + "-" + std::to_string(e.origin.stop);
  }
  return out;
}

}  // namespace pyrite::spec
