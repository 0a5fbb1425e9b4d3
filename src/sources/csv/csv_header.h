// The first record of CSV files: names of columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/types.h"
#include "sources/csv/csv_options.h"
#include "sources/csv/csv_tokenizer.h"
#include "sources/text/line_reader.h"

namespace pyrite::sources {

// Columns' names out of the first record: its values, or _c0, _c1, ... without a header. Repeated
// names get their places as suffixes.
std::vector<std::string> HeaderNames(const std::vector<std::string_view>& record,
                                     const CsvOptions& csv, bool case_sensitive);

// A header that does not fit the user's schema, where the option enforceSchema is false. Raises
// FAILED_READ_FILE.
void CheckHeader(const std::vector<std::string_view>& header, const std::vector<std::string>& names,
                 const std::string& path, bool case_sensitive);

// Records of a file whose values may span lines. Memory is bounded by the longest record.
class CsvRecordReader {
 public:
  CsvRecordReader(const std::string& path, const CsvOptions& csv);

  // False: the end. A malformed record has its fields left out.
  bool Next(bool& malformed);
  const std::vector<std::string_view>& fields() const { return tokenizer_.fields(); }
  std::string_view text() const { return text_; }  // of the record
  bool too_wide() const { return tokenizer_.too_wide(); }

 private:
  bool Refill();
  void DetectNewline();

  CsvTokenizer tokenizer_;
  std::unique_ptr<ByteSource> bytes_;
  std::string newline_;
  std::string buffer_;
  std::string partial_;  // of a character that the next bytes complete
  std::string_view text_;
  size_t at_ = 0;
  bool at_end_ = false;
};

}  // namespace pyrite::sources
