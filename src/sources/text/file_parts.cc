#include "sources/text/file_parts.h"

#include <cstdint>
#include <limits>

namespace pyrite::sources {

std::vector<NumberedPart> CutFiles(const std::vector<plan::ScanFile>& files,
                                   const LineFormat& format, bool whole) {
  constexpr int64_t kPartSize = 8 << 20;
  std::vector<NumberedPart> parts;
  for (size_t i = 0; i < files.size(); ++i) {
    const plan::ScanFile& file = files[i];
    if (whole || !IsSplittable(file.path, format)) {
      parts.push_back({{file.path, 0, std::numeric_limits<int64_t>::max()}, i});
      continue;
    }
    for (int64_t begin = 0; begin < file.size; begin += kPartSize) {
      int64_t end = begin + kPartSize;
      if (end >= file.size) end = std::numeric_limits<int64_t>::max();
      parts.push_back({{file.path, begin, end}, i});
    }
  }
  return parts;
}

}  // namespace pyrite::sources
