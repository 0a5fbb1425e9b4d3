#include "sql/lexer.h"

#include "sql/parse_errors.h"

namespace pyrite::sql {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_' ||
         (c & 0x80) != 0;
}
char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

struct Symbol {
  std::string_view text;
  TokenKind kind;
};
// The longer of two that begin alike stands first.
constexpr Symbol kSymbols[] = {
    {"<=>", TokenKind::kNullSafeEqual},
    {"/*+", TokenKind::kHintStart},
    {"*/", TokenKind::kHintEnd},
    {"==", TokenKind::kEqual},
    {"=>", TokenKind::kFatArrow},
    {"<>", TokenKind::kNotEqual},
    {"<=", TokenKind::kLessEqual},
    {"<<", TokenKind::kShiftLeft},
    {">=", TokenKind::kGreaterEqual},
    {"!=", TokenKind::kNotEqual},
    {"!>", TokenKind::kLessEqual},
    {"!<", TokenKind::kGreaterEqual},
    {"||", TokenKind::kConcat},
    {"|>", TokenKind::kPipeOperator},
    {"::", TokenKind::kDoubleColon},
    {"->", TokenKind::kArrow},
    {"(", TokenKind::kLeftParen},
    {")", TokenKind::kRightParen},
    {"[", TokenKind::kLeftBracket},
    {"]", TokenKind::kRightBracket},
    {",", TokenKind::kComma},
    {".", TokenKind::kDot},
    {";", TokenKind::kSemicolon},
    {"=", TokenKind::kEqual},
    {"<", TokenKind::kLess},
    {">", TokenKind::kGreater},
    {"+", TokenKind::kPlus},
    {"-", TokenKind::kMinus},
    {"*", TokenKind::kAsterisk},
    {"/", TokenKind::kSlash},
    {"%", TokenKind::kPercent},
    {"~", TokenKind::kTilde},
    {"&", TokenKind::kAmpersand},
    {"|", TokenKind::kPipe},
    {"^", TokenKind::kCaret},
    {"!", TokenKind::kBang},
    {":", TokenKind::kColon},
    {"?", TokenKind::kQuestion},
};

class Lexer {
 public:
  Lexer(std::string_view text, bool double_quoted_identifiers)
      : text_(text), double_quoted_identifiers_(double_quoted_identifiers) {}

  std::vector<Token> Run() {
    tokens_.reserve(text_.size() / 4 + 8);
    for (SkipBlank(); at_ < text_.size(); SkipBlank()) {
      size_t start = at_;
      Token token = Next();
      token.start = static_cast<int32_t>(start);
      token.stop = static_cast<int32_t>(at_);
      MatchParenthesis(token);
      tokens_.push_back(token);
    }
    Token end;
    end.start = end.stop = static_cast<int32_t>(text_.size());
    tokens_.push_back(end);
    return std::move(tokens_);
  }

 private:
  char At(size_t offset = 0) const {
    return at_ + offset < text_.size() ? text_[at_ + offset] : '\0';
  }
  bool Starts(std::string_view prefix) const { return text_.substr(at_, prefix.size()) == prefix; }

  void MatchParenthesis(Token& token) {
    int32_t index = static_cast<int32_t>(tokens_.size());
    if (token.kind == TokenKind::kLeftParen) {
      open_.push_back(index);
    } else if (token.kind == TokenKind::kRightParen && !open_.empty()) {
      token.match = open_.back();
      tokens_[open_.back()].match = index;
      open_.pop_back();
    }
  }

  void SkipBlank() {
    while (at_ < text_.size()) {
      if (size_t width = BlankWidth()) {
        at_ += width;
      } else if (Starts("--")) {
        SkipLineComment();
      } else if (Starts("/*") && At(2) != '+') {
        SkipBracketedComment();
      } else {
        return;
      }
    }
  }

  // Bytes of the white space at at_; 0 for none. The list is that of Spark's lexer.
  size_t BlankWidth() const {
    char c = At();
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    if (Starts("\xC2\xA0")) return 2;
    if (Starts("\xE1\x9A\x80") || Starts("\xE2\x81\x9F") || Starts("\xE3\x80\x80")) return 3;
    if (!Starts("\xE2\x80")) return 0;
    auto last = static_cast<unsigned char>(At(2));
    return (last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xAF ? 3 : 0;
  }

  void SkipLineComment() {
    while (at_ < text_.size() && At() != '\n' && At() != '\r') {
      at_ += Starts("\\\n") ? 2 : 1;
    }
  }

  void SkipBracketedComment() {
    int depth = 0;
    while (at_ < text_.size()) {
      if (Starts("/*") && (depth == 0 || At(2) != '+')) {
        ++depth;
        at_ += 2;
      } else if (Starts("*/")) {
        at_ += 2;
        if (--depth == 0) return;
      } else {
        ++at_;
      }
    }
    throw errors::UnclosedBracketedComment();
  }

  Token Next() {
    char c = At();
    if (c == '\'') return QuotedOrUnrecognized(TokenKind::kString, 0);
    if (c == '"') {
      return QuotedOrUnrecognized(
          double_quoted_identifiers_ ? TokenKind::kQuotedName : TokenKind::kString, 0);
    }
    if (c == '`') return BackQuoted();
    if ((c == 'r' || c == 'R') && (At(1) == '\'' || At(1) == '"')) return RawString();
    if (IsDigit(c) || (c == '.' && IsDigit(At(1)))) return NumberOrName();
    if (IsWordByte(c)) return Word();
    for (const Symbol& symbol : kSymbols) {
      if (Starts(symbol.text)) {
        at_ += symbol.text.size();
        return Token{symbol.kind};
      }
    }
    ++at_;
    return Token{TokenKind::kUnrecognized};
  }

  Token QuotedOrUnrecognized(TokenKind kind, size_t prefix) {
    char quote = At(prefix);
    for (size_t i = at_ + prefix + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        if (i + 1 < text_.size() && text_[i + 1] == quote) {
          ++i;
          continue;
        }
        at_ = i + 1;
        return Token{kind};
      }
    }
    ++at_;
    return Token{TokenKind::kUnrecognized};
  }

  Token RawString() {
    size_t close = text_.find(At(1), at_ + 2);
    if (close == std::string_view::npos) return Word();
    at_ = close + 1;
    return Token{TokenKind::kString};
  }

  Token BackQuoted() {
    for (size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] != '`') continue;
      if (i + 1 < text_.size() && text_[i + 1] == '`') {
        ++i;
        continue;
      }
      at_ = i + 1;
      return Token{TokenKind::kQuotedName};
    }
    ++at_;
    return Token{TokenKind::kUnrecognized};
  }

  Token Word() {
    size_t start = at_;
    while (at_ < text_.size() && IsWordByte(At()) && BlankWidth() == 0) ++at_;
    // "s3://bucket/key" is one name, so that a path can stand as a table.
    if (Starts("://") && IsUriByte(At(3))) {
      at_ += 3;
      while (IsUriByte(At())) ++at_;
      return Token{TokenKind::kWord};
    }
    Token token{TokenKind::kWord};
    token.keyword = FindKeyword(text_.substr(start, at_ - start));
    return token;
  }

  static bool IsUriByte(char c) {
    return c != '\0' &&
           (IsWordByte(c) || std::string_view("/-.?=&#%").find(c) != std::string_view::npos);
  }

  // Offset after [eE][+-]?digits at `i`, or `i`.
  size_t AfterExponent(size_t i) const {
    if (i >= text_.size() || Upper(text_[i]) != 'E') return i;
    size_t j = i + 1;
    if (j < text_.size() && (text_[j] == '+' || text_[j] == '-')) ++j;
    size_t digits = j;
    while (j < text_.size() && IsDigit(text_[j])) ++j;
    return j > digits ? j : i;
  }

  TokenKind Suffix(size_t& i, bool whole, bool exponent) const {
    char c = i < text_.size() ? Upper(text_[i]) : '\0';
    char d = i + 1 < text_.size() ? Upper(text_[i + 1]) : '\0';
    if (c == 'B' && d == 'D') return i += 2, TokenKind::kBigDecimal;
    if (c == 'F') return ++i, TokenKind::kFloat;
    if (c == 'D') return ++i, TokenKind::kDouble;
    if (whole && !exponent && c == 'L') return ++i, TokenKind::kBigint;
    if (whole && !exponent && c == 'S') return ++i, TokenKind::kSmallint;
    if (whole && !exponent && c == 'Y') return ++i, TokenKind::kTinyint;
    if (exponent) return TokenKind::kExponent;
    return whole ? TokenKind::kInteger : TokenKind::kDecimal;
  }

  // The longest match wins: 1e3 is a number, 1a and 1e3x are names, 1.5x is 1 .5x.
  Token NumberOrName() {
    size_t digits = at_;
    while (digits < text_.size() && IsDigit(text_[digits])) ++digits;
    if (digits < text_.size() && text_[digits] == '.') {
      size_t i = digits + 1;
      while (i < text_.size() && IsDigit(text_[i])) ++i;
      size_t exponent = AfterExponent(i);
      bool has_exponent = exponent != i;
      i = exponent;
      TokenKind kind = Suffix(i, false, has_exponent);
      if (i >= text_.size() || !IsWordByte(text_[i])) {
        at_ = i;
        return Token{kind};
      }
      if (digits == at_) {
        ++at_;
        return Token{TokenKind::kDot};
      }
    }
    size_t i = AfterExponent(digits);
    bool has_exponent = i != digits;
    TokenKind kind = Suffix(i, true, has_exponent);
    size_t name = at_;
    while (name < text_.size() && IsWordByte(text_[name])) ++name;
    if (name > i) return Word();
    at_ = i;
    return Token{kind};
  }

  std::string_view text_;
  bool double_quoted_identifiers_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
  std::vector<int32_t> open_;
};

}  // namespace

std::vector<Token> Tokenize(std::string_view text, bool double_quoted_identifiers) {
  return Lexer(text, double_quoted_identifiers).Run();
}

}  // namespace pyrite::sql
