// Where a query's rows come from, batch by batch. An offset is JSON that says how far a source has
// been read; the same two offsets give the same rows, in a later run too.
// Belongs to the query's thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "session/session.h"
#include "streaming/checkpoint.h"

namespace pyrite::streaming {

// How much of what is there a batch takes.
enum class Portion : uint8_t { kAsSource, kAll };

class Source {
 public:
  virtual ~Source() = default;
  virtual std::string description() const = 0;
  // How far the next batch reads, from `start`; `start` itself when nothing has come.
  virtual Offset Next(const Offset& start, Portion portion) = 0;
  // The rows between the two, with the columns of `scan`.
  struct Batch {
    plan::RelationPtr rows;
    std::optional<int64_t> count;  // none: to be counted
  };
  virtual Batch Between(const Offset& start, const Offset& end, const plan::Relation& scan) = 0;
  // From now on only what is there now is read: trigger(availableNow=True).
  virtual void Freeze() = 0;
};

// `scan` is a stream (plan/stream_scan.h); `log_folder` is for the source alone, empty for none.
std::unique_ptr<Source> MakeSource(const plan::RelationPtr& scan, const std::string& log_folder,
                                   const Configuration& configuration);

std::unique_ptr<Source> MakeRateSource(const plan::FileScan& scan, const std::string& log_folder);
std::unique_ptr<Source> MakeFileSource(const plan::RelationPtr& scan, const std::string& log_folder,
                                       const Configuration& configuration);

}  // namespace pyrite::streaming
