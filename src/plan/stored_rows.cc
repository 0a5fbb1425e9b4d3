#include "plan/stored_rows.h"

#include <chrono>

namespace pyrite::plan {

void StoredRows::Fill(const std::function<KeptPtr(const RelationPtr&)>& compute,
                      const std::function<void()>& check) {
  if (kept() != nullptr) return;
  std::unique_lock filling(filling_, std::defer_lock);
  while (!filling.try_lock_for(std::chrono::milliseconds(50))) check();
  if (kept() != nullptr) return;
  KeptPtr computed = compute(source());
  std::lock_guard lock(mutex_);
  kept_ = std::move(computed);
  source_ = nullptr;
}

void StoredRows::Renew(RelationPtr source) {
  std::lock_guard lock(mutex_);
  if (kept_ == nullptr) source_ = std::move(source);
}

StoredRows::KeptPtr StoredRows::kept() const {
  std::lock_guard lock(mutex_);
  return kept_;
}

RelationPtr StoredRows::source() const {
  std::lock_guard lock(mutex_);
  return source_;
}

}  // namespace pyrite::plan
