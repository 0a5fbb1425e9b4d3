#include "sources/text/file_parts.h"

#include <cstdint>
#include <limits>

namespace pyrite::sources {

std::vector<NumberedPart> CutFiles(const std::vector<plan::ScanFile>& files,
                                   const LineFormat& format, bool whole, int64_t part_size) {
  std::vector<NumberedPart> parts;
  for (size_t i = 0; i < files.size(); ++i) {
    const plan::ScanFile& file = files[i];
    if (whole || !IsSplittable(file.path, format)) {
      parts.push_back({{file.path, 0, std::numeric_limits<int64_t>::max()}, i});
      continue;
    }
    for (int64_t begin = 0; begin < file.size; begin += part_size) {
      int64_t end = begin + part_size;
      if (end >= file.size) end = std::numeric_limits<int64_t>::max();
      parts.push_back({{file.path, begin, end}, i});
    }
  }
  return parts;
}

}  // namespace pyrite::sources
