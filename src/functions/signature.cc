#include "functions/signature.h"

#include <cctype>

#include "base/errors.h"

namespace pyrite::functions {
namespace {

struct NamedType {
  const char* name;
  TypeKind kind;
};

constexpr NamedType kTypes[] = {
    {"void", TypeKind::kNull},
    {"boolean", TypeKind::kBoolean},
    {"tinyint", TypeKind::kByte},
    {"smallint", TypeKind::kShort},
    {"int", TypeKind::kInteger},
    {"bigint", TypeKind::kLong},
    {"float", TypeKind::kFloat},
    {"double", TypeKind::kDouble},
    {"string", TypeKind::kString},
    {"binary", TypeKind::kBinary},
    {"date", TypeKind::kDate},
    {"timestamp", TypeKind::kTimestamp},
    {"timestamp_ntz", TypeKind::kTimestampNtz},
    {"interval", TypeKind::kCalendarInterval},
    {"variant", TypeKind::kVariant},
};

constexpr const char* kClasses[] = {"any",    "numeric", "integral", "decimal", "ansi_interval",
                                    "atomic", "array",   "map",      "struct",  "time"};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<Signature> ParseAll() {
    std::vector<Signature> signatures;
    do {
      signatures.push_back(ParseOne());
    } while (Accept(";"));
    if (at_ != text_.size()) Fail();
    return signatures;
  }

 private:
  Signature ParseOne() {
    Signature signature;
    Expect("(");
    bool optional = false;
    while (!Accept(")")) {
      if (Accept("[")) optional = true;
      Accept(",");
      signature.parameters.push_back(ParseUnion());
      bool repeats = Accept("...");
      signature.repeats = signature.repeats || repeats;
      if (!optional && !repeats) signature.required = signature.parameters.size();
      while (Accept("]")) {
      }
    }
    Expect("->");
    signature.result = ParseUnion();
    return signature;
  }

  TypePattern ParseUnion() {
    TypePattern first = ParseType();
    if (!Accept("|")) return first;
    TypePattern pattern{TypePattern::Kind::kUnion, {}, "", {std::move(first)}};
    do {
      pattern.children.push_back(ParseType());
    } while (Accept("|"));
    return pattern;
  }

  TypePattern ParseType() {
    std::string word = ParseWord();
    if (word.size() == 1 && std::isupper(static_cast<unsigned char>(word[0]))) {
      return {TypePattern::Kind::kVariable, {}, word, {}};
    }
    if (word == "array" && Accept("<")) {
      TypePattern element = ParseUnion();
      Expect(">");
      return {TypePattern::Kind::kArray, {}, "", {std::move(element)}};
    }
    if (word == "map" && Accept("<")) {
      TypePattern key = ParseUnion();
      Expect(",");
      TypePattern value = ParseUnion();
      Expect(">");
      return {TypePattern::Kind::kMap, {}, "", {std::move(key), std::move(value)}};
    }
    return Named(word);
  }

  TypePattern Named(const std::string& word) {
    if (word == "yminterval") return Concrete(DataType::YearMonthInterval());
    if (word == "dtinterval") return Concrete(DataType::DayTimeInterval());
    for (const NamedType& type : kTypes) {
      if (word == type.name) return Concrete(DataType(type.kind));
    }
    for (const char* name : kClasses) {
      if (word == name) return {TypePattern::Kind::kClass, {}, word, {}};
    }
    Fail();
  }

  static TypePattern Concrete(DataType type) {
    return {TypePattern::Kind::kConcrete, std::move(type), "", {}};
  }

  std::string ParseWord() {
    SkipSpaces();
    size_t start = at_;
    while (at_ < text_.size() &&
           (std::isalpha(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) {
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  void SkipSpaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool Accept(std::string_view token) {
    SkipSpaces();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }

  void Expect(std::string_view token) {
    if (!Accept(token)) Fail();
  }

  [[noreturn]] void Fail() {
    throw errors::Internal("malformed signature: " + std::string(text_) + " at " +
                           std::to_string(at_));
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

bool TypePattern::HasVariable() const {
  if (kind == Kind::kVariable) return true;
  for (const TypePattern& child : children) {
    if (child.HasVariable()) return true;
  }
  return false;
}

std::vector<Signature> ParseSignatures(std::string_view text) { return Parser(text).ParseAll(); }

}  // namespace pyrite::functions
