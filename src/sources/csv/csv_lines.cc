#include "sources/csv/csv_lines.h"

#include <algorithm>

namespace pyrite::sources {
namespace {

// Records whose fields stay in the processor's cache until they are used.
constexpr size_t kMostRecords = 256;

}  // namespace

bool CsvLines::Next(size_t most, size_t wanted) {
  is_malformed_ = false;
  return NextBlock(std::min(most, kMostRecords), wanted) || NextLine(wanted);
}

bool CsvLines::NextBlock(size_t most, size_t wanted) {
  while (block_.Cuts() && !at_odd_) {
    std::string_view text = lines_.WholeLines();
    if (text.empty()) return false;
    int64_t begin = lines_.position();
    auto cut = block_.CutLines(text, lines_.bytes_left(), most, wanted);
    lines_.Skip(cut.consumed);
    at_odd_ = cut.at_odd;
    for (CsvRecord& record : block_.records()) record.end += static_cast<size_t>(begin);
    fields_ = block_.fields();
    if (!block_.records().empty()) return true;
  }
  return false;
}

bool CsvLines::NextLine(size_t wanted) {
  at_odd_ = false;
  std::string_view line;
  do {
    if (!lines_.Next(line)) return false;
  } while (IsSkippedLine(line, csv_.dialect));
  is_malformed_ = !tokenizer_.ParseLine(line, wanted);
  fields_ = tokenizer_.fields().data();
  block_.records() = {
      {line, 0, tokenizer_.fields().size(), static_cast<size_t>(lines_.position())}};
  return true;
}

}  // namespace pyrite::sources
