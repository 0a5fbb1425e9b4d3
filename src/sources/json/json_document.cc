#include "sources/json/json_document.h"

namespace pyrite::sources {
namespace {

constexpr int kDeepest = 1000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNamePart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_' || c == '$' ||
         static_cast<signed char>(c) < 0;
}

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  }
}

bool IsHighSurrogate(uint32_t code) { return code >= 0xd800 && code < 0xdc00; }
bool IsLowSurrogate(uint32_t code) { return code >= 0xdc00 && code < 0xe000; }

}  // namespace

JsonDocument::Outcome JsonDocument::Parse(std::string_view text) {
  nodes_.clear();
  decoded_.clear();
  if (decoded_.capacity() < text.size()) decoded_.reserve(text.size() * 2);
  at_ = text.data();
  end_ = at_ + text.size();
  if (!SkipSpace()) return Outcome::kMalformed;
  if (at_ == end_) return Outcome::kNothing;
  return Value(0) ? Outcome::kValue : Outcome::kMalformed;
}

bool JsonDocument::SkipSpace() {
  for (;;) {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
    if (!dialect_.comments || end_ - at_ < 2 || *at_ != '/') return true;
    std::string_view left = rest();
    if (left[1] == '/') {
      size_t stop = left.find_first_of("\r\n");
      at_ = stop == std::string_view::npos ? end_ : at_ + stop;
    } else if (left[1] == '*') {
      size_t stop = left.find("*/", 2);
      if (stop == std::string_view::npos) return false;
      at_ += stop + 2;
    } else {
      return true;
    }
  }
}

void JsonDocument::Close(size_t node, const char* begin) {
  nodes_[node].raw = {begin, static_cast<size_t>(at_ - begin)};
  nodes_[node].next = static_cast<uint32_t>(nodes_.size());
}

bool JsonDocument::Value(int depth) {
  if (at_ == end_ || depth > kDeepest) return false;
  switch (*at_) {
    case '{': return Object(depth);
    case '[': return Array(depth);
    case '"': return Text('"');
    case '\'': return dialect_.single_quotes && Text('\'');
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return Number();
    default: return Word();
  }
}

bool JsonDocument::Object(int depth) {
  const char* begin = at_++;
  size_t node = nodes_.size();
  nodes_.push_back({JsonKind::kObject, 0, {}, {}});
  if (!SkipSpace() || at_ == end_) return false;
  if (*at_ == '}') {
    ++at_;
    Close(node, begin);
    return true;
  }
  for (;;) {
    if (!Key() || !SkipSpace() || at_ == end_ || *at_++ != ':') return false;
    if (!SkipSpace() || !Value(depth + 1) || !SkipSpace() || at_ == end_) return false;
    char c = *at_++;
    if (c == '}') break;
    if (c != ',' || !SkipSpace() || at_ == end_) return false;
  }
  Close(node, begin);
  return true;
}

bool JsonDocument::Array(int depth) {
  const char* begin = at_++;
  size_t node = nodes_.size();
  nodes_.push_back({JsonKind::kArray, 0, {}, {}});
  if (!SkipSpace() || at_ == end_) return false;
  if (*at_ == ']') {
    ++at_;
    Close(node, begin);
    return true;
  }
  for (;;) {
    if (!Value(depth + 1) || !SkipSpace() || at_ == end_) return false;
    char c = *at_++;
    if (c == ']') break;
    if (c != ',' || !SkipSpace()) return false;
  }
  Close(node, begin);
  return true;
}

bool JsonDocument::Key() {
  if (*at_ == '"') return Text('"');
  if (*at_ == '\'' && dialect_.single_quotes) return Text('\'');
  if (!dialect_.unquoted_names || !IsNamePart(*at_) || IsDigit(*at_)) return false;
  const char* begin = at_;
  while (at_ < end_ && IsNamePart(*at_)) ++at_;
  std::string_view name(begin, static_cast<size_t>(at_ - begin));
  nodes_.push_back({JsonKind::kString, static_cast<uint32_t>(nodes_.size() + 1), name, name});
  return true;
}

bool JsonDocument::Text(char quote) {
  const char* begin = at_++;
  const char* plain = at_;
  size_t decoded = decoded_.size();
  bool escaped = false;
  for (;; ++at_) {
    if (at_ == end_) return false;
    if (*at_ == quote) break;
    if (*at_ == '\\') {
      escaped = true;
      decoded_.append(plain, static_cast<size_t>(at_ - plain));
      ++at_;
      if (!Escape()) return false;
      plain = at_ + 1;
    } else if (static_cast<unsigned char>(*at_) < ' ' && !dialect_.control_characters) {
      return false;
    }
  }
  std::string_view text(plain, static_cast<size_t>(at_ - plain));
  if (escaped) {
    decoded_ += text;
    text = std::string_view(decoded_).substr(decoded);
  }
  ++at_;
  nodes_.push_back({JsonKind::kString,
                    static_cast<uint32_t>(nodes_.size() + 1),
                    text,
                    {begin, static_cast<size_t>(at_ - begin)}});
  return true;
}

// At the character after a backslash; leaves at_ on the escape's last one.
bool JsonDocument::Escape() {
  if (at_ == end_) return false;
  switch (*at_) {
    case 'b': decoded_ += '\b'; return true;
    case 'f': decoded_ += '\f'; return true;
    case 'n': decoded_ += '\n'; return true;
    case 'r': decoded_ += '\r'; return true;
    case 't': decoded_ += '\t'; return true;
    case '"':
    case '\\':
    case '/': decoded_ += *at_; return true;
    case 'u': break;
    case '\'':
      if (!dialect_.single_quotes && !dialect_.backslash_any) return false;
      decoded_ += *at_;
      return true;
    default:
      if (!dialect_.backslash_any) return false;
      decoded_ += *at_;
      return true;
  }
  uint32_t code = 0;
  if (!Unicode(code)) return false;
  if (IsHighSurrogate(code) && end_ - at_ > 6 && at_[1] == '\\' && at_[2] == 'u') {
    const char* before = at_;
    at_ += 2;
    uint32_t low = 0;
    if (!Unicode(low)) return false;
    if (IsLowSurrogate(low)) {
      AppendUtf8(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00), decoded_);
      return true;
    }
    at_ = before;
  }
  if (IsHighSurrogate(code) || IsLowSurrogate(code)) {
    decoded_ += '?';  // as Java encodes half a character
  } else {
    AppendUtf8(code, decoded_);
  }
  return true;
}

// At the u; leaves at_ on the last digit.
bool JsonDocument::Unicode(uint32_t& code) {
  code = 0;
  if (end_ - at_ < 5) return false;
  for (int i = 0; i < 4; ++i) {
    char c = *++at_;
    int digit = IsDigit(c)               ? c - '0'
                : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                         : -1;
    if (digit < 0) return false;
    code = code * 16 + static_cast<uint32_t>(digit);
  }
  return true;
}

bool JsonDocument::Number() {
  const char* begin = at_;
  if (*at_ == '-') ++at_;
  if (at_ < end_ && !IsDigit(*at_)) {
    at_ = begin;
    return Word();
  }
  const char* digits = at_;
  while (at_ < end_ && IsDigit(*at_)) ++at_;
  if (at_ == digits) return false;
  if (*digits == '0' && at_ - digits > 1 && !dialect_.leading_zeros) return false;
  JsonKind kind = JsonKind::kInteger;
  if (at_ < end_ && *at_ == '.') {
    kind = JsonKind::kFraction;
    const char* fraction = ++at_;
    while (at_ < end_ && IsDigit(*at_)) ++at_;
    if (at_ == fraction) return false;
  }
  if (at_ < end_ && (*at_ == 'e' || *at_ == 'E')) {
    kind = JsonKind::kFraction;
    ++at_;
    if (at_ < end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    const char* exponent = at_;
    while (at_ < end_ && IsDigit(*at_)) ++at_;
    if (at_ == exponent) return false;
  }
  if (at_ < end_ && (IsNamePart(*at_) || *at_ == '.')) return false;
  std::string_view text(begin, static_cast<size_t>(at_ - begin));
  nodes_.push_back({kind, static_cast<uint32_t>(nodes_.size() + 1), text, text});
  return true;
}

bool JsonDocument::Take(std::string_view word) {
  if (!rest().starts_with(word)) return false;
  const char* after = at_ + word.size();
  if (after < end_ && IsNamePart(*after)) return false;
  at_ = after;
  return true;
}

bool JsonDocument::Word() {
  const char* begin = at_;
  JsonKind kind = JsonKind::kNull;
  if (Take("null")) {
    kind = JsonKind::kNull;
  } else if (Take("true")) {
    kind = JsonKind::kTrue;
  } else if (Take("false")) {
    kind = JsonKind::kFalse;
  } else {
    if (!dialect_.non_numeric_numbers) return false;
    kind = JsonKind::kFraction;
    if (!Take("NaN") && !Take("Infinity") && !Take("INF") && !Take("+Infinity") && !Take("+INF") &&
        !Take("-Infinity") && !Take("-INF")) {
      return false;
    }
  }
  std::string_view text(begin, static_cast<size_t>(at_ - begin));
  nodes_.push_back({kind, static_cast<uint32_t>(nodes_.size() + 1), text, text});
  return true;
}

}  // namespace pyrite::sources
