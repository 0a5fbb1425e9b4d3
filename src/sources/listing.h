// The files under a table's paths, as Spark's InMemoryFileIndex sees them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pyrite::sources {

struct ListedFile {
  std::string path;               // absolute
  int64_t size = 0;               // bytes
  int64_t modification_time = 0;  // microseconds since the epoch
};

struct Listing {
  std::vector<std::string> roots;  // existing files and folders, in the order given
  // Every folder that directly holds files, at any depth; its files sorted by name. The folder of a
  // root that is a file holds that file (only, unless it is a root itself).
  std::map<std::string, std::vector<ListedFile>> folders;
  std::vector<std::string> file_roots;  // those of `roots` that are files
};

// Local paths of what the user named: globs expanded. Raises PATH_NOT_FOUND (the
// option ignoreMissingFiles is about files that go while a query runs, not about these).
std::vector<std::string> ExpandPaths(const std::vector<std::string>& paths);

// Lists with one stat a file; names that Spark ignores are left out.
Listing ListFiles(std::vector<std::string> roots);

// Whether the name is one of a data file: not a summary file.
bool IsDataName(const std::string& path);

// Whether Spark reads the file as data: not empty either.
bool IsDataFile(const ListedFile& file);

}  // namespace pyrite::sources
