#include "sql/cursor.h"

#include <algorithm>

#include "base/errors.h"
#include "base/stack_guard.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

Cursor::Cursor(std::string_view text, const ParserOptions& options)
    : options_(options),
      text_(std::make_shared<const std::string>(text)),
      tokens_(Tokenize(*text_, options.double_quoted_identifiers)) {}

const Token& Cursor::Peek(int ahead) const {
  return tokens_[std::min<size_t>(at_ + ahead, tokens_.size() - 1)];
}

bool Cursor::AtName(int ahead) const {
  const Token& token = Peek(ahead);
  if (token.kind == TokenKind::kQuotedName) return true;
  return token.kind == TokenKind::kWord &&
         !(options_.enforce_reserved_keywords && IsReserved(token.keyword));
}

const Token& Cursor::Advance() {
  const Token& token = Peek();
  if (token.kind != TokenKind::kEnd) ++at_;
  return token;
}

bool Cursor::Accept(TokenKind kind) {
  if (!At(kind)) return false;
  ++at_;
  return true;
}

bool Cursor::Accept(Keyword keyword) {
  if (!At(keyword)) return false;
  ++at_;
  return true;
}

bool Cursor::Accept(Keyword first, Keyword second) {
  if (!At(first) || !At(second, 1)) return false;
  at_ += 2;
  return true;
}

void Cursor::Expect(TokenKind kind) {
  if (!Accept(kind)) SyntaxError();
}

void Cursor::Expect(Keyword keyword) {
  if (!Accept(keyword)) SyntaxError();
}

int32_t Cursor::PartnerOf(int32_t index) const {
  int32_t match = tokens_[index].match;
  return match < 0 ? static_cast<int32_t>(tokens_.size()) - 1 : match;
}

bool Cursor::HasInside(int32_t open, Keyword keyword) const {
  int32_t close = PartnerOf(open);
  for (int32_t i = open + 1; i < close; ++i) {
    if (tokens_[i].kind == TokenKind::kLeftParen) {
      i = PartnerOf(i);
    } else if (tokens_[i].keyword == keyword) {
      return true;
    }
  }
  return false;
}

std::string_view Cursor::TextOf(const Token& token) const {
  return std::string_view(*text_).substr(token.start, token.stop - token.start);
}

std::string Cursor::Text(int32_t first_token, int32_t end_token) const {
  if (first_token >= end_token) return "";
  int32_t start = tokens_[first_token].start;
  return text_->substr(start, tokens_[end_token - 1].stop - start);
}

spec::Origin Cursor::From(int32_t first) const {
  int32_t stop = at_ > first ? tokens_[at_ - 1].stop : tokens_[first].stop;
  return Between(tokens_[first].start, stop);
}

spec::Origin Cursor::Between(int32_t start_byte, int32_t stop_byte) const {
  spec::Origin origin;
  origin.sql = text_;
  origin.start = start_byte;
  origin.stop = stop_byte;
  return origin;
}

void Cursor::SyntaxErrorAt(const Token& token, const std::string& hint) const {
  bool at_end = token.kind == TokenKind::kEnd;
  std::string near = at_end ? "end of input" : "'" + std::string(TextOf(token)) + "'";
  Fail(errors::ParseSyntax(near, hint), Between(token.start, token.stop));
}

void Cursor::ExtraInput() const {
  SyntaxErrorAt(Peek(), ": extra input '" + std::string(TextOf(Peek())) + "'");
}

void Cursor::Fail(const SparkError& error, const spec::Origin& origin) const {
  throw error.WithContext(*spec::ContextOf(origin));
}

void Cursor::CheckDepth() const {
  if (StackIsLow()) Fail(errors::TooComplexToParse(), From(at_));
}

}  // namespace pyrite::sql
