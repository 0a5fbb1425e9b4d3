// Rows that stay with the workers whose tasks made them: cache() of what is worth cutting. Those of
// a worker that is lost are made again from the stages they came from.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "cluster/cluster.h"
#include "cluster/staged_query.h"
#include "engine/engine.h"
#include "stages/kept_source.h"

namespace pyrite::cluster {

class KeptRows : public stages::KeptSource {
 public:
  // Where they can come from when workers are lost.
  struct Source {
    StagedQuery query;                                           // whose last stage made them
    std::function<StagedQuery()> again;                          // the same, planned anew
    std::function<plan::StoredRows::KeptPtr()> without_workers;  // empty: not allowed
  };
  // `cluster` lives as long as they do.
  KeptRows(std::vector<stages::KeptOutput> outputs, Source source,
           const engine::QueryOptions& options, const Cluster& cluster);
  ~KeptRows() override;

  std::vector<stages::KeptOutput> outputs() const override;
  void Restore(const std::function<bool()>& is_cancelled) const override;
  std::shared_ptr<arrow::RecordBatchReader> Open(
      const std::shared_ptr<arrow::Schema>& schema) const override;
  plan::StoredRows::KeptPtr Here() const override;

 private:
  // By output.
  std::vector<bool> FindLost(const std::vector<stages::KeptOutput>& outputs) const;
  void MakeAgain(std::vector<stages::KeptOutput> outputs, const std::vector<bool>& lost,
                 const std::function<bool()>& is_cancelled) const;

  const engine::QueryOptions options_;
  const Cluster cluster_;
  mutable std::timed_mutex restoring_;  // guards the two below
  mutable Source source_;
  mutable plan::StoredRows::KeptPtr here_;
  mutable std::mutex mutex_;  // guards the rest
  mutable std::vector<stages::KeptOutput> outputs_;
  mutable std::vector<std::shared_ptr<const std::string>> names_;  // of the queries that made them
};

}  // namespace pyrite::cluster
