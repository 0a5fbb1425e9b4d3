// What every file format shares: the table that some paths make, whatever stands in its files.
#pragma once

#include <string>
#include <vector>

#include "base/configuration.h"
#include "sources/listing.h"
#include "sources/partitions.h"
#include "sources/source.h"

namespace pyrite::sources {

struct FileTable {
  std::vector<std::string> root_paths;
  // The files to infer a schema from, summary and empty files among them, sorted by path.
  std::vector<ListedFile> all_files;
  std::vector<plan::ScanFile> data_files;  // what is read
  Schema partition_columns;
  // The column names in the files, by ScanFile::layout; empty: as the schema says.
  std::vector<std::vector<std::string>> layouts;
};

// The option that files which cannot be read are left out, or the configuration's word on it.
bool IgnoresCorruptFiles(const ReadRequest& request, const Configuration& configuration);

FileTable OpenFileTable(const ReadRequest& request, const Configuration& configuration);

// The scan of `table` whose files have `file_schema`. A partition column that the files have as
// well keeps the place of the files' column and takes the partition's value; one that stands in the
// user's schema moves to the end.
plan::RelationPtr MakeFileScan(const ReadRequest& request, FileTable table,
                               const Schema& file_schema, const Configuration& configuration);

}  // namespace pyrite::sources
