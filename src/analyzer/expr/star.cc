// *, t.*, s.* (a struct's fields), with EXCEPT; df.colRegex.

#include <algorithm>
#include <set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/name_pattern.h"
#include "analyzer/expr/plan_id.h"

namespace pyrite::analyzer {
namespace {

plan::NamedExpression Item(const ScopeColumn& column) {
  return {column.column, plan::MakeRef(column.column)};
}

bool SameQualifier(const Qualifier& qualifier, const spec::NameParts& target, bool sensitive) {
  if (!qualifier || qualifier->size() < target.size()) return false;
  size_t skip = qualifier->size() - target.size();
  for (size_t i = 0; i < target.size(); ++i) {
    if (FoldCase((*qualifier)[skip + i], sensitive) != FoldCase(target[i], sensitive)) return false;
  }
  return true;
}

// The columns of USING that `t.*` needs stand in `hidden`, by their side's qualifier.
plan::NamedExpressions QualifiedStar(const Scope& scope, const spec::NameParts& target,
                                     bool sensitive) {
  plan::NamedExpressions items;
  if (scope.hidden) {
    for (const ScopeColumn& column : scope.hidden->all()) {
      if (column.is_metadata || !SameQualifier(column.qualifier, target, sensitive)) continue;
      items.push_back(Item(column));
    }
  }
  for (const ScopeColumn& column : scope.columns->all()) {
    if (!SameQualifier(column.qualifier, target, sensitive)) continue;
    bool known = false;
    for (const plan::NamedExpression& item : items) known |= item.column.id == column.column.id;
    if (!known) items.push_back(Item(column));
  }
  return items;
}

plan::NamedExpressions StructStar(const plan::ExpressionPtr& base, Environment& names) {
  plan::NamedExpressions items;
  for (const StructField& field : base->type.fields()) {
    plan::ExpressionPtr value = ExtractField(base, field.name, names);
    plan::Column column{plan::NextColumnId(), field.name, value->type, value->nullable,
                        field.metadata};
    items.push_back({std::move(column), std::move(value)});
  }
  return items;
}

std::string ColumnNames(const Scope& scope) {
  std::set<std::string> sorted;
  for (const ScopeColumn& column : scope.columns->all()) {
    sorted.insert(errors::QuoteName({column.column.name}));
  }
  std::string out;
  for (const std::string& name : sorted) out += (out.empty() ? "" : ", ") + name;
  return out;
}

plan::NamedExpressions Targeted(const spec::UnresolvedStar& star, Environment& names) {
  for (const ScopePtr& scope : names.scopes) {
    auto items = QualifiedStar(*scope, star.target, names.analysis.case_sensitive);
    if (!items.empty()) return items;
  }
  for (const ScopePtr& scope : names.scopes) {
    auto match = FindName(*scope, star.target, names.analysis.case_sensitive);
    if (!match) continue;
    plan::ExpressionPtr base = plan::MakeRef(match->column->column);
    for (size_t i = match->parts_used; i < star.target.size(); ++i) {
      base = ExtractField(std::move(base), star.target[i], names);
    }
    if (base->type.Is(TypeKind::kStruct)) return StructStar(base, names);
    throw SparkError("_LEGACY_ERROR_TEMP_1050", {{"attributes", star.target.back()}});
  }
  AskForMetadata(star.target, names.analysis);
  throw errors::StarWithoutTable(errors::QuoteName(star.target),
                                 names.scopes.empty() ? "" : ColumnNames(*names.scopes[0]));
}

// The struct without the field that parts[first...] name; raises when there is none.
plan::ExpressionPtr WithoutField(const plan::ExpressionPtr& base, const spec::NameParts& parts,
                                 size_t first, Environment& names) {
  if (!base->type.Is(TypeKind::kStruct)) {
    // Of an array or a map; an array's elements are asked for by any key here.
    bool by_index = base->type.Is(TypeKind::kArray) && !base->type.element().Is(TypeKind::kStruct);
    DataType part = by_index ? base->type.element() : ExtractField(base, parts[first], names)->type;
    throw SparkError("EXCEPT_NESTED_COLUMN_INVALID_TYPE",
                     {{"columnName", errors::QuoteName(parts)}, {"dataType", part.ToSql()}});
  }
  bool sensitive = names.analysis.case_sensitive;
  plan::Expressions arguments;
  bool found = false;
  for (const StructField& field : base->type.fields()) {
    plan::ExpressionPtr value = ExtractField(base, field.name, names);
    if (FoldCase(field.name, sensitive) == FoldCase(parts[first], sensitive)) {
      found = true;
      if (first + 1 == parts.size()) continue;
      value = WithoutField(value, parts, first + 1, names);
    }
    arguments.push_back(plan::MakeConstant(Literal::String(field.name)));
    arguments.push_back(std::move(value));
  }
  if (!found) ExtractField(base, parts[first], names);
  return CallFunction("named_struct", std::move(arguments), names.analysis);
}

void RemoveExcept(const spec::UnresolvedStar& star, plan::NamedExpressions& items,
                  Environment& names) {
  for (const spec::NameParts& parts : star.except) {
    auto match = FindName(*names.scopes.at(0), parts, names.analysis.case_sensitive);
    if (!match) {
      throw errors::UnresolvedColumn(errors::QuoteName(parts),
                                     Suggestions({names.scopes[0]}, parts));
    }
    plan::ColumnId id = match->column->column.id;
    auto is_it = [&](const plan::NamedExpression& item) { return item.column.id == id; };
    auto place = std::find_if(items.begin(), items.end(), is_it);
    if (place == items.end()) {
      throw SparkError("EXCEPT_OVERLAPPING_COLUMNS", {{"columns", errors::QuoteName(parts)}});
    }
    if (match->parts_used == parts.size()) {
      std::erase_if(items, is_it);
      continue;
    }
    plan::ExpressionPtr rest = WithoutField(place->expression, parts, match->parts_used, names);
    place->column.type = rest->type;
    place->column.nullable = rest->nullable;
    place->expression = std::move(rest);
  }
}

void Replace(const spec::UnresolvedStar& star, plan::NamedExpressions& items, Environment& names) {
  bool sensitive = names.analysis.case_sensitive;
  for (const spec::ExpressionPtr& given : star.replace) {
    const std::string& name = given->As<spec::Alias>().names.at(0);
    plan::ExpressionPtr value = ResolveExpression(*given, names);
    bool found = false;
    for (plan::NamedExpression& item : items) {
      if (FoldCase(item.column.name, sensitive) != FoldCase(name, sensitive)) continue;
      item.column = {plan::NextColumnId(), name, value->type, value->nullable, ""};
      item.expression = value;
      found = true;
    }
    if (!found) {
      throw errors::UnresolvedColumn(errors::QuoteName({name}),
                                     Suggestions({names.scopes.at(0)}, {name}));
    }
  }
}

// Where there are no columns, as among the arguments of a table function.
void RefuseWithoutColumns(const Environment& names, const char* written) {
  if (!names.scopes.empty()) return;
  throw SparkError("INVALID_USAGE_OF_STAR_OR_REGEX",
                   {{"elem", written}, {"prettyName", "UnresolvedTableValuedFunction"}});
}

}  // namespace

plan::NamedExpressions ExpandStar(const spec::UnresolvedStar& star, Environment& names) {
  RefuseWithoutColumns(names, "'*'");
  plan::NamedExpressions items;
  if (!star.target.empty()) {
    items = Targeted(star, names);
  } else {
    ScopePtr scope = names.scopes.at(0);
    if (star.plan_id) {
      scope = FindPlanId(scope, *star.plan_id);
      if (!scope) throw errors::CannotResolveDataFrameColumn("*");
    }
    for (const ScopeColumn& column : scope->columns->all()) items.push_back(Item(column));
  }
  RemoveExcept(star, items, names);
  Replace(star, items, names);
  return items;
}

plan::NamedExpressions ExpandRegex(const spec::UnresolvedRegex& regex, Environment& names) {
  RefuseWithoutColumns(names, "regular expression");
  std::string text = regex.pattern;
  if (text.size() >= 2 && text.front() == '`' && text.back() == '`') {
    text = text.substr(1, text.size() - 2);
  }
  const ScopeColumns& columns = names.scopes.at(0)->columns->all();
  std::vector<std::string> column_names;
  for (const ScopeColumn& column : columns) column_names.push_back(column.column.name);
  std::vector<bool> matched = MatchNames(text, column_names, names.analysis.case_sensitive);
  plan::NamedExpressions items;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (matched[i]) items.push_back(Item(columns[i]));
  }
  return items;
}

}  // namespace pyrite::analyzer
