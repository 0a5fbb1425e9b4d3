// The rows of ORC files.
//
//   sources::OrcRows rows({.path = path, .begin = 0, .end = size}, {"a", "b"});
//   while (auto batch = rows.Next()) ...
//
// A part has the stripes that begin in it. Timestamps come in microseconds, those of Spark's type
// TIMESTAMP in UTC; other columns in the file's own types. Belongs to one thread. Raises
// CANNOT_READ_FILE_FOOTER, FAILED_READ_FILE.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/types.h"
#include "sources/text/line_reader.h"

namespace arrow {
class RecordBatch;
class RecordBatchReader;
class Schema;
}  // namespace arrow

namespace arrow::adapters::orc {
class ORCFileReader;
}

namespace pyrite::sources {

// The columns of a file.
Schema ReadOrcSchema(const std::string& path);

class OrcRows {
 public:
  // Of the file's columns those of these names, whatever their case.
  OrcRows(const FilePart& part, const std::vector<std::string>& names);
  ~OrcRows();

  // For each name the column's place in `schema`; nullopt: the file does not have it.
  const std::vector<std::optional<size_t>>& places() const { return places_; }
  const std::shared_ptr<arrow::Schema>& schema() const { return schema_; }
  // Null: the end. Without columns a batch has a number of rows alone.
  std::shared_ptr<arrow::RecordBatch> Next();

 private:
  struct Stripe {
    int64_t first_row = 0;
    int64_t rows = 0;
  };
  void Choose(const arrow::Schema& file, const std::vector<std::string>& names);
  std::shared_ptr<arrow::RecordBatch> Streamed(const arrow::RecordBatch& batch) const;

  const std::string path_;
  const std::unique_ptr<arrow::adapters::orc::ORCFileReader> reader_;
  std::vector<std::optional<size_t>> places_;
  std::vector<int> fields_;  // of the file, in their order
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<Stripe> stripes_;
  size_t next_ = 0;
  std::shared_ptr<arrow::RecordBatchReader> batches_;  // of the stripe at hand
};

}  // namespace pyrite::sources
