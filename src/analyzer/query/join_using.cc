#include "analyzer/query/join_using.h"

#include <algorithm>
#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"

namespace pyrite::analyzer {
namespace {

const ScopeColumn& KeyColumn(const Resolved& side, const char* side_name, const std::string& name) {
  auto found = side.scope->columns->Named(name);
  if (found.size() > 1) {
    std::vector<std::string> candidates;
    for (const ScopeColumn* column : found) {
      spec::NameParts parts;
      if (column->qualifier) parts = *column->qualifier;
      parts.push_back(column->column.name);
      candidates.push_back(errors::QuoteName(parts));
    }
    std::sort(candidates.begin(), candidates.end());
    throw errors::AmbiguousReference(errors::QuoteName({name}), candidates);
  }
  if (found.size() == 1) return *found[0];
  std::vector<std::string> names;
  for (const ScopeColumn& column : side.scope->columns->all()) {
    names.push_back(errors::QuoteName({column.column.name}));
  }
  std::sort(names.begin(), names.end());
  std::string proposal;
  for (auto& item : names) proposal += (proposal.empty() ? "" : ", ") + item;
  throw errors::UnresolvedUsingColumn(name, side_name, proposal);
}

struct Keys {
  std::vector<const ScopeColumn*> left, right;
  std::unordered_set<plan::ColumnId> ids;
  plan::ExpressionPtr condition;
};

Keys ResolveKeys(const Resolved& left, const Resolved& right, const std::vector<std::string>& names,
                 Analysis& analysis) {
  Keys keys;
  for (const std::string& name : names) {
    keys.left.push_back(&KeyColumn(left, "left", name));
    keys.right.push_back(&KeyColumn(right, "right", name));
    keys.ids.insert(keys.left.back()->column.id);
    keys.ids.insert(keys.right.back()->column.id);
    plan::ExpressionPtr equal = CallFunction(
        "==", {plan::MakeRef(keys.left.back()->column), plan::MakeRef(keys.right.back()->column)},
        analysis);
    keys.condition =
        keys.condition ? CallFunction("and", {keys.condition, equal}, analysis) : equal;
  }
  return keys;
}

ScopeColumn Nullable(ScopeColumn column, bool nullable) {
  column.column.nullable |= nullable;
  return column;
}

}  // namespace

std::vector<std::string> CommonNames(const Resolved& left, const Resolved& right,
                                     bool case_sensitive) {
  std::vector<std::string> names;
  for (const ScopeColumn& column : left.scope->columns->all()) {
    if (!right.scope->columns->Named(column.column.name).empty()) {
      names.push_back(column.column.name);
    }
  }
  return names;
}

Resolved JoinUsing(const Resolved& left, const Resolved& right, plan::JoinType type,
                   const std::vector<std::string>& names, bool lateral, Analysis& analysis) {
  using plan::JoinType;
  if (type == JoinType::kCross) type = JoinType::kInner;
  Keys keys = ResolveKeys(left, right, names, analysis);
  bool left_nullable = type == JoinType::kRightOuter || type == JoinType::kFullOuter;
  bool right_nullable = type == JoinType::kLeftOuter || type == JoinType::kFullOuter;
  bool only_left = type == JoinType::kLeftSemi || type == JoinType::kLeftAnti;
  Resolved result;
  result.plan = plan::MakeJoin(left.plan, right.plan, type, keys.condition, lateral);
  ScopeColumns shown, hidden;
  if (type == JoinType::kFullOuter) {
    plan::NamedExpressions all;
    for (const plan::Column& column : result.plan->output) {
      all.push_back({column, plan::MakeRef(column)});
    }
    for (size_t i = 0; i < names.size(); ++i) {
      plan::Expressions sides = {plan::MakeRef(Nullable(*keys.left[i], true).column),
                                 plan::MakeRef(Nullable(*keys.right[i], true).column)};
      plan::ExpressionPtr either = CallFunction("coalesce", std::move(sides), analysis);
      plan::Column column{plan::NextColumnId(), keys.left[i]->column.name, either->type,
                          either->nullable, ""};
      shown.push_back({column, nullptr, column.id});
      all.push_back({column, std::move(either)});
    }
    result.plan = plan::MakeProject(std::move(result.plan), std::move(all));
  } else {
    for (size_t i = 0; i < names.size(); ++i) {
      shown.push_back(type == JoinType::kRightOuter ? *keys.right[i] : *keys.left[i]);
    }
  }
  for (const ScopeColumn& column : left.scope->columns->all()) {
    (keys.ids.contains(column.column.id) ? hidden : shown)
        .push_back(Nullable(column, left_nullable));
  }
  if (left.scope->hidden) {
    for (auto& column : left.scope->hidden->all()) {
      if (!column.is_metadata) hidden.push_back(Nullable(column, left_nullable));
    }
  }
  if (!only_left) {
    for (const ScopeColumn& column : right.scope->columns->all()) {
      (keys.ids.contains(column.column.id) ? hidden : shown)
          .push_back(Nullable(column, right_nullable));
    }
    if (right.scope->hidden) {
      for (auto& column : right.scope->hidden->all()) {
        if (!column.is_metadata) hidden.push_back(Nullable(column, right_nullable));
      }
    }
  }
  auto scope = std::make_shared<Scope>();
  scope->columns = ColumnList::Make(std::move(shown), analysis.case_sensitive);
  scope->hidden = ColumnList::Make(std::move(hidden), analysis.case_sensitive);
  scope->inputs = {left.scope, right.scope};
  result.scope = std::move(scope);
  return result;
}

}  // namespace pyrite::analyzer
