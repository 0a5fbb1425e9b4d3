#include "sources/csv/csv_tokenizer.h"

#include <emmintrin.h>

#include <bit>
#include <cstring>

namespace pyrite::sources {
namespace {

bool IsBlank(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::string_view Trimmed(std::string_view text, bool leading, bool trailing) {
  if (leading) {
    while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  }
  if (trailing) {
    while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  }
  return text;
}

// The first `c` in [begin, end), nullptr when there is none.
const char* Find(const char* begin, const char* end, char c) {
  return static_cast<const char*>(std::memchr(begin, c, static_cast<size_t>(end - begin)));
}

}  // namespace

CsvTokenizer::CsvTokenizer(const CsvDialect& dialect) : dialect_(dialect) {}

void CsvTokenizer::EmptyParsed() { AddField(dialect_.null_value); }

void CsvTokenizer::ValueParsed() {
  std::string_view value = Trimmed(value_, false, trim_);
  if (value.empty()) {
    AddField(dialect_.empty_value);
  } else {
    AddField(value);
    if (!malformed_) {
      own_.emplace_back(fields_.size() - 1, scratch_.size());
      scratch_ += value;
    }
  }
  value_.clear();
}

// A quoted field that begins at `open`, ends at the next quote and has nothing odd in it or behind
// it: where its closing quote is; nullptr for others.
const char* CsvTokenizer::SimpleQuoteEnd(const char* open, const char* end) const {
  const char* close = Find(open + 1, end, dialect_.quote);
  if (close == nullptr) return nullptr;
  if (close + 1 < end && close[1] != dialect_.separator[0]) return nullptr;
  if (close == open + 1 && (close + 1 == end || dialect_.escape == dialect_.quote)) return nullptr;
  if (dialect_.escape == 0 || dialect_.escape == dialect_.quote) return close;
  return Find(open + 1, close, dialect_.escape) == nullptr ? close : nullptr;
}

// The fast way: a line whose quotes are simple. False: it has others, or line ends. Stops once it
// has `wanted` fields.
bool CsvTokenizer::SplitSimple(std::string_view line, size_t wanted) {
  const char* const end = line.data() + line.size();
  const char* field = line.data();
  const char separator = dialect_.separator[0];
  const bool trims = dialect_.trim_leading || dialect_.trim_trailing;
  const auto add = [&](const char* stop) {
    std::string_view value(field, static_cast<size_t>(stop - field));
    if (trims) value = Trimmed(value, dialect_.trim_leading, dialect_.trim_trailing);
    AddField(value.empty() ? std::string_view(dialect_.null_value) : value);
    field = stop + 1;
  };
  const char quote = dialect_.quote != 0 ? dialect_.quote : '\n';
  const __m128i separators = _mm_set1_epi8(separator);
  const __m128i quotes = _mm_set1_epi8(quote);
  const __m128i newlines = _mm_set1_epi8('\n');
  const char* p = field;
  // What stands at a quote: the field behind it, or nothing where it is one of a field's
  // characters.
  enum class AtQuote : uint8_t { kOdd, kInside, kTaken, kLast };
  const auto take_quoted = [&](const char* open) {
    if (dialect_.trim_leading) return AtQuote::kOdd;
    if (open != field) return AtQuote::kInside;
    const char* close = SimpleQuoteEnd(open, end);
    if (close == nullptr) return AtQuote::kOdd;
    std::string_view value(open + 1, static_cast<size_t>(close - open - 1));
    AddField(value.empty() ? std::string_view(dialect_.empty_value) : value);
    if (close + 1 == end) return AtQuote::kLast;
    p = field = close + 2;
    return AtQuote::kTaken;
  };
  while (end - p >= 16) {
    __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(block, newlines)) != 0) return false;
    unsigned at_quotes = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, quotes)));
    unsigned mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, separators)));
    const char* next = p + 16;
    for (mask |= at_quotes; mask != 0; mask &= mask - 1) {
      const char* place = p + std::countr_zero(mask);
      if (*place == separator) {
        add(place);
        if (fields_.size() >= wanted) return true;
        continue;
      }
      AtQuote found = take_quoted(place);
      if (found == AtQuote::kOdd) return false;
      if (found == AtQuote::kLast) return true;
      if (found == AtQuote::kInside) continue;
      if (fields_.size() >= wanted) return true;
      next = p;
      break;
    }
    p = next;
  }
  while (p < end) {
    if (*p == '\n') return false;
    AtQuote found = *p == quote ? take_quoted(p) : AtQuote::kInside;
    if (found == AtQuote::kOdd) return false;
    if (found == AtQuote::kLast) return true;
    if (found == AtQuote::kTaken) continue;
    if (*p == separator) add(p);
    ++p;
  }
  add(end);
  return true;
}

bool CsvTokenizer::ParseLine(std::string_view line, size_t wanted) {
  fields_.clear();
  malformed_ = too_wide_ = false;
  if (dialect_.separator.size() == 1 && SplitSimple(line, wanted)) return !malformed_;
  size_t consumed = 0;
  return ParseRecord(line, "\n", true, consumed) != Outcome::kMalformed;
}

CsvTokenizer::Outcome CsvTokenizer::ParseRecord(std::string_view text, std::string_view newline,
                                                bool whole, size_t& consumed) {
  at_ = text.data();
  end_ = text.data() + text.size();
  newline_ = newline;
  for (;;) {
    fields_.clear();
    scratch_.clear();
    own_.clear();
    value_.clear();
    ch_ = prev_ = kNone;
    unescaped_ = trim_ = malformed_ = too_wide_ = ended_ = false;
    consumed = static_cast<size_t>(at_ - text.data());
    if (!Next()) {
      consumed = text.size();
      return whole ? Outcome::kNothing : Outcome::kNeedsMore;
    }
    if (dialect_.comment != 0 && ch_ == static_cast<unsigned char>(dialect_.comment)) {
      while (ch_ != '\n' && Next()) {
      }
      if (ch_ != '\n' && !whole) return Outcome::kNeedsMore;
      continue;
    }
    ended_ = !ReadRecord();
    if (ended_ && !whole) return Outcome::kNeedsMore;
    if (ended_) AtEndOfText();
    if (malformed_) {
      while (!ended_ && ch_ != '\n' && Next()) {
      }
    }
    consumed = static_cast<size_t>(at_ - text.data());
    if (malformed_) return Outcome::kMalformed;
    if (!fields_.empty()) break;
  }
  // The scratch has its final place now.
  for (auto [field, place] : own_) {
    fields_[field] = std::string_view(scratch_).substr(place, fields_[field].size());
  }
  return Outcome::kRecord;
}

// The next character, line ends as \n.
bool CsvTokenizer::Next() {
  if (at_ == end_) return false;
  ch_ = static_cast<unsigned char>(*at_++);
  if (ch_ == static_cast<unsigned char>(newline_[0])) {
    if (newline_.size() == 1) {
      ch_ = '\n';
    } else if (at_ < end_ && *at_ == newline_[1]) {
      ch_ = '\n';
      ++at_;
    }
  }
  return true;
}

bool CsvTokenizer::AtDelimiter() const {
  const std::string& separator = dialect_.separator;
  if (ch_ != static_cast<unsigned char>(separator[0])) return false;
  if (separator.size() == 1) return true;
  std::string_view rest(at_, static_cast<size_t>(end_ - at_));
  return rest.starts_with(std::string_view(separator).substr(1));
}

// From the delimiter's first character to what follows it.
bool CsvTokenizer::SkipDelimiter() {
  at_ += dialect_.separator.size() - 1;
  return Next();
}

bool CsvTokenizer::SkipLeadingSpace() {
  if (!dialect_.trim_leading) return true;
  while (IsSpace(ch_) && ch_ != '\n' && !AtDelimiter() && ch_ != quote()) {
    if (!Next()) return false;
  }
  return true;
}

bool CsvTokenizer::ReadRecord() {
  while (ch_ != '\n' && !malformed_) {
    if (!SkipLeadingSpace()) return false;
    if (EndsValue()) {
      EmptyParsed();
    } else {
      unescaped_ = false;
      prev_ = kNone;
      if (ch_ == quote()) {
        if (!ReadQuoted()) return false;
      } else if (!ReadUnquoted()) {
        return false;
      }
    }
    if (ch_ == '\n' || malformed_) continue;
    // A delimiter with nothing after it is followed by an empty value.
    if (!SkipDelimiter()) {
      ch_ = static_cast<unsigned char>(dialect_.separator[0]);
      return false;
    }
    if (ch_ == '\n') EmptyParsed();
  }
  return true;
}

// A quoted value whose closing quote is the next one, with nothing odd inside or after it.
bool CsvTokenizer::TrySimpleQuoted(std::string_view& value) {
  size_t left = static_cast<size_t>(end_ - at_);
  const void* found = std::memchr(at_, dialect_.quote, left);
  if (found == nullptr) return false;
  const char* close = static_cast<const char*>(found);
  size_t size = static_cast<size_t>(close - at_);
  if (close + 1 == end_) return false;
  if (dialect_.escape == dialect_.quote) {
    if (size == 0) return false;
  } else if (dialect_.escape != 0) {
    for (const char* p = at_; (p = Find(p, close, dialect_.escape)) != nullptr; ++p) {
      if (p + 1 == close || p[1] == dialect_.escape_of_escape) return false;
    }
  }
  if (newline_[0] == '\r' && std::memchr(at_, '\r', size) != nullptr) return false;
  std::string_view rest(close + 1, static_cast<size_t>(end_ - close - 1));
  if (!rest.starts_with(dialect_.separator)) return false;
  value = {at_, size};
  at_ = close + 1;
  return true;
}

bool CsvTokenizer::ReadQuoted() {
  std::string_view simple;
  if (TrySimpleQuoted(simple)) {
    AddField(simple.empty() ? std::string_view(dialect_.empty_value) : simple);
    return Next();
  }
  trim_ = false;
  if (!ReadQuotedBody()) return false;
  bool gone = unescaped_ && dialect_.unescaped_quotes == UnescapedQuotes::kBackToDelimiter &&
              value_.empty();
  if (!gone && !malformed_) ValueParsed();
  return true;
}

bool CsvTokenizer::ReadUnquoted() {
  const char* begin = at_ - 1;
  const int first = ch_;
  while (!EndsValue()) {
    if (!Next()) {
      value_.assign(begin, static_cast<size_t>(at_ - begin));
      trim_ = dialect_.trim_trailing;
      if (dialect_.separator.size() == 1) ch_ = first;
      return false;
    }
  }
  size_t size = static_cast<size_t>(at_ - begin) - 1;
  if (ch_ == '\n' && newline_.size() == 2 && at_[-1] == newline_[1] && at_ - begin >= 2 &&
      at_[-2] == newline_[0]) {
    --size;
  }
  std::string_view value = Trimmed({begin, size}, false, dialect_.trim_trailing);
  AddField(value.empty() ? std::string_view(dialect_.null_value) : value);
  return true;
}

template <typename Stops>
bool CsvTokenizer::AppendUntil(Stops stops) {
  while (!stops()) {
    value_ += static_cast<char>(ch_);
    if (!Next()) return false;
  }
  return true;
}

bool CsvTokenizer::SkipValue() {
  value_.clear();
  return AppendUntil([&] {
    value_.clear();
    return EndsValue();
  });
}

// From the opening quote (prev_ is none), or going on after a quote that closed nothing.
bool CsvTokenizer::ReadQuotedBody() {
  if (prev_ != kNone && dialect_.unescaped_quotes != UnescapedQuotes::kStopAtClosingQuote) {
    if (dialect_.unescaped_quotes == UnescapedQuotes::kSkipValue) return SkipValue();
    value_.insert(value_.begin(), dialect_.quote);
    if (!Next()) return false;
    trim_ = dialect_.trim_trailing;
    const int first = ch_;
    if (AppendUntil([&] { return EndsValue(); })) return true;
    // Where one character separates, Spark's parser forgets the last one it saw.
    if (dialect_.separator.size() == 1) ch_ = first;
    return false;
  }
  if (!Next()) return false;
  for (;;) {
    if (prev_ == quote() && (IsSpace(ch_) || EndsValue())) return ReadAfterClosingQuote();
    if (ch_ != quote() && ch_ != escape()) {
      if (prev_ == quote()) return UnescapedQuote();
      if (prev_ == escape() && escape() != kNone) value_ += dialect_.escape;
      const auto special = [&] {
        return ch_ == quote() || ch_ == escape() || ch_ == escape_of_escape();
      };
      const int first = ch_;
      if (!AppendUntil(special)) {
        ch_ = first;
        return false;
      }
      prev_ = ch_;
      if (!Next()) return false;
    } else {
      if (!QuoteOrEscape()) return false;
      prev_ = ch_;
      if (!Next()) return false;
      if (unescaped_ && EndsValue()) return true;
    }
  }
}

// At a quote or an escape within a quoted value.
bool CsvTokenizer::QuoteOrEscape() {
  if (ch_ == escape() && prev_ == escape_of_escape() && escape_of_escape() != kNone) {
    value_ += dialect_.escape;
    ch_ = kNone;
  } else if (prev_ == escape()) {
    if (ch_ == quote()) {
      value_ += dialect_.quote;
      ch_ = kNone;
    } else {
      value_ += static_cast<char>(prev_);
    }
  } else if (ch_ == quote() && prev_ == quote()) {
    value_ += dialect_.quote;
  } else if (prev_ == quote()) {
    return UnescapedQuoteInValue();
  }
  return true;
}

// At the character after a quote that closes nothing.
bool CsvTokenizer::UnescapedQuote() {
  unescaped_ = true;
  switch (dialect_.unescaped_quotes) {
    case UnescapedQuotes::kRaiseError: malformed_ = true; return true;
    case UnescapedQuotes::kSkipValue: return SkipValue();
    case UnescapedQuotes::kBackToDelimiter:
      // What stands before delimiters are values of their own.
      for (size_t end = value_.find(dialect_.separator); end != std::string::npos;
           end = value_.find(dialect_.separator)) {
        std::string rest = value_.substr(end + dialect_.separator.size());
        value_.resize(end);
        ValueParsed();
        value_ = std::move(rest);
      }
      value_ += static_cast<char>(ch_);
      prev_ = kNone;
      return ReadQuotedBody();
    case UnescapedQuotes::kStopAtClosingQuote:
    case UnescapedQuotes::kStopAtDelimiter: break;
  }
  value_ += dialect_.quote;
  value_ += static_cast<char>(ch_);
  prev_ = ch_;
  return ReadQuotedBody();
}

// At an escape after such a quote: up to the delimiter quotes and escapes still count. The caller
// then goes on behind the delimiter, which is how Spark reads such values.
bool CsvTokenizer::UnescapedQuoteInValue() {
  if (dialect_.unescaped_quotes == UnescapedQuotes::kRaiseError) {
    malformed_ = true;
    return true;
  }
  if (dialect_.unescaped_quotes == UnescapedQuotes::kSkipValue) return SkipValue();
  value_ += dialect_.quote;
  prev_ = ch_;
  while (!EndsValue()) {
    if (ch_ == quote() || ch_ == escape()) {
      if (!QuoteOrEscape()) return false;
    } else {
      if (prev_ == quote()) return UnescapedQuoteInValue();
      value_ += static_cast<char>(ch_);
    }
    prev_ = ch_;
    if (!Next()) return false;
  }
  return true;
}

// White space between a closing quote and the delimiter does not count; anything else shows that
// the quote closed nothing.
bool CsvTokenizer::ReadAfterClosingQuote() {
  if (EndsValue()) return true;
  std::string blanks;
  do {
    blanks += static_cast<char>(ch_);
    if (!Next()) return false;
    if (ch_ == '\n') return true;
  } while (IsSpace(ch_) && !AtDelimiter());
  if (AtDelimiter()) return true;
  if (dialect_.unescaped_quotes == UnescapedQuotes::kRaiseError) {
    malformed_ = true;
    return true;
  }
  value_ += dialect_.quote;
  value_ += blanks;
  bool until_delimiter = dialect_.unescaped_quotes != UnescapedQuotes::kStopAtClosingQuote;
  if (until_delimiter || (ch_ != quote() && ch_ != escape())) value_ += static_cast<char>(ch_);
  prev_ = ch_;
  if (!ReadQuotedBody()) return false;
  if (!EndsValue()) malformed_ = true;
  return true;
}

// The text ended inside a record.
void CsvTokenizer::AtEndOfText() {
  bool complete = false;
  if (ch_ == quote() && prev_ == quote()) {
    complete = true;
  } else {
    if (ch_ == quote() && !unescaped_) value_ += dialect_.quote;
    complete = prev_ != kNone && ch_ != static_cast<unsigned char>(dialect_.separator[0]) &&
               ch_ != '\n' && ch_ != static_cast<unsigned char>(dialect_.comment);
  }
  if (complete || !Trimmed(value_, false, trim_).empty()) {
    ValueParsed();
  } else {
    EmptyParsed();
  }
}

}  // namespace pyrite::sources
