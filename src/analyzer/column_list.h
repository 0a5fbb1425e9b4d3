// The columns that a scope offers, with an index by name and by id. Immutable.
//
//   ColumnListPtr list = ColumnList::Make(columns, case_sensitive);
//   ColumnListPtr next = list->With({.replaced = {{id, std::nullopt}}, .added = {column}});
//
// A list that came of another by a small change shares what did not change with it: a chain of
// thousands of withColumn costs time and memory for its changes only. For one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plan/relation.h"

namespace pyrite::analyzer {

using Qualifier = std::shared_ptr<const std::vector<std::string>>;  // {"t"}; null for none

struct ScopeColumn {
  plan::Column column;
  Qualifier qualifier;
  // The value's id before it was copied: SELECT a, a offers `a` twice, and they are the same.
  plan::ColumnId identity = 0;
  // `_metadata` of files: a hidden column that its bare name reaches as well.
  bool is_metadata = false;
};
using ScopeColumns = std::vector<ScopeColumn>;

// What a list has that the one before it has not.
struct ColumnChanges {
  // By the id of the column that goes: the one that takes its place, or none.
  std::vector<std::pair<plan::ColumnId, std::optional<ScopeColumn>>> replaced;
  ScopeColumns added;  // last
};

std::string FoldCase(const std::string& name, bool case_sensitive);

class ColumnList;
using ColumnListPtr = std::shared_ptr<const ColumnList>;

class ColumnList {
 public:
  static ColumnListPtr Make(ScopeColumns columns, bool case_sensitive);

  const ScopeColumns& all() const;
  size_t size() const { return size_; }
  // The columns of that name, in order.
  std::vector<const ScopeColumn*> Named(const std::string& name) const;
  const ScopeColumn* Find(plan::ColumnId id) const;
  ColumnListPtr With(const ColumnChanges& changes) const;

 private:
  class History;

  ColumnList(std::shared_ptr<History> history, int version, size_t size)
      : history_(std::move(history)), version_(version), size_(size) {}

  std::shared_ptr<History> history_;
  int version_;
  size_t size_;
  mutable std::optional<ScopeColumns> all_;  // of a version above 0, when it has been asked for
};

}  // namespace pyrite::analyzer
