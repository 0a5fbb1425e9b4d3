// Names: columns, their fields, lambda parameters, lateral aliases, outer columns, and functions
// that need no parentheses.

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/plan_id.h"

namespace pyrite::analyzer {
namespace {

plan::ExpressionPtr WithFields(plan::ExpressionPtr base, const spec::NameParts& parts, size_t first,
                               Environment& names) {
  for (size_t i = first; i < parts.size(); ++i) {
    base = ExtractField(std::move(base), parts[i], names);
  }
  return base;
}

plan::ExpressionPtr InLambdas(const spec::NameParts& parts, Environment& names) {
  bool sensitive = names.analysis.case_sensitive;
  std::string wanted = FoldCase(parts[0], sensitive);
  for (auto frame = names.lambdas.rbegin(); frame != names.lambdas.rend(); ++frame) {
    for (const plan::Column& parameter : *frame) {
      if (FoldCase(parameter.name, sensitive) == wanted) {
        return WithFields(plan::MakeRef(parameter), parts, 1, names);
      }
    }
  }
  return nullptr;
}

plan::ExpressionPtr InScope(const ScopePtr& scope, const spec::NameParts& parts,
                            Environment& names) {
  auto match = FindName(*scope, parts, names.analysis.case_sensitive);
  if (!match) return nullptr;
  plan::Column column = match->column->column;
  return WithFields(plan::MakeRef(column), parts, match->parts_used, names);
}

plan::ExpressionPtr InScopes(const spec::NameParts& parts, Environment& names) {
  if (names.inside_aggregate && names.aggregate_scope) {
    if (auto found = InScope(names.aggregate_scope, parts, names)) return found;
  }
  std::optional<SparkError> ambiguous;
  for (const ScopePtr& scope : names.scopes) {
    try {
      if (auto found = InScope(scope, parts, names)) return found;
    } catch (const SparkError& error) {
      if (!names.skips_ambiguous || error.condition() != "AMBIGUOUS_REFERENCE") throw;
      if (!ambiguous) ambiguous = error;
    }
  }
  if (ambiguous) throw *ambiguous;
  return nullptr;
}

plan::ExpressionPtr InLateralAliases(const spec::NameParts& parts, Environment& names) {
  if (!names.lateral) return nullptr;
  auto found = names.lateral->find(FoldCase(parts[0], names.analysis.case_sensitive));
  if (found == names.lateral->end()) return nullptr;
  if (found->second.id == 0) {
    throw SparkError("AMBIGUOUS_LATERAL_COLUMN_ALIAS",
                     {{"name", errors::QuoteName({parts[0]})}, {"n", "2"}});
  }
  return WithFields(plan::MakeRef(found->second), parts, 1, names);
}

// CURRENT_DATE and its kind stand without parentheses when no column has the name.
plan::ExpressionPtr AsBareFunction(const spec::NameParts& parts, Environment& names) {
  static const char* const kBare[] = {
      "current_date", "current_timestamp", "current_time", "current_user", "user", "session_user"};
  if (parts.size() != 1) return nullptr;
  std::string name = FoldCase(parts[0], false);
  for (const char* bare : kBare) {
    if (name == bare) return CallFunction(name, {}, names.analysis);
  }
  return nullptr;
}

plan::ExpressionPtr InOuterQueries(const spec::NameParts& parts, const Environment& names) {
  for (const Environment* outer = names.analysis.outer; outer; outer = outer->analysis.outer) {
    Environment copy = *outer;
    if (auto found = InLambdas(parts, copy)) return found;
    if (auto found = InScopes(parts, copy)) return found;
  }
  return nullptr;
}

// Session variables, behind all columns: the longest prefix that names one, then its fields.
plan::ExpressionPtr AsVariable(const spec::NameParts& parts, Environment& names) {
  if (!names.analysis.context.catalog) return nullptr;
  for (size_t used = std::min<size_t>(parts.size(), 3); used > 0; --used) {
    spec::NameParts prefix(parts.begin(), parts.begin() + static_cast<ptrdiff_t>(used));
    auto variable = names.analysis.context.catalog->FindVariable(prefix);
    if (variable) return WithFields(plan::MakeConstant(variable->value), parts, used, names);
  }
  return nullptr;
}

}  // namespace

plan::ExpressionPtr ResolveAttribute(const spec::UnresolvedAttribute& node, Environment& names) {
  const spec::NameParts& parts = node.name_parts;
  if (node.plan_id) return ResolveByPlanId(node, names);
  if (auto found = InLambdas(parts, names)) return found;
  if (auto found = InScopes(parts, names)) return found;
  if (auto found = InLateralAliases(parts, names)) return found;
  if (auto found = AsBareFunction(parts, names)) return found;
  if (auto found = InOuterQueries(parts, names)) return found;
  if (auto found = AsVariable(parts, names)) return found;
  AskForMetadata(parts, names.analysis);
  std::vector<ScopePtr> proposed;
  if (!names.scopes.empty()) proposed.push_back(names.scopes[0]);
  throw errors::UnresolvedColumn(errors::QuoteName(parts), Suggestions(proposed, parts));
}

}  // namespace pyrite::analyzer
