// The token stream that the grammar reads: look-ahead, origins, syntax errors, the depth guard.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sql/lexer.h"
#include "sql/parser.h"

namespace pyrite::sql {

class Cursor {
 public:
  Cursor(std::string_view text, const ParserOptions& options);

 protected:
  const ParserOptions& options() const { return options_; }

  const Token& Peek(int ahead = 0) const;
  bool At(TokenKind kind, int ahead = 0) const { return Peek(ahead).kind == kind; }
  bool At(Keyword keyword, int ahead = 0) const { return Peek(ahead).keyword == keyword; }
  template <typename... More>
  bool AtAny(Keyword first, More... more) const {
    return At(first) || (At(more) || ...);
  }
  bool AtName(int ahead = 0) const;  // an identifier, quoted or not, that is not reserved here
  int32_t position() const { return at_; }
  void SetPosition(int32_t position) { at_ = position; }
  const Token& TokenAt(int32_t index) const { return tokens_[index]; }

  const Token& Advance();
  bool Accept(TokenKind kind);
  bool Accept(Keyword keyword);
  bool Accept(Keyword first, Keyword second);  // both in a row, or neither
  void Expect(TokenKind kind);
  void Expect(Keyword keyword);

  // Whether `keyword` stands between the parenthesis at `open` and its partner, not deeper.
  bool HasInside(int32_t open, Keyword keyword) const;
  // Index of the partner of the parenthesis at `ahead`; the end when it has none.
  int32_t PartnerOf(int32_t index) const;
  int32_t EndIndex() const { return static_cast<int32_t>(tokens_.size()) - 1; }

  std::string_view TextOf(const Token& token) const;
  std::string Text(int32_t first_token, int32_t end_token) const;
  // From the token at index `first` to the last token consumed.
  spec::Origin From(int32_t first) const;
  spec::Origin Between(int32_t start_byte, int32_t stop_byte) const;

  [[noreturn]] void SyntaxError() const { SyntaxErrorAt(Peek()); }
  [[noreturn]] void SyntaxErrorAt(const Token& token, const std::string& hint = "") const;
  // Trailing input: as SyntaxError, saying that the token is one too many.
  [[noreturn]] void ExtraInput() const;
  [[noreturn]] void Fail(const SparkError& error, const spec::Origin& origin) const;

  // Called by every rule that can contain itself: raises FAILED_TO_PARSE_TOO_COMPLEX when the
  // thread's stack nears its end.
  void CheckDepth() const;

 private:
  ParserOptions options_;
  std::shared_ptr<const std::string> text_;
  std::vector<Token> tokens_;
  int32_t at_ = 0;
};

}  // namespace pyrite::sql
