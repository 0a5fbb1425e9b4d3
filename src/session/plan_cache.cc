#include "session/plan_cache.h"

#include <algorithm>

#include "base/stack_guard.h"
#include "plan/walk.h"
#include "session/canonical_plan.h"
#include "session/plan_parts.h"
#include "sources/path.h"

namespace pyrite::session {
namespace {

bool IsBelow(const std::string& file, const std::string& folder) {
  return file.starts_with(folder) &&
         (file.size() == folder.size() || folder.ends_with('/') || file[folder.size()] == '/');
}

bool ReadsBelow(const plan::RelationPtr& plan, const std::string& path) {
  return AnyRelation(plan, [&](const plan::Relation& relation) {
    const auto* scan = relation.TryAs<plan::FileScan>();
    if (scan == nullptr) return false;
    const auto below = [&](const std::string& file) { return IsBelow(file, path); };
    const auto root_below = [&](const std::string& root) {
      return below(sources::ToLocalPath(root));
    };
    return std::any_of(scan->root_paths.begin(), scan->root_paths.end(), root_below) ||
           std::any_of(scan->files.begin(), scan->files.end(),
                       [&](const plan::ScanFile& file) { return below(file.path); });
  });
}

}  // namespace

PlanCache& PlanCache::operator=(const PlanCache& other) {
  std::vector<EntryPtr> entries = other.Entries();
  std::lock_guard lock(mutex_);
  entries_ = std::move(entries);
  return *this;
}

std::vector<PlanCache::EntryPtr> PlanCache::Entries() const {
  std::lock_guard lock(mutex_);
  return entries_;
}

PlanCache::EntryPtr PlanCache::FindIn(const std::vector<EntryPtr>& entries, size_t outline,
                                      const plan::RelationPtr& plan) {
  std::string text;
  for (const EntryPtr& entry : entries) {
    if (entry->outline != outline) continue;
    if (text.empty()) text = CanonicalText(*plan);
    if (entry->text == text) return entry;
  }
  return nullptr;
}

void PlanCache::Add(plan::RelationPtr plan, const StorageLevel& level) {
  std::vector<EntryPtr> before = Entries();
  auto entry = std::make_shared<Entry>();
  entry->outline = Outlines().Of(plan);
  if (FindIn(before, entry->outline, plan) != nullptr) return;
  entry->text = CanonicalText(*plan);
  entry->level = level;
  entry->rows = std::make_shared<plan::StoredRows>(UseIn(before, plan), true);
  entry->analyzed = std::move(plan);
  std::lock_guard lock(mutex_);
  entries_.push_back(std::move(entry));
}

bool PlanCache::Remove(const plan::RelationPtr& plan) {
  EntryPtr found = FindIn(Entries(), Outlines().Of(plan), plan);
  std::lock_guard lock(mutex_);
  return found != nullptr && std::erase(entries_, found) > 0;
}

void PlanCache::Clear() {
  std::lock_guard lock(mutex_);
  entries_.clear();
}

std::optional<StorageLevel> PlanCache::Find(const plan::RelationPtr& plan) const {
  std::vector<EntryPtr> entries = Entries();
  if (entries.empty()) return std::nullopt;
  EntryPtr found = FindIn(entries, Outlines().Of(plan), plan);
  if (found == nullptr) return std::nullopt;
  return found->level;
}

plan::RelationPtr PlanCache::Use(plan::RelationPtr plan) const {
  return UseIn(Entries(), std::move(plan));
}

plan::RelationPtr PlanCache::UseIn(const std::vector<EntryPtr>& entries, plan::RelationPtr plan) {
  if (entries.empty()) return plan;
  Outlines outlines;
  return ReplaceParts(plan, [&](const plan::RelationPtr& part) -> plan::RelationPtr {
    EntryPtr found = FindIn(entries, outlines.Of(part), part);
    if (found == nullptr) return nullptr;
    if (found->rows->kept() == nullptr) {  // this query's plan knows the files of today
      std::vector<EntryPtr> before(entries.begin(),
                                   std::find(entries.begin(), entries.end(), found));
      found->rows->Renew(UseIn(before, part));
    }
    return plan::MakeRelation(plan::StoredScan{found->rows}, part->output);
  });
}

void PlanCache::Refresh(const std::string& user_path) {
  std::string path = sources::ToLocalPath(user_path);
  std::lock_guard lock(mutex_);
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (!ReadsBelow(entries_[i]->analyzed, path)) continue;
    auto fresh = std::make_shared<Entry>(*entries_[i]);
    std::vector<EntryPtr> before(entries_.begin(), entries_.begin() + static_cast<ptrdiff_t>(i));
    fresh->rows = std::make_shared<plan::StoredRows>(UseIn(before, fresh->analyzed), true);
    entries_[i] = std::move(fresh);
  }
}

}  // namespace pyrite::session
