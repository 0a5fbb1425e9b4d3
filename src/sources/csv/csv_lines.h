// The records of a part of a CSV file in which each line is one, many at a time.
//
//   CsvLines lines(part, csv);
//   while (lines.Next(2048)) {
//     for (const CsvRecord& record : lines.records()) use(lines.fields() + record.first,
//     record.count);
//   }
//
// Blank lines and comments are left out. Belongs to one thread.
#pragma once

#include "sources/csv/csv_block.h"
#include "sources/csv/csv_options.h"
#include "sources/csv/csv_tokenizer.h"
#include "sources/text/line_reader.h"

namespace pyrite::sources {

class CsvLines {
 public:
  CsvLines(const FilePart& part, const CsvOptions& csv)
      : tokenizer_(csv.dialect), block_(csv.dialect), lines_(part, csv.text.lines), csv_(csv) {}

  // The next records, one to `most` of them; false: the end. Fields behind the first `wanted` of a
  // record may be left out. What there is holds until the next call.
  bool Next(size_t most, size_t wanted = SIZE_MAX);

  std::vector<CsvRecord>& records() { return block_.records(); }
  const std::string_view* fields() const { return fields_; }
  // The only record could not be cut: by its number of columns, or not.
  bool is_malformed() const { return is_malformed_; }
  bool is_too_wide() const { return tokenizer_.too_wide(); }

 private:
  bool NextBlock(size_t most, size_t wanted);
  bool NextLine(size_t wanted);

  CsvTokenizer tokenizer_;
  CsvBlock block_;
  LineReader lines_;
  const CsvOptions& csv_;
  const std::string_view* fields_ = nullptr;
  bool at_odd_ = false;  // the next line is not for a block
  bool is_malformed_ = false;
};

}  // namespace pyrite::sources
