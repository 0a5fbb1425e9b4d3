// Which of a table's files are read: the options pathGlobFilter, modifiedBefore, modifiedAfter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/configuration.h"
#include "sources/listing.h"
#include "sources/options.h"

namespace pyrite::sources {

class FileFilter {
 public:
  static FileFilter Make(const Options& options, const Configuration& configuration);

  bool Accepts(const ListedFile& file) const;

 private:
  std::vector<std::string> name_patterns_;  // any of them; empty: all names
  std::optional<int64_t> modified_before_;  // microseconds since the epoch
  std::optional<int64_t> modified_after_;
};

}  // namespace pyrite::sources
