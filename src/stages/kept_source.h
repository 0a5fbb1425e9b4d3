// Where rows are that the tasks of an earlier query have made and that their workers keep: cache().
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "exchange/peers.h"
#include "plan/stored_rows.h"

namespace arrow {
class RecordBatchReader;
class Schema;
}  // namespace arrow

namespace pyrite::stages {

class Fragment;

struct KeptOutput {
  exchange::OutputLocation place;
  int64_t rows = 0;
  int64_t bytes = 0;
};

// Thread-safe.
class KeptSource {
 public:
  virtual ~KeptSource() = default;
  // In the order of the rows.
  virtual std::vector<KeptOutput> outputs() const = 0;
  // Makes those again that are lost, before a query reads them. Raises OPERATION_CANCELED soon
  // after that query is.
  virtual void Restore(const std::function<bool()>& is_cancelled) const = 0;
  // All rows.
  virtual std::shared_ptr<arrow::RecordBatchReader> Open(
      const std::shared_ptr<arrow::Schema>& schema) const = 0;
  // The rows in this process, when no worker is there; null: they are read from where they are.
  virtual plan::StoredRows::KeptPtr Here() const = 0;
};

// The rows as a part of later plans. `made_by`: what gave them.
plan::StoredRows::KeptPtr MakeKeptRows(std::shared_ptr<const KeptSource> source,
                                       const Fragment& made_by);

}  // namespace pyrite::stages
