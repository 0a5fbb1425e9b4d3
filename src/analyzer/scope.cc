#include "analyzer/scope.h"

#include <algorithm>

#include "base/errors.h"

namespace pyrite::analyzer {

ScopePtr ScopeOf(const plan::Columns& columns, Qualifier qualifier, bool case_sensitive) {
  ScopeColumns list;
  list.reserve(columns.size());
  for (const plan::Column& column : columns) list.push_back({column, qualifier, column.id});
  auto scope = std::make_shared<Scope>();
  scope->columns = ColumnList::Make(std::move(list), case_sensitive);
  return scope;
}

ScopePtr PassScope(const ScopePtr& input) {
  auto scope = std::make_shared<Scope>();
  scope->columns = input->columns;
  scope->hidden = input->hidden;
  scope->inputs = {input};
  return scope;
}

ColumnListPtr MetadataColumns(const ColumnListPtr& hidden, bool case_sensitive) {
  if (!hidden) return nullptr;
  ScopeColumns metadata;
  for (const ScopeColumn& column : hidden->all()) {
    if (column.is_metadata) metadata.push_back(column);
  }
  if (metadata.empty()) return nullptr;
  return ColumnList::Make(std::move(metadata), case_sensitive);
}

ScopePtr TaggedScope(const ScopePtr& scope, const std::optional<int64_t>& plan_id) {
  if (!plan_id) return scope;
  auto tagged = std::make_shared<Scope>(*scope);
  if (tagged->plan_id) tagged->inputs = {scope};
  tagged->plan_id = plan_id;
  return tagged;
}

namespace {

bool SameName(const std::string& left, const std::string& right, bool case_sensitive) {
  return case_sensitive ? left == right : FoldCase(left, false) == FoldCase(right, false);
}

// Whether the last `count` parts of the qualifier are the first parts of the name.
bool Qualifies(const ScopeColumn& column, const std::vector<std::string>& parts, size_t count,
               bool case_sensitive) {
  size_t size = column.qualifier ? column.qualifier->size() : 0;
  if (size < count) return false;
  for (size_t i = 0; i < count; ++i) {
    if (!SameName((*column.qualifier)[size - count + i], parts[i], case_sensitive)) return false;
  }
  return true;
}

std::vector<std::string> QualifiedName(const ScopeColumn& column) {
  std::vector<std::string> parts;
  if (column.qualifier) parts = *column.qualifier;
  parts.push_back(column.column.name);
  return parts;
}

void AddMatches(const ColumnListPtr& list, const std::vector<std::string>& parts, size_t count,
                bool case_sensitive, bool only_metadata, std::vector<const ScopeColumn*>& matches) {
  if (!list) return;
  for (const ScopeColumn* column : list->Named(parts[count])) {
    if (only_metadata && !column->is_metadata) continue;
    if (!Qualifies(*column, parts, count, case_sensitive)) continue;
    bool known = std::any_of(matches.begin(), matches.end(), [&](const ScopeColumn* other) {
      return other->identity == column->identity;
    });
    if (!known) matches.push_back(column);
  }
}

}  // namespace

std::optional<NameMatch> FindName(const Scope& scope, const std::vector<std::string>& parts,
                                  bool case_sensitive) {
  for (size_t count = std::min<size_t>(3, parts.size() - 1) + 1; count-- > 0;) {
    std::vector<const ScopeColumn*> matches;
    AddMatches(scope.columns, parts, count, case_sensitive, false, matches);
    if (matches.empty()) {
      AddMatches(scope.hidden, parts, count, case_sensitive, count == 0, matches);
    }
    if (matches.empty()) continue;
    if (matches.size() > 1) {
      std::vector<std::string> names;
      for (const ScopeColumn* column : matches) {
        names.push_back(errors::QuoteName(QualifiedName(*column)));
      }
      std::sort(names.begin(), names.end());
      throw errors::AmbiguousReference(errors::QuoteName(parts), names);
    }
    return NameMatch{matches[0], count + 1};
  }
  if (scope.time_window && SameName(parts[0], scope.time_window->column.name, case_sensitive)) {
    return NameMatch{&*scope.time_window, 1};
  }
  return std::nullopt;
}

namespace {

size_t EditDistance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string Dotted(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ".") + part;
  return out;
}

// Without the leading qualifiers that all candidates share, when the name asked for has none.
void DropCommonQualifiers(std::vector<std::vector<std::string>>& candidates) {
  auto shared = [&] {
    for (auto& parts : candidates) {
      if (parts.size() < 2 || parts[0] != candidates[0][0]) return false;
    }
    return !candidates.empty();
  };
  while (shared()) {
    for (auto& parts : candidates) parts.erase(parts.begin());
  }
}

}  // namespace

std::vector<std::string> Suggestions(const std::vector<ScopePtr>& scopes,
                                     const std::vector<std::string>& parts) {
  std::vector<std::vector<std::string>> candidates;
  for (const ScopePtr& scope : scopes) {
    for (const ScopeColumn& column : scope->columns->all()) {
      candidates.push_back(QualifiedName(column));
    }
  }
  if (parts.size() == 1) DropCommonQualifiers(candidates);
  // As Spark measures it: from the bare name to the quoted ones; ties go by the alphabet.
  std::string asked = Dotted(parts);
  std::vector<std::pair<size_t, std::string>> ranked;
  for (auto& candidate : candidates) {
    std::string text = errors::QuoteName(candidate);
    size_t distance = EditDistance(asked, text);
    ranked.emplace_back(distance, std::move(text));
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > 5) ranked.resize(5);
  std::vector<std::string> names;
  for (auto& [distance, name] : ranked) names.push_back(name);
  return names;
}

}  // namespace pyrite::analyzer
