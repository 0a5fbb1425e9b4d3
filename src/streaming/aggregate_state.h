// The one aggregate of a query over a stream, over all of its batches so far: what is known of each
// group is kept, merged with what a batch adds, and finished into the aggregate's own columns.
//
//   count(a), avg(b)      kept: count(a), sum(b), count(b); finished: count, sum / count
//
// The groups lie in memory, and in the checkpoint as Arrow. Belongs to the query's thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "functions/registry.h"
#include "session/session.h"
#include "streaming/batch_log.h"

namespace pyrite::streaming {

class AggregateState {
 public:
  // Raises UNSUPPORTED_FEATURE for aggregates of which no part can be kept.
  static void Check(const plan::Aggregate& aggregate);

  AggregateState(std::shared_ptr<session::Session> session, const std::string& folder);

  // As it was after that batch.
  void Load(int64_t batch);
  // Takes the rows of a batch: `aggregate` is the plan's Aggregate over them. Gives its rows over
  // all batches, or of those groups alone that the batch has changed.
  plan::RelationPtr Take(int64_t batch, const plan::Relation& aggregate, bool only_changed);
  int64_t groups() const;

 private:
  plan::RelationPtr Merged(const plan::RelationPtr& partial);
  void Save(int64_t batch);

  const std::shared_ptr<session::Session> session_;
  const functions::CallContext context_;
  BatchLog log_;
  const bool saves_;
  std::shared_ptr<arrow::Table> table_;  // null before the first batch
};

}  // namespace pyrite::streaming
