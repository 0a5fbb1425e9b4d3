// Records of CSV text, cut as Spark's parser cuts them, malformed quotes included.
//
//   CsvTokenizer tokenizer(dialect);
//   if (tokenizer.ParseLine(line)) use(tokenizer.fields());
//
// Fields are views of the text or of the tokenizer, valid until the next call. A tokenizer belongs
// to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sources/csv/csv_dialect.h"

namespace pyrite::sources {

class CsvTokenizer {
 public:
  explicit CsvTokenizer(const CsvDialect& dialect);

  // A text of one record. False: too many columns, too long a value, or an unescaped quote that the
  // dialect refuses; what stands behind the first `wanted` fields may go unseen.
  bool ParseLine(std::string_view line, size_t wanted = SIZE_MAX);

  enum class Outcome : uint8_t { kRecord, kNothing, kNeedsMore, kMalformed };
  // The record at the start of `text`, whose lines end as `newline` says ("\n", "\r", "\r\n");
  // empty lines and comments before it are skipped. `consumed` is where the next one starts.
  // kNeedsMore: the record may go on beyond the text, which is not `whole`.
  Outcome ParseRecord(std::string_view text, std::string_view newline, bool whole,
                      size_t& consumed);

  const std::vector<std::string_view>& fields() const { return fields_; }
  // Why the last record was malformed: by its number of columns, or not.
  bool too_wide() const { return too_wide_; }

 private:
  static constexpr int kNone = 0;  // no character

  int quote() const { return static_cast<unsigned char>(dialect_.quote); }
  int escape() const { return static_cast<unsigned char>(dialect_.escape); }
  int escape_of_escape() const { return static_cast<unsigned char>(dialect_.escape_of_escape); }

  // Each returns false at the end of the text.
  bool ReadRecord();
  bool ReadQuoted();
  bool ReadQuotedBody();
  bool ReadAfterClosingQuote();
  bool ReadUnquoted();
  template <typename Stops>
  bool AppendUntil(Stops stops);
  bool QuoteOrEscape();
  bool UnescapedQuote();
  bool UnescapedQuoteInValue();
  bool SkipValue();

  const char* SimpleQuoteEnd(const char* open, const char* end) const;
  bool SplitSimple(std::string_view line, size_t wanted);
  bool TrySimpleQuoted(std::string_view& value);
  bool Next();
  bool AtDelimiter() const;
  bool SkipDelimiter();
  static bool IsSpace(int c) { return c <= ' '; }
  bool EndsValue() const { return ch_ == '\n' || AtDelimiter(); }
  bool SkipLeadingSpace();
  void AtEndOfText();
  void EmptyParsed();
  void ValueParsed();
  void AddField(std::string_view value) {
    bool fits = dialect_.max_chars_per_column < 0 ||
                static_cast<int64_t>(value.size()) <= dialect_.max_chars_per_column;
    if (fits && !malformed_ && fields_.size() < dialect_.max_columns) {
      fields_.push_back(value);
    } else {
      malformed_ = true;
      too_wide_ = too_wide_ || fields_.size() >= dialect_.max_columns;
    }
  }

  CsvDialect dialect_;
  std::vector<std::string_view> fields_;
  std::string scratch_;                         // decoded values of the record
  std::vector<std::pair<size_t, size_t>> own_;  // field, and its place in the scratch

  const char* at_ = nullptr;  // after ch_
  const char* end_ = nullptr;
  std::string_view newline_ = "\n";
  int ch_ = kNone;
  int prev_ = kNone;
  std::string value_;
  bool unescaped_ = false;
  bool trim_ = false;
  bool malformed_ = false;
  bool too_wide_ = false;
  bool ended_ = false;  // the record reached the end of the text
};

}  // namespace pyrite::sources
