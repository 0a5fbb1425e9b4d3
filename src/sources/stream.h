// What spark.readStream means: a relation whose rows come as time goes by.
//
//   plan::RelationPtr scan = sources::ResolveStream({.format = "rate"}, configuration);
//
// Thread-safe. Raises what Resolve does, and the conditions of the sources' own options.
#pragma once

#include "sources/source.h"

namespace pyrite::sources {

// A scan as plan/stream_scan.h has it, with columns of new ids.
plan::RelationPtr ResolveStream(const ReadRequest& request, const Configuration& configuration);

// The scan of some of a stream's files, with the columns of `stream`.
plan::RelationPtr ResolveStreamFiles(const plan::Relation& stream,
                                     const std::vector<std::string>& files,
                                     const Configuration& configuration);

// Options of the sources rate and rate-micro-batch, checked.
struct RateOptions {
  int64_t rows = 1;  // in a second, or in a batch
  int64_t ramp_up_seconds = 0;
  int64_t start_millis = 0;  // rate-micro-batch: of the first batch
  int64_t advance_millis = 1000;
};
RateOptions ReadRateOptions(const std::string& format, const plan::Options& options);

}  // namespace pyrite::sources
