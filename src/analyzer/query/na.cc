// df.na: fill, drop and replace, as the select lists and filters that they stand for.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

// The columns of these names, or all without names. Raises for a name that is not there.
plan::Columns ColumnsNamed(const std::vector<std::string>& names, const Resolved& input,
                           Analysis& analysis) {
  plan::Columns columns;
  if (names.empty()) {
    for (const ScopeColumn& column : input.scope->columns->all()) columns.push_back(column.column);
    return columns;
  }
  Environment environment{analysis, {input.scope}};
  for (const std::string& name : names) {
    plan::ExpressionPtr found = ResolveExpression(*spec::Attribute(name), environment);
    columns.push_back({0, name, found->type, found->nullable, ""});
  }
  return columns;
}

// Whether a value may stand in a column: both numbers, both strings or both booleans.
bool Accepts(const DataType& column, const Literal& value) {
  if (value.type.IsNumeric()) return column.IsNumeric();
  return value.type.IsString() ? column.IsString() : column.kind() == value.type.kind();
}

bool HasNan(const DataType& type) {
  return type.Is(TypeKind::kFloat) || type.Is(TypeKind::kDouble);
}

spec::ExpressionPtr AsType(const Literal& value, const DataType& type) {
  return spec::Make(spec::Cast{spec::Constant(value), type});
}

spec::ExpressionPtr Filled(const plan::Column& column, const Literal& value) {
  spec::ExpressionPtr kept = spec::Attribute(column.name);
  if (HasNan(column.type)) kept = spec::Call("nanvl", {kept, AsType(Literal::Null(), column.type)});
  return spec::Call("coalesce", {std::move(kept), AsType(value, column.type)});
}

spec::ExpressionPtr Named(spec::ExpressionPtr value, const std::string& name) {
  return spec::Make(spec::Alias{std::move(value), {name}, ""});
}

Resolved WithReplaced(spec::Expressions aliases, Resolved input, Analysis& analysis) {
  if (aliases.empty()) return input;
  return ResolveWithColumns(spec::WithColumns{nullptr, std::move(aliases)}, std::move(input),
                            analysis);
}

// Neither NULL nor NaN.
spec::ExpressionPtr IsPresent(const plan::Column& column) {
  spec::ExpressionPtr value = spec::Attribute(column.name);
  spec::ExpressionPtr present = spec::Call("isnotnull", {value});
  if (!HasNan(column.type)) return present;
  return spec::Call("and", {present, spec::Call("not", {spec::Call("isnan", {value})})});
}

}  // namespace

Resolved ResolveFillNa(const spec::FillNa& node, Resolved input, Analysis& analysis) {
  plan::Columns columns = ColumnsNamed(node.columns, input, analysis);
  bool one_value = node.values.size() == 1;
  spec::Expressions aliases;
  for (size_t i = 0; i < columns.size(); ++i) {
    const Literal& value = node.values.at(one_value ? 0 : i);
    if (one_value && !Accepts(columns[i].type, value)) continue;
    aliases.push_back(Named(Filled(columns[i], value), columns[i].name));
  }
  return WithReplaced(std::move(aliases), std::move(input), analysis);
}

Resolved ResolveDropNa(const spec::DropNa& node, Resolved input, Analysis& analysis) {
  spec::ExpressionPtr present;
  plan::Columns columns = ColumnsNamed(node.columns, input, analysis);
  for (const plan::Column& column : columns) {
    spec::ExpressionPtr one = spec::Call("if", {IsPresent(column), spec::Constant(Literal::Int(1)),
                                                spec::Constant(Literal::Int(0))});
    present = present ? spec::Call("+", {std::move(present), std::move(one)}) : std::move(one);
  }
  if (!present) return input;
  auto least = node.min_non_nulls.value_or(static_cast<int32_t>(columns.size()));
  spec::Filter filter{nullptr, spec::Call(">=", {present, spec::Constant(Literal::Int(least))})};
  return ResolveFilter(filter, std::move(input), analysis);
}

Resolved ResolveReplaceNa(const spec::ReplaceNa& node, Resolved input, Analysis& analysis) {
  spec::Expressions aliases;
  for (const plan::Column& column : ColumnsNamed(node.columns, input, analysis)) {
    spec::Expressions branches;
    for (const auto& [from, to] : node.replacements) {
      if (!from.value.is_null() && !Accepts(column.type, from)) continue;
      branches.push_back(
          spec::Call("==", {spec::Attribute(column.name), AsType(from, column.type)}));
      branches.push_back(AsType(to, column.type));
    }
    if (branches.empty()) continue;
    branches.push_back(spec::Attribute(column.name));
    aliases.push_back(Named(spec::Call("when", std::move(branches)), column.name));
  }
  return WithReplaced(std::move(aliases), std::move(input), analysis);
}

}  // namespace pyrite::analyzer
