#include "sql/keywords.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace pyrite::sql {
namespace {

struct Entry {
  std::string_view word;
  Keyword keyword;
  bool reserved;
};

constexpr Entry kEntries[] = {
#define PYRITE_SQL_KEYWORD_ENTRY(name, word, reserved) {word, Keyword::k##name, reserved != 0},
    PYRITE_SQL_KEYWORDS(PYRITE_SQL_KEYWORD_ENTRY)
#undef PYRITE_SQL_KEYWORD_ENTRY
};

constexpr bool IsSorted() {
  for (size_t i = 1; i < std::size(kEntries); ++i) {
    if (!(kEntries[i - 1].word < kEntries[i].word)) return false;
  }
  return true;
}
static_assert(IsSorted(), "FindKeyword searches by halves");

const Entry& EntryOf(Keyword keyword) { return kEntries[static_cast<size_t>(keyword) - 1]; }

}  // namespace

Keyword FindKeyword(std::string_view word) {
  constexpr size_t kLongest = 20;
  if (word.size() > kLongest) return Keyword::kNone;
  std::array<char, kLongest> buffer;
  for (size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    buffer[i] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  std::string_view upper(buffer.data(), word.size());
  if (upper == "REGEXP") return Keyword::kRlike;
  if (upper == "TEMP") return Keyword::kTemporary;
  const Entry* found =
      std::lower_bound(std::begin(kEntries), std::end(kEntries), upper,
                       [](const Entry& entry, std::string_view text) { return entry.word < text; });
  return found != std::end(kEntries) && found->word == upper ? found->keyword : Keyword::kNone;
}

std::string_view KeywordText(Keyword keyword) {
  return keyword == Keyword::kNone ? std::string_view() : EntryOf(keyword).word;
}

bool IsReserved(Keyword keyword) { return keyword != Keyword::kNone && EntryOf(keyword).reserved; }

std::span<const Keyword> AllKeywords() {
  static constexpr Keyword kAll[] = {
#define PYRITE_SQL_KEYWORD_ENTRY(name, word, reserved) Keyword::k##name,
      PYRITE_SQL_KEYWORDS(PYRITE_SQL_KEYWORD_ENTRY)
#undef PYRITE_SQL_KEYWORD_ENTRY
  };
  return kAll;
}

bool IsStrictNonReserved(Keyword keyword) {
  switch (keyword) {
    case Keyword::kAnti:
    case Keyword::kCross:
    case Keyword::kExcept:
    case Keyword::kFull:
    case Keyword::kInner:
    case Keyword::kIntersect:
    case Keyword::kJoin:
    case Keyword::kLateral:
    case Keyword::kLeft:
    case Keyword::kMinus:
    case Keyword::kNatural:
    case Keyword::kOn:
    case Keyword::kRight:
    case Keyword::kSemi:
    case Keyword::kUnion:
    case Keyword::kUsing: return true;
    default: return false;
  }
}

}  // namespace pyrite::sql
