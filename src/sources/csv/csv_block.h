// Many lines of CSV at a time, cut into fields where they are plain.
//
//   CsvBlock block(dialect);
//   if (block.Cuts()) {
//     CsvBlock::Cut cut = block.CutLines(text, text.size(), 128);
//     for (const CsvRecord& record : block.records()) use(block.fields() + record.first,
//     record.count);
//   }
//
// Plain are lines whose quotes, if any, stand around whole fields and have nothing odd between
// them: most lines of most files. The others are CsvTokenizer's. Fields are views of the text.
// Belongs to one thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sources/csv/csv_dialect.h"

namespace pyrite::sources {

struct CsvRecord {
  std::string_view line;
  size_t first = 0;  // its first field among those of all records
  size_t count = 0;  // of its fields
  size_t end = 0;    // where the next line begins, in the text
};

class CsvBlock {
 public:
  explicit CsvBlock(const CsvDialect& dialect);

  // Whether lines of the dialect can be cut so at all.
  bool Cuts() const { return cuts_; }

  struct Cut {
    size_t consumed = 0;  // bytes, of whole lines
    bool at_odd = false;  // the line behind them is not plain
  };
  // The records at the start of `text`, which has whole lines, ended by \n, \r or \r\n: of lines
  // that begin before `limit`, and at most so many. Blank lines and comments are left out. Fields
  // behind the first `wanted` of a record may be left out too.
  Cut CutLines(std::string_view text, size_t limit, size_t most, size_t wanted = SIZE_MAX);

  std::vector<CsvRecord>& records() { return records_; }
  const std::string_view* fields() const { return fields_.data(); }

 private:
  class Scan;

  CsvDialect dialect_;
  bool cuts_;
  std::vector<CsvRecord> records_;
  std::vector<std::string_view> fields_;
};

}  // namespace pyrite::sources
