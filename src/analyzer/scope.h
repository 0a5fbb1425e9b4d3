// The names that a relation offers to the clauses above it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "plan/relation.h"

namespace pyrite::analyzer {

using Qualifier = std::shared_ptr<const std::vector<std::string>>;  // {"t"}; null for none

struct ScopeColumn {
  plan::Column column;
  Qualifier qualifier;
  // The value's id before it was copied: SELECT a, a offers `a` twice, and they are the same.
  plan::ColumnId identity = 0;
};
using ScopeColumns = std::vector<ScopeColumn>;

// Columns with an index by name. Immutable; the index is built when it is first asked for.
class ColumnList {
 public:
  ColumnList(ScopeColumns columns, bool case_sensitive)
      : columns_(std::move(columns)), case_sensitive_(case_sensitive) {}

  const ScopeColumns& all() const { return columns_; }
  // The columns of that name, in order.
  std::vector<const ScopeColumn*> Named(const std::string& name) const;
  const ScopeColumn* Find(plan::ColumnId id) const;

 private:
  ScopeColumns columns_;
  bool case_sensitive_;
  mutable std::unordered_multimap<std::string, size_t> by_name_;
  mutable std::unordered_map<plan::ColumnId, size_t> by_id_;
};
using ColumnListPtr = std::shared_ptr<const ColumnList>;

struct Scope;
using ScopePtr = std::shared_ptr<const Scope>;

struct Scope {
  ColumnListPtr columns;
  // Columns that only a qualified name (or a plan id) reaches: both sides of a USING join. May be
  // null.
  ColumnListPtr hidden;
  std::optional<int64_t> plan_id;  // Connect's
  std::vector<ScopePtr> inputs;    // the scopes below, for look-ups by plan id
};

std::string FoldCase(const std::string& name, bool case_sensitive);

// The scope of a relation's own output columns, all under one qualifier.
ScopePtr ScopeOf(const plan::Columns& columns, Qualifier qualifier, bool case_sensitive);
// The same columns over `inputs`.
ScopePtr PassScope(const ScopePtr& input);

// What a name means in a scope: the column, and how many of the parts named it.
struct NameMatch {
  const ScopeColumn* column = nullptr;
  size_t parts_used = 0;
};
// nullopt when there is none; raises AMBIGUOUS_REFERENCE.
std::optional<NameMatch> FindName(const Scope& scope, const std::vector<std::string>& parts,
                                  bool case_sensitive);

// Names of the scope's columns in the order in which UNRESOLVED_COLUMN proposes them; quoted.
std::vector<std::string> Suggestions(const std::vector<ScopePtr>& scopes,
                                     const std::vector<std::string>& parts);

}  // namespace pyrite::analyzer
