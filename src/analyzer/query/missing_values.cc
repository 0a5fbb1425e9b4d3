// df.na: fill, drop, replace.

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"
#include "analyzer/query/replace_columns.h"

namespace pyrite::analyzer {
namespace {

bool IsFloating(const DataType& type) {
  return type.Is(TypeKind::kFloat) || type.Is(TypeKind::kDouble);
}

// Whether values of the one type stand for missing ones, or for others, of the other.
bool Fits(const DataType& value, const DataType& column) {
  if (value.IsNumeric()) return column.IsNumeric();
  if (value.IsString()) return column.IsString();
  return value.SameType(column);
}

plan::ExpressionPtr Null(const DataType& type) { return plan::MakeConstant(Literal::Null(type)); }

// A constant of the column's type.
plan::ExpressionPtr As(const Literal& value, const DataType& type) {
  if (value.value.is_null()) return Null(type);
  return plan::MakeCast(plan::MakeConstant(value), type, plan::EvalMode::kAnsi);
}

// NaN is missing, too.
plan::ExpressionPtr NullForNan(const plan::Column& column, const Analysis& analysis) {
  plan::ExpressionPtr value = plan::MakeRef(column);
  if (!IsFloating(column.type)) return value;
  return CallFunction("nanvl", {value, Null(column.type)}, analysis);
}

plan::ExpressionPtr IsPresent(const plan::Column& column, const Analysis& analysis) {
  return CallFunction("isnotnull", {NullForNan(column, analysis)}, analysis);
}

bool Contains(const std::vector<plan::ColumnId>& ids, plan::ColumnId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

// One value for all columns that take it, or one for each of the columns named.
Resolved ResolveFillNa(const spec::FillNa& node, Resolved input, Analysis& analysis) {
  auto ids = ColumnsNamed(*input.scope, node.columns, analysis.case_sensitive);
  bool by_column = node.values.size() > 1;
  if (by_column && node.values.size() != ids.size()) {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE",
                     {{"message", "fillna needs a value for each column"}});
  }
  auto fill = [&](const plan::Column& column) -> plan::ExpressionPtr {
    auto found = std::find(ids.begin(), ids.end(), column.id);
    if (found == ids.end()) return nullptr;
    const Literal& value = node.values.at(by_column ? found - ids.begin() : 0);
    if (!by_column && !Fits(value.type, column.type)) return nullptr;
    return CallFunction("coalesce", {NullForNan(column, analysis), As(value, column.type)},
                        analysis);
  };
  return ReplaceColumns(std::move(input), fill, analysis);
}

// Rows with fewer values than `min_non_nulls` go; by default, those that miss any.
Resolved ResolveDropNa(const spec::DropNa& node, Resolved input, Analysis& analysis) {
  auto ids = ColumnsNamed(*input.scope, node.columns, analysis.case_sensitive);
  size_t needed = node.min_non_nulls ? std::max(*node.min_non_nulls, 0) : ids.size();
  plan::ExpressionPtr all, count;
  for (plan::ColumnId id : ids) {
    plan::ExpressionPtr present = IsPresent(input.scope->columns->Find(id)->column, analysis);
    plan::ExpressionPtr one = CallFunction(
        "if", {present, plan::MakeConstant(Literal::Int(1)), plan::MakeConstant(Literal::Int(0))},
        analysis);
    all = all ? CallFunction("and", {all, present}, analysis) : present;
    count = count ? CallFunction("+", {count, one}, analysis) : one;
  }
  if (!all || needed == 0) return input;
  plan::ExpressionPtr condition = all;
  if (needed != ids.size()) {
    auto least = plan::MakeConstant(Literal::Int(static_cast<int32_t>(needed)));
    condition = CallFunction(">=", {count, least}, analysis);
  }
  Resolved result;
  result.scope = PassScope(input.scope);
  result.plan = plan::MakeFilter(input.plan, std::move(condition));
  return result;
}

Resolved ResolveReplaceNa(const spec::ReplaceNa& node, Resolved input, Analysis& analysis) {
  if (node.replacements.empty()) return input;
  auto ids = ColumnsNamed(*input.scope, node.columns, analysis.case_sensitive);
  const auto& [old_value, new_value] = node.replacements.front();
  DataType type = old_value.value.is_null() ? new_value.type : old_value.type;
  auto replace = [&](const plan::Column& column) -> plan::ExpressionPtr {
    if (!Contains(ids, column.id) || !Fits(type, column.type)) return nullptr;
    plan::ExpressionPtr value = plan::MakeRef(column);
    plan::Expressions branches;
    for (auto& [from, to] : node.replacements) {
      branches.push_back(CallFunction("==", {value, plan::MakeConstant(from)}, analysis));
      branches.push_back(As(to, column.type));
    }
    branches.push_back(value);
    return CallFunction("when", std::move(branches), analysis);
  };
  return ReplaceColumns(std::move(input), replace, analysis);
}

}  // namespace pyrite::analyzer
