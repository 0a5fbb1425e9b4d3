// Expressions as text: golden files and EXPLAIN. Columns print as name#n, n counting from 1 in the
// order of appearance, so that the text does not depend on the process's ids.

#include "plan/print_internal.h"
#include "plan/walk.h"

namespace pyrite::plan {
namespace {

const char* ModeSuffix(EvalMode mode) {
  switch (mode) {
    case EvalMode::kAnsi: return "";
    case EvalMode::kTry: return "?";
    case EvalMode::kLegacy: return "~";
  }
  return "";
}

}  // namespace

std::string Printer::Id(ColumnId id, const std::string& name) {
  auto [found, is_new] = ids_.emplace(id, ids_.size() + 1);
  return name + "#" + std::to_string(found->second);
}

std::string Printer::List(const Expressions& expressions) {
  std::string out;
  for (const ExpressionPtr& item : expressions) out += (out.empty() ? "" : ", ") + Text(*item);
  return out;
}

std::string Printer::Keys(const std::vector<SortKey>& keys) {
  std::string out;
  for (const SortKey& key : keys) {
    out += (out.empty() ? "" : ", ") + Text(*key.child) + (key.ascending ? " ASC" : " DESC") +
           (key.nulls_first ? " NULLS FIRST" : " NULLS LAST");
  }
  return out;
}

std::string Printer::Bound(const WindowBound& bound) {
  switch (bound.kind) {
    case WindowBound::Kind::kUnboundedPreceding: return "UNBOUNDED PRECEDING";
    case WindowBound::Kind::kPreceding: return Text(*bound.offset) + " PRECEDING";
    case WindowBound::Kind::kCurrentRow: return "CURRENT ROW";
    case WindowBound::Kind::kFollowing: return Text(*bound.offset) + " FOLLOWING";
    case WindowBound::Kind::kUnboundedFollowing: return "UNBOUNDED FOLLOWING";
  }
  return "";
}

std::string Printer::Function(const functions::Function* function, const Expressions& arguments,
                              EvalMode mode, bool distinct, bool ignore_nulls,
                              const ExpressionPtr& filter) {
  std::string out = function ? functions::NameOf(*function) : "?";
  out += ModeSuffix(mode);
  out += std::string("(") + (distinct ? "DISTINCT " : "") + List(arguments) + ")";
  if (ignore_nulls) out += " IGNORE NULLS";
  if (filter) out += " FILTER (" + Text(*filter) + ")";
  return out;
}

std::string Printer::WindowText(const WindowCall& node) {
  std::string out = Function(node.function, node.arguments, node.mode, node.distinct,
                             node.ignore_nulls, node.filter) +
                    " OVER (";
  if (!node.partition_by.empty()) out += "PARTITION BY " + List(node.partition_by) + " ";
  if (!node.order_by.empty()) out += "ORDER BY " + Keys(node.order_by) + " ";
  return out + (node.is_range ? "RANGE" : "ROWS") + " BETWEEN " + Bound(node.lower) + " AND " +
         Bound(node.upper) + ")";
}

std::string Printer::CaseText(const Case& node) {
  std::string out = "CASE";
  for (auto& [condition, value] : node.branches) {
    out += " WHEN " + Text(*condition) + " THEN " + Text(*value);
  }
  if (node.otherwise) out += " ELSE " + Text(*node.otherwise);
  return out + " END";
}

std::string Printer::Subquery(const RelationPtr& plan) {
  subqueries_.push_back(plan);
  return "subquery " + std::to_string(subqueries_.size());
}

std::string Printer::Text(const Expression& e) {
  switch (e.kind()) {
    case ExpressionKind::kConstant: return Literal{e.type, e.As<Constant>().value}.ToSql();
    case ExpressionKind::kColumnRef: return Id(e.As<ColumnRef>().id, e.As<ColumnRef>().name);
    case ExpressionKind::kCall: {
      auto& node = e.As<Call>();
      return Function(node.function, node.arguments, node.mode, false, false, nullptr);
    }
    case ExpressionKind::kAggregateCall: {
      auto& node = e.As<AggregateCall>();
      std::string out = Function(node.function, node.arguments, node.mode, node.distinct,
                                 node.ignore_nulls, node.filter);
      return node.order_by.empty() ? out
                                   : out + " WITHIN GROUP (ORDER BY " + Keys(node.order_by) + ")";
    }
    case ExpressionKind::kWindowCall: return WindowText(e.As<WindowCall>());
    case ExpressionKind::kCast:
      return std::string("cast") + ModeSuffix(e.As<Cast>().mode) + "(" + Text(*e.As<Cast>().child) +
             " as " + e.type.ToDdl() + ")";
    case ExpressionKind::kCase: return CaseText(e.As<Case>());
    case ExpressionKind::kGetField: {
      auto& node = e.As<GetField>();
      auto& fields = node.child->type.fields();
      return Text(*node.child) + "." + fields[node.ordinal].name;
    }
    case ExpressionKind::kLambda: {
      std::string parameters;
      for (const Column& column : e.As<Lambda>().parameters) {
        parameters += (parameters.empty() ? "" : ", ") + Id(column.id, column.name);
      }
      return "lambda(" + parameters + " -> " + Text(*e.As<Lambda>().body) + ")";
    }
    case ExpressionKind::kPythonCall:
      return e.As<PythonCall>().function->name + "(" + List(e.As<PythonCall>().arguments) + ")";
    case ExpressionKind::kScalarSubquery: return Subquery(e.As<ScalarSubquery>().plan);
    case ExpressionKind::kInSubquery:
      return "(" + List(e.As<InSubquery>().values) + ") IN " + Subquery(e.As<InSubquery>().plan);
    case ExpressionKind::kExistsSubquery: return "EXISTS " + Subquery(e.As<ExistsSubquery>().plan);
  }
  return "";
}

std::string Print(const Expression& expression) { return Printer().Text(expression); }

}  // namespace pyrite::plan
