#include "analyzer/column_list.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <unordered_map>

namespace pyrite::analyzer {

std::string FoldCase(const std::string& name, bool case_sensitive) {
  if (case_sensitive) return name;
  std::string folded = name;
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// All columns of a list and of those that came of it, each with the versions that it is part of.
class ColumnList::History {
 public:
  History(ScopeColumns base, bool case_sensitive)
      : base_(std::move(base)), case_sensitive_(case_sensitive), places_(base_.size()) {}

  struct Entry {
    const ScopeColumn* column;
    size_t place;
    int first;
    int last = std::numeric_limits<int>::max();

    bool In(int version) const { return first <= version && version <= last; }
  };

  const ScopeColumns& base() const { return base_; }
  bool case_sensitive() const { return case_sensitive_; }
  int newest() const { return newest_; }
  // Whether so much has changed that a copy of what is left pays.
  bool is_long() const { return later_.size() > base_.size() + 64; }

  std::vector<const ScopeColumn*> Named(const std::string& name, int version) {
    Index();
    std::vector<const Entry*> entries;
    auto found = by_name_.find(FoldCase(name, case_sensitive_));
    if (found == by_name_.end()) return {};
    for (const Entry* entry : found->second) {
      if (entry->In(version)) entries.push_back(entry);
    }
    return InOrder(std::move(entries));
  }

  const ScopeColumn* Find(plan::ColumnId id, int version) {
    Index();
    auto found = by_id_.find(id);
    if (found == by_id_.end() || !found->second->In(version)) return nullptr;
    return found->second->column;
  }

  std::vector<const ScopeColumn*> All(int version) {
    Index();
    std::vector<const Entry*> entries;
    for (const Entry& entry : entries_) {
      if (entry.In(version)) entries.push_back(&entry);
    }
    return InOrder(std::move(entries));
  }

  // The number of columns that the changes add, less those that they take away.
  int64_t Extend(const ColumnChanges& changes) {
    Index();
    int64_t growth = 0;
    ++newest_;
    for (auto& [id, column] : changes.replaced) {
      auto found = by_id_.find(id);
      if (found == by_id_.end() || !found->second->In(newest_)) continue;
      found->second->last = newest_ - 1;
      size_t place = found->second->place;
      if (column) {
        AddLater(*column, place);
      } else {
        --growth;
      }
    }
    for (const ScopeColumn& column : changes.added) AddLater(column, places_++);
    return growth + static_cast<int64_t>(changes.added.size());
  }

 private:
  static std::vector<const ScopeColumn*> InOrder(std::vector<const Entry*> entries) {
    std::sort(entries.begin(), entries.end(),
              [](const Entry* a, const Entry* b) { return a->place < b->place; });
    std::vector<const ScopeColumn*> columns;
    columns.reserve(entries.size());
    for (const Entry* entry : entries) columns.push_back(entry->column);
    return columns;
  }

  void Index() {
    if (indexed_) return;
    indexed_ = true;
    by_name_.reserve(base_.size());
    by_id_.reserve(base_.size());
    for (size_t i = 0; i < base_.size(); ++i) Add(&base_[i], i);
  }

  void AddLater(const ScopeColumn& column, size_t place) {
    later_.push_back(column);
    Add(&later_.back(), place);
  }

  void Add(const ScopeColumn* column, size_t place) {
    entries_.push_back({column, place, newest_});
    by_name_[FoldCase(column->column.name, case_sensitive_)].push_back(&entries_.back());
    auto [slot, is_new] = by_id_.emplace(column->column.id, &entries_.back());
    if (!is_new && !slot->second->In(newest_)) slot->second = &entries_.back();
  }

  const ScopeColumns base_;
  const bool case_sensitive_;
  size_t places_;
  int newest_ = 0;
  bool indexed_ = false;
  std::deque<ScopeColumn> later_;
  std::deque<Entry> entries_;
  std::unordered_map<std::string, std::vector<Entry*>> by_name_;
  std::unordered_map<plan::ColumnId, Entry*> by_id_;
};

ColumnListPtr ColumnList::Make(ScopeColumns columns, bool case_sensitive) {
  size_t size = columns.size();
  auto history = std::make_shared<History>(std::move(columns), case_sensitive);
  return ColumnListPtr(new ColumnList(std::move(history), 0, size));
}

const ScopeColumns& ColumnList::all() const {
  if (version_ == 0) return history_->base();
  if (!all_) {
    all_.emplace();
    all_->reserve(size_);
    for (const ScopeColumn* column : history_->All(version_)) all_->push_back(*column);
  }
  return *all_;
}

std::vector<const ScopeColumn*> ColumnList::Named(const std::string& name) const {
  return history_->Named(name, version_);
}

const ScopeColumn* ColumnList::Find(plan::ColumnId id) const {
  return history_->Find(id, version_);
}

ColumnListPtr ColumnList::With(const ColumnChanges& changes) const {
  if (version_ != history_->newest() || history_->is_long()) {
    return Make(all(), history_->case_sensitive())->With(changes);
  }
  int64_t growth = history_->Extend(changes);
  return ColumnListPtr(new ColumnList(history_, history_->newest(), size_ + growth));
}

}  // namespace pyrite::analyzer
