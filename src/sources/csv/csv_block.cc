#include "sources/csv/csv_block.h"

#include <emmintrin.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "sources/csv/csv_options.h"

namespace pyrite::sources {
namespace {

constexpr size_t kStride = 64;

// A bit for each byte of a stride.
struct Marks {
  uint64_t separators = 0;
  uint64_t others = 0;  // line ends and quotes
};

class Marker {
 public:
  // Without a quote character the newline stands in for it.
  explicit Marker(const CsvDialect& dialect)
      : separator_(_mm_set1_epi8(dialect.separator[0])),
        quote_(_mm_set1_epi8(dialect.quote != 0 ? dialect.quote : '\n')) {}

  Marks Mark(const char* text) const {
    Marks marks;
    for (size_t i = 0; i < kStride; i += 16) {
      __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
      __m128i lines =
          _mm_or_si128(_mm_cmpeq_epi8(block, newline_), _mm_cmpeq_epi8(block, carriage_));
      marks.separators |= Bits(_mm_cmpeq_epi8(block, separator_)) << i;
      marks.others |= Bits(_mm_or_si128(lines, _mm_cmpeq_epi8(block, quote_))) << i;
    }
    return marks;
  }

 private:
  static uint64_t Bits(__m128i found) { return static_cast<unsigned>(_mm_movemask_epi8(found)); }

  const __m128i separator_, quote_;
  const __m128i newline_ = _mm_set1_epi8('\n'), carriage_ = _mm_set1_epi8('\r');
};

}  // namespace

// One pass over a text.
class CsvBlock::Scan {
 public:
  Scan(CsvBlock& block, std::string_view text, size_t limit, size_t most, size_t wanted)
      : block_(block),
        dialect_(block.dialect_),
        begin_(text.data()),
        end_(text.data() + text.size()),
        limit_(text.data() + limit),
        most_(most),
        wanted_(wanted),
        field_(begin_),
        line_(begin_) {}

  Cut Run() {
    const Marker marker(dialect_);
    for (const char* at = begin_; at < end_ && !stops_; at += kStride) {
      if (block_.fields_.size() < count_ + kStride) block_.fields_.resize(2 * count_ + kStride);
      TakeMarked(at, MarksFrom(at, marker));
    }
    return {static_cast<size_t>(line_ - begin_), is_odd_};
  }

 private:
  Marks MarksFrom(const char* at, const Marker& marker) const {
    const auto left = static_cast<size_t>(end_ - at);
    if (left >= kStride) return marker.Mark(at);
    char rest[kStride] = {};
    std::memcpy(rest, at, left);
    Marks marks = marker.Mark(rest);
    uint64_t inside = (uint64_t{1} << left) - 1;
    return {marks.separators & inside, marks.others & inside};
  }

  void TakeMarked(const char* from, Marks marks) {
    for (; marks.others != 0; marks.others &= marks.others - 1) {
      int place = std::countr_zero(marks.others);
      uint64_t before = (uint64_t{1} << place) - 1;
      TakeSeparators(from, marks.separators & before);
      marks.separators &= ~before;
      const char* at = from + place;
      if (*at != '\n' && *at != '\r') {
        if (count_ - first_ < wanted_) TakeQuote(at);
      } else if (at >= line_) {
        EndLine(at);
      }
      if (stops_) return;
    }
    TakeSeparators(from, marks.separators);
  }

  void TakeSeparators(const char* from, uint64_t marked) {
    if (open_ != nullptr) return;
    if (marked != 0 && (quoted_.data() != nullptr || !dialect_.null_value.empty())) {
      for (; marked != 0; marked &= marked - 1) EndField(from + std::countr_zero(marked));
      return;
    }
    std::string_view* const fields = block_.fields_.data();
    const char* field = field_;
    size_t count = count_;
    const size_t most = first_ + std::min(wanted_, SIZE_MAX - first_);
    for (; marked != 0 && count < most; marked &= marked - 1) {
      const char* at = from + std::countr_zero(marked);
      fields[count++] = {field, static_cast<size_t>(at - field)};
      field = at + 1;
    }
    field_ = field;
    count_ = count;
  }

  void EndField(const char* at) {
    if (count_ - first_ < wanted_) {
      block_.fields_[count_++] = quoted_.data() != nullptr ? quoted_ : Plain(at);
    }
    quoted_ = {};
    field_ = at + 1;
  }

  std::string_view Plain(const char* at) const {
    return at == field_ ? std::string_view(dialect_.null_value)
                        : std::string_view(field_, static_cast<size_t>(at - field_));
  }

  void TakeQuote(const char* at) {
    if (open_ == nullptr) {
      if (at == field_) open_ = at;
      return;
    }
    // The closing one, when a field ends behind it and nothing inside is escaped.
    std::string_view inside(open_ + 1, static_cast<size_t>(at - open_ - 1));
    bool closes =
        at + 1 < end_ && (at[1] == dialect_.separator[0] || at[1] == '\n' || at[1] == '\r');
    bool doubled =
        inside.empty() && (dialect_.escape == dialect_.quote || at[1] != dialect_.separator[0]);
    bool escapes = dialect_.escape != 0 && inside.find(dialect_.escape) != std::string_view::npos;
    if (!closes || doubled || escapes) return Stop(true);
    quoted_ = inside.empty() ? std::string_view(dialect_.empty_value) : inside;
    open_ = nullptr;
  }

  void EndLine(const char* at) {
    if (open_ != nullptr) return Stop(true);
    std::string_view line(line_, static_cast<size_t>(at - line_));
    const char* next = at + (at[0] == '\r' && at + 1 < end_ && at[1] == '\n' ? 2 : 1);
    bool may_be_skipped =
        line.empty() || static_cast<unsigned char>(line[0]) <= ' ' || line[0] == dialect_.comment;
    if (may_be_skipped && IsSkippedLine(line, dialect_)) {
      count_ = first_;
      quoted_ = {};
    } else {
      EndField(at);
      if (count_ - first_ > dialect_.max_columns) return Stop(true);
      block_.records_.push_back(
          {line, first_, count_ - first_, static_cast<size_t>(next - begin_)});
    }
    line_ = field_ = next;
    first_ = count_;
    if (block_.records_.size() == most_ || line_ >= limit_) Stop(false);
  }

  void Stop(bool is_odd) {
    is_odd_ = is_odd;
    stops_ = true;
  }

  CsvBlock& block_;
  const CsvDialect& dialect_;
  const char* const begin_;
  const char* const end_;
  const char* const limit_;
  const size_t most_, wanted_;

  const char* field_;
  const char* line_;
  const char* open_ = nullptr;  // the quote before the field
  std::string_view quoted_;     // a field that has been closed
  size_t count_ = 0;            // of all fields
  size_t first_ = 0;            // of the line's
  bool stops_ = false;
  bool is_odd_ = false;
};

CsvBlock::CsvBlock(const CsvDialect& dialect)
    : dialect_(dialect),
      cuts_(dialect.separator.size() == 1 && dialect.separator[0] != dialect.quote &&
            dialect.max_chars_per_column < 0 && !dialect.trim_leading && !dialect.trim_trailing) {}

CsvBlock::Cut CsvBlock::CutLines(std::string_view text, size_t limit, size_t most, size_t wanted) {
  records_.clear();
  return Scan(*this, text, limit, most, wanted).Run();
}

}  // namespace pyrite::sources
