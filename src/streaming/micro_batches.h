// A query's batches, one after the other: which rows are in the next one, their way to the sink,
// and the notes about both. Belongs to the query's thread, but for Interrupt.
#pragma once

#include <memory>
#include <vector>

#include "session/session.h"
#include "streaming/aggregate_state.h"
#include "streaming/checkpoint.h"
#include "streaming/progress.h"
#include "streaming/sink.h"
#include "streaming/source.h"

namespace pyrite::streaming {

class MicroBatches {
 public:
  // Goes on where the checkpoint says. `session` is the query's own.
  MicroBatches(spec::RelationPtr input, OutputMode mode, std::shared_ptr<session::Session> session,
               Configuration configuration, Checkpoint checkpoint, std::shared_ptr<Sink> sink);

  // False when no rows have come. Fills in the progress but for times.
  bool RunNext(Portion portion, Progress* progress);
  // Whether the next batch is one that an earlier run has begun.
  bool pending() const { return pending_; }
  // From now on only the rows that are there now.
  void Freeze();
  // The plan of the last batch; nullptr before the first.
  plan::RelationPtr last_plan() const { return last_plan_; }

 private:
  void MakeSources();
  void Resume();
  Offsets NextOffsets(Portion portion);
  plan::RelationPtr PlanOf(const Offsets& end, Progress* progress);
  Source::Batch Counted(Source::Batch batch, const std::string& format);

  const spec::RelationPtr input_;
  const OutputMode mode_;
  const std::shared_ptr<session::Session> session_;
  const Configuration configuration_;
  Checkpoint checkpoint_;
  const std::shared_ptr<Sink> sink_;
  std::vector<std::unique_ptr<Source>> sources_;
  AggregateState state_;
  int64_t batch_ = 0;
  bool pending_ = false;
  Offsets committed_;
  plan::RelationPtr last_plan_;
};

}  // namespace pyrite::streaming
