// Rows that are computed once, at their first use, and kept for as long as anybody refers to them:
// what cache() and checkpoint() ask for.
//
//   auto rows = std::make_shared<plan::StoredRows>(source);
//   plan = plan::MakeRelation(plan::StoredScan{rows}, columns);
//   rows->Fill(compute, check);   // before the plan runs
//
// Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "plan/relation.h"

namespace pyrite::plan {

class StoredRows {
 public:
  // The rows in an engine's own form.
  class Kept {
   public:
    virtual ~Kept() = default;
    virtual int64_t rows() const = 0;
  };
  using KeptPtr = std::shared_ptr<const Kept>;

  // `may_be_made_again`: rows that are lost with a machine come from the source again, as they may
  // for cache(); those of checkpoint() may not.
  explicit StoredRows(RelationPtr source, bool may_be_made_again = false)
      : may_be_made_again_(may_be_made_again), source_(std::move(source)) {}

  bool may_be_made_again() const { return may_be_made_again_; }

  // Computes the rows unless they are there. While another thread does, waits for it, calling
  // `check` now and then: what it raises ends the wait.
  void Fill(const std::function<KeptPtr(const RelationPtr&)>& compute,
            const std::function<void()>& check);
  // Computes them from this instead, unless they are there.
  void Renew(RelationPtr source);
  // nullptr until they are computed.
  KeptPtr kept() const;
  // What computes them; nullptr once they are there.
  RelationPtr source() const;

 private:
  const bool may_be_made_again_;
  std::timed_mutex filling_;
  mutable std::mutex mutex_;  // guards the two below
  RelationPtr source_;
  KeptPtr kept_;
};

}  // namespace pyrite::plan
