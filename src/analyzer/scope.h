// The names that a relation offers to the clauses above it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/column_list.h"

namespace pyrite::analyzer {

struct Scope;
using ScopePtr = std::shared_ptr<const Scope>;

struct Scope {
  ColumnListPtr columns;
  // Columns that a star does not show, and only a qualified name (or a plan id) reaches: both sides
  // of a USING join; and `_metadata`. May be null.
  ColumnListPtr hidden;
  // What window(...) and session_window(...) mean here; no star shows it.
  std::optional<ScopeColumn> time_window;
  std::optional<int64_t> plan_id;  // Connect's
  std::vector<ScopePtr> inputs;    // the scopes below, for look-ups by plan id
};

// The scope of a relation's own output columns, all under one qualifier.
ScopePtr ScopeOf(const plan::Columns& columns, Qualifier qualifier, bool case_sensitive);
// The same columns over `inputs`.
ScopePtr PassScope(const ScopePtr& input);
// `hidden`'s columns that are `_metadata`; null for none.
ColumnListPtr MetadataColumns(const ColumnListPtr& hidden, bool case_sensitive);
// The scope as that of the relation with the plan id.
ScopePtr TaggedScope(const ScopePtr& scope, const std::optional<int64_t>& plan_id);

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
