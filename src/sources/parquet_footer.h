// Reading of Parquet footers. libparquet does it: it loads in 2 ms once libarrow is there, so it is
// linked rather than opened on demand.
#pragma once

#include <memory>
#include <string>

namespace parquet {
class FileMetaData;
}

namespace pyrite::sources {

// Raises FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER for what is not a Parquet file.
std::shared_ptr<parquet::FileMetaData> ReadFooter(const std::string& path);

}  // namespace pyrite::sources
