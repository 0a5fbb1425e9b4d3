// The files that a write has made, before they count.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace pyrite::engine {

// What one task of a write has made, or a write that is not cut.
struct WrittenFiles {
  std::string folder;
  std::vector<std::string> files;  // below it, sorted
  int64_t rows = 0;
};

// A query whose rows go to files: the first Next() makes them, and gives no rows.
class FilesRun : public QueryRun {
 public:
  // By task, once Next() has returned.
  virtual std::vector<WrittenFiles> written() const = 0;
};

// Has the request's rows written below `folder` by this process.
std::unique_ptr<FilesRun> MakeFilesRun(Database& database, WriteRequest request,
                                       const std::string& folder, const QueryOptions& options);

// Paths from there, in their order, with numbers in them by what they say.
std::vector<std::string> FilesBelow(const std::filesystem::path& folder);

int64_t RowsOf(const std::vector<WrittenFiles>& written);

// Moves the files below `root`, under the names that Spark gives to files and folders. Of tasks
// without rows at most one leaves a file: when no other does, for the schema.
void PlaceFiles(const std::vector<WrittenFiles>& written, const std::filesystem::path& root,
                const std::string& suffix);

}  // namespace pyrite::engine
