// Schema inference over all parts of text files.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "sources/parallel.h"
#include "sources/text/file_parts.h"

namespace pyrite::sources {

// The inferences of all parts, merged. Each part has its own, of `make()`, which `read(part,
// inference)` feeds; parts are read in parallel.
template <typename Make, typename Read>
auto InferFromParts(const std::vector<NumberedPart>& parts, const Make& make, const Read& read) {
  auto whole = make();
  std::mutex mutex;
  ForEachInParallel(parts.size(), [&](size_t i) {
    auto inference = make();
    read(parts[i].part, inference);
    std::lock_guard lock(mutex);
    whole.Merge(std::move(inference));
  });
  return whole;
}

}  // namespace pyrite::sources
