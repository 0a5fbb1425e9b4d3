// Files cut into parts that are read side by side.
#pragma once

#include <cstddef>
#include <vector>

#include "plan/relation.h"
#include "sources/text/line_reader.h"

namespace pyrite::sources {

struct NumberedPart {
  FilePart part;
  size_t file = 0;  // its index
};

inline constexpr int64_t kPartSize = 8 << 20;

// In the order of the files. `whole`: a file is one part whatever its size.
std::vector<NumberedPart> CutFiles(const std::vector<plan::ScanFile>& files,
                                   const LineFormat& format, bool whole,
                                   int64_t part_size = kPartSize);

}  // namespace pyrite::sources
