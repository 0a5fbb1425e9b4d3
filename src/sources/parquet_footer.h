// Reading of Parquet footers. libparquet does it: it loads in 2 ms once libarrow is there, so it is
// linked rather than opened on demand.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace parquet {
class FileMetaData;
}

namespace pyrite::sources {

// Raises FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER for what is not a Parquet file.
std::shared_ptr<parquet::FileMetaData> ReadFooter(const std::string& path);

// The columns of a file: their names, and as text all that their reading depends on.
struct ParquetLayout {
  std::string text;
  std::vector<std::string> columns;
};

// Remembered for files that have not changed since, so that analyzing a query of many files again
// does not open them. Raises as ReadFooter. Thread-safe.
std::shared_ptr<const ParquetLayout> ReadLayout(const std::string& path, int64_t size,
                                                int64_t modification_time);

}  // namespace pyrite::sources
