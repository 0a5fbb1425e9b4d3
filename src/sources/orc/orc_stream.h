// The rows of ORC files, stripe by stripe.
//
//   sources::OrcColumns columns = sources::OpenOrc(paths, {"a", "b"}, case_sensitive);
//   auto rows = columns.Read();
//
// Timestamps come in microseconds, those of Spark's type TIMESTAMP in UTC; other columns in the
// types of the first file, whose types all files must have. A stream belongs to one thread. Raises
// FAILED_READ_FILE.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/types.h"

namespace arrow {
class RecordBatchReader;
class Schema;
}  // namespace arrow

namespace pyrite::sources {

// The columns of a file. Raises CANNOT_READ_FILE_FOOTER.
Schema ReadOrcSchema(const std::string& path);

struct OrcColumns {
  std::vector<std::string> paths;
  // For each column asked for its place in `schema`; nullopt: the files do not have it.
  std::vector<std::optional<size_t>> places;
  std::shared_ptr<arrow::Schema> schema;

  std::shared_ptr<arrow::RecordBatchReader> Read() const;
};

OrcColumns OpenOrc(const std::vector<std::string>& paths, const std::vector<std::string>& names,
                   bool case_sensitive);

}  // namespace pyrite::sources
