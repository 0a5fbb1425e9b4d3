// Spark SQL text to tokens. Comments and white space are dropped; hints are kept.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sql/keywords.h"

namespace pyrite::sql {

enum class TokenKind : uint8_t {
  kEnd,
  kWord,        // an identifier or keyword
  kQuotedName,  // `a b`
  kString,      // 'a', "a", r'a'
  kInteger,
  kBigint,
  kSmallint,
  kTinyint,  // 1 1L 1S 1Y
  kDecimal,
  kExponent,
  kFloat,
  kDouble,
  kBigDecimal,  // 1.5 1e3 1F 1D 1BD
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kComma,
  kDot,
  kSemicolon,
  kEqual,
  kNullSafeEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kPlus,
  kMinus,
  kAsterisk,
  kSlash,
  kPercent,
  kTilde,
  kAmpersand,
  kPipe,
  kConcat,
  kCaret,
  kShiftLeft,
  kPipeOperator,
  kBang,
  kColon,
  kDoubleColon,
  kArrow,
  kFatArrow,
  kQuestion,
  kHintStart,
  kHintEnd,
  kUnrecognized,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Keyword keyword = Keyword::kNone;  // of a kWord
  int32_t start = 0;                 // byte offsets, [start, stop)
  int32_t stop = 0;
  int32_t match = -1;  // of a parenthesis: the index of its partner
};

// Always ends with a kEnd token. Raises UNCLOSED_BRACKETED_COMMENT. There is no >> token: the
// grammar puts > > together, since type parameters may end in >>.
std::vector<Token> Tokenize(std::string_view text, bool double_quoted_identifiers = false);

}  // namespace pyrite::sql
