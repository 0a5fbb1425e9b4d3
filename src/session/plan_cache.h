// The plans that a session was told to cache. A query that holds one of them as a part reads its
// rows instead; they are computed at their first use.
//
//   cache.Add(analyzed, {.memory = true});
//   analyzed = cache.Use(std::move(other));   // parts that are cached become StoredScans
//
// Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "plan/stored_rows.h"

namespace pyrite::session {

// What the user asked for. All levels are kept alike: in memory while it lasts, then on disk.
struct StorageLevel {
  bool disk = false;
  bool memory = false;
  bool off_heap = false;
  bool deserialized = false;
  int replication = 1;

  bool keeps_nothing() const { return !disk && !memory && !off_heap; }
};
// MEMORY_AND_DISK_DESER
inline constexpr StorageLevel kDefaultStorageLevel = {
    .disk = true, .memory = true, .deserialized = true};

class PlanCache {
 public:
  PlanCache() = default;
  PlanCache(const PlanCache& other) : entries_(other.Entries()) {}
  PlanCache& operator=(const PlanCache& other);

  // Plans as they leave the analyzer. A plan that is there already keeps its level and rows.
  void Add(plan::RelationPtr plan, const StorageLevel& level);
  // False when it was not there.
  bool Remove(const plan::RelationPtr& plan);
  void Clear();
  std::optional<StorageLevel> Find(const plan::RelationPtr& plan) const;
  plan::RelationPtr Use(plan::RelationPtr plan) const;
  // Forgets the rows that come from files below the path: they are computed again.
  void Refresh(const std::string& path);

 private:
  struct Entry {
    size_t outline = 0;
    std::string text;
    StorageLevel level;
    plan::RelationPtr analyzed;
    std::shared_ptr<plan::StoredRows> rows;
  };
  using EntryPtr = std::shared_ptr<const Entry>;

  std::vector<EntryPtr> Entries() const;
  static EntryPtr FindIn(const std::vector<EntryPtr>& entries, size_t outline,
                         const plan::RelationPtr& plan);
  static plan::RelationPtr UseIn(const std::vector<EntryPtr>& entries, plan::RelationPtr plan);

  mutable std::mutex mutex_;
  std::vector<EntryPtr> entries_;
};

}  // namespace pyrite::session
