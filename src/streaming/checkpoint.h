// The checkpoint of a query: its id, for each batch how far the sources were to be read, noted
// before the batch runs, and a mark once it is done. Laid out as Spark's:
//
//   FOLDER/metadata    {"id":"..."}
//   FOLDER/offsets/7   v1, a line of settings, an offset a line; "-" for none
//   FOLDER/commits/7
//   FOLDER/sources/0/  what the first source keeps for itself
//   FOLDER/state/7     groups of an aggregate, in Arrow: not Spark's form
//
// Without a folder it lasts as long as the run. Belongs to the query's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "streaming/batch_log.h"

namespace pyrite::streaming {

using Offset = std::optional<std::string>;  // JSON; none: from the beginning
using Offsets = std::vector<Offset>;        // one for each source

class Checkpoint {
 public:
  explicit Checkpoint(std::string folder);

  const std::string& query_id() const { return query_id_; }
  const std::string& folder() const { return folder_; }
  // For a source's own log; empty without a folder.
  std::string SourceFolder(size_t source) const;
  // For what is kept of the rows of earlier batches.
  std::string StateFolder() const;

  std::optional<int64_t> LastBatch() const { return offsets_.Last(); }
  bool IsCommitted(int64_t batch) const { return commits_.Find(batch).has_value(); }
  // Raises STREAMING_CHECKPOINT.PYRITE when the text is not to be understood.
  Offsets OffsetsOf(int64_t batch) const;
  // Raise CONCURRENT_STREAM_LOG_UPDATE when another run has the batch.
  void Begin(int64_t batch, const Offsets& offsets);
  void Commit(int64_t batch);

 private:
  std::string folder_;
  std::string query_id_;
  BatchLog offsets_;
  BatchLog commits_;
};

}  // namespace pyrite::streaming
