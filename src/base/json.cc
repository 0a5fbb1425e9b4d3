#include "base/json.h"

#include <cctype>
#include <cstdint>

#include "base/error.h"
#include "base/text/hex.h"

namespace pyrite {
namespace {

constexpr int kMaximumDepth = 500;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Json Whole() {
    Json json = Value(0);
    SkipSpace();
    if (at_ != text_.size()) Fail();
    return json;
  }

 private:
  [[noreturn]] void Fail() const {
    throw SparkError("INVALID_JSON_DATA_TYPE",
                     {{"invalidType", std::string(text_.substr(0, 200))}});
  }

  void SkipSpace() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  bool Accept(char c) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void Expect(char c) {
    if (!Accept(c)) Fail();
  }

  Json Value(int depth) {
    if (depth > kMaximumDepth) Fail();
    SkipSpace();
    if (at_ >= text_.size()) Fail();
    Json json;
    switch (text_[at_]) {
      case '{': return Object(depth);
      case '[': return Array(depth);
      case '"':
        json.kind = Json::Kind::kString;
        json.text = String();
        return json;
      default: return Word();
    }
  }

  Json Object(int depth) {
    Json json;
    json.kind = Json::Kind::kObject;
    Expect('{');
    if (Accept('}')) return json;
    do {
      SkipSpace();
      std::string name = String();
      Expect(':');
      json.members.emplace_back(std::move(name), Value(depth + 1));
    } while (Accept(','));
    Expect('}');
    return json;
  }

  Json Array(int depth) {
    Json json;
    json.kind = Json::Kind::kArray;
    Expect('[');
    if (Accept(']')) return json;
    do json.items.push_back(Value(depth + 1));
    while (Accept(','));
    Expect(']');
    return json;
  }

  // A number, true, false or null.
  Json Word() {
    size_t start = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) ||
                                  text_[at_] == '-' || text_[at_] == '+' || text_[at_] == '.')) {
      ++at_;
    }
    Json json;
    json.text = text_.substr(start, at_ - start);
    if (json.text == "null") return Json();
    if (json.text == "true" || json.text == "false") {
      json.kind = Json::Kind::kBoolean;
    } else if (!json.text.empty() && (json.text[0] == '-' || std::isdigit(json.text[0]))) {
      json.kind = Json::Kind::kNumber;
    } else {
      Fail();
    }
    return json;
  }

  uint32_t Hex4() {
    if (at_ + 4 > text_.size()) Fail();
    uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      char c = text_[at_++];
      if (!std::isxdigit(static_cast<unsigned char>(c))) Fail();
      code = code * 16 + static_cast<uint32_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return code;
  }

  static void AppendUtf8(uint32_t code, std::string* out) {
    if (code < 0x80) {
      *out += static_cast<char>(code);
    } else if (code < 0x800) {
      *out += static_cast<char>(0xC0 | code >> 6);
      *out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      *out += static_cast<char>(0xE0 | code >> 12);
      *out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      *out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
      *out += static_cast<char>(0xF0 | code >> 18);
      *out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
      *out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      *out += static_cast<char>(0x80 | (code & 0x3F));
    }
  }

  void Escape(std::string* out) {
    if (at_ >= text_.size()) Fail();
    char c = text_[at_++];
    switch (c) {
      case 'n': *out += '\n'; return;
      case 't': *out += '\t'; return;
      case 'r': *out += '\r'; return;
      case 'b': *out += '\b'; return;
      case 'f': *out += '\f'; return;
      case '"':
      case '\\':
      case '/': *out += c; return;
      case 'u': break;
      default: Fail();
    }
    uint32_t code = Hex4();
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      code = 0x10000 + ((code - 0xD800) << 10) + (Hex4() - 0xDC00);
    }
    AppendUtf8(code, out);
  }

  std::string String() {
    if (at_ >= text_.size() || text_[at_] != '"') Fail();
    ++at_;
    std::string out;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        ++at_;
        Escape(&out);
      } else {
        out += text_[at_++];
      }
    }
    if (at_ >= text_.size()) Fail();
    ++at_;
    return out;
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

const Json* Json::Find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

Json ParseJson(std::string_view text) { return Reader(text).Whole(); }

std::string QuoteJson(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          AppendHex(static_cast<unsigned char>(c), out, kLowerHex);
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

std::string ToText(const Json& json) {
  std::string out;
  switch (json.kind) {
    case Json::Kind::kNull: return "null";
    case Json::Kind::kBoolean:
    case Json::Kind::kNumber: return json.text;
    case Json::Kind::kString: return QuoteJson(json.text);
    case Json::Kind::kArray:
      for (const Json& item : json.items) out += (out.empty() ? "" : ",") + ToText(item);
      return "[" + out + "]";
    case Json::Kind::kObject: break;
  }
  for (const auto& [name, value] : json.members) {
    out += (out.empty() ? "" : ",") + QuoteJson(name) + ":" + ToText(value);
  }
  return "{" + out + "}";
}

}  // namespace pyrite
