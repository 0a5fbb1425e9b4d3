// Readers of files that are cut by bytes: rows into vectors.
#pragma once

#include <memory>
#include <vector>

#include "duckdb.hpp"
#include "plan/relation.h"
#include "sources/text/line_reader.h"

namespace pyrite::lower {

// Reads a part of a file. Belongs to one thread.
class RowReader {
 public:
  virtual ~RowReader() = default;
  // Fills `columns` from row 0 on, with as many rows as a chunk has at the most; 0: the end.
  virtual duckdb::idx_t Read(const std::vector<duckdb::Vector*>& columns) = 0;
};

// What the readers of a scan share; safe to share between threads.
class RowFormat {
 public:
  virtual ~RowFormat() = default;
  virtual std::unique_ptr<RowReader> Open(duckdb::ClientContext& context,
                                          const sources::FilePart& part,
                                          const plan::ScanFile& file) const = 0;
  // Whether a file is one part, whatever its size.
  virtual bool whole_files() const = 0;
  virtual sources::LineFormat lines() const = 0;
};

// `columns`: the indexes of the scan's file columns that are read, in the order of Read's vectors.
using MakeRowFormat = std::unique_ptr<RowFormat> (*)(const plan::Relation& scan,
                                                     const std::vector<size_t>& columns);
std::unique_ptr<RowFormat> MakeCsvFormat(const plan::Relation& scan,
                                         const std::vector<size_t>& columns);
std::unique_ptr<RowFormat> MakeJsonFormat(const plan::Relation& scan,
                                          const std::vector<size_t>& columns);
std::unique_ptr<RowFormat> MakeTextFormat(const plan::Relation& scan,
                                          const std::vector<size_t>& columns);
std::unique_ptr<RowFormat> MakeBinaryFileFormat(const plan::Relation& scan,
                                                const std::vector<size_t>& columns);
std::unique_ptr<RowFormat> MakeOrcFormat(const plan::Relation& scan,
                                         const std::vector<size_t>& columns);
// nullptr: not a format that is read row by row.
MakeRowFormat FindRowFormat(const std::string& format);

}  // namespace pyrite::lower
