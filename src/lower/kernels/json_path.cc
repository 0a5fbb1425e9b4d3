#include "lower/kernels/json_path.h"

#include "base/text/text_to_number.h"
#include "base/value.h"
#include "lower/kernels/json_text.h"

namespace pyrite::lower {

using sources::JsonKind;
using sources::JsonNodes;

void AppendJson(const JsonNodes& nodes, uint32_t at, std::string& out) {
  const sources::JsonNode& node = nodes[at];
  switch (node.kind) {
    case JsonKind::kNull: out += "null"; return;
    case JsonKind::kTrue: out += "true"; return;
    case JsonKind::kFalse: out += "false"; return;
    case JsonKind::kInteger: out += node.text; return;
    case JsonKind::kFraction: {
      auto value = TextToDouble(node.text);
      out += value ? DoubleToString(*value) : std::string(node.text);
      return;
    }
    case JsonKind::kString: AppendJsonText(node.text, out); return;
    case JsonKind::kArray: {
      out += '[';
      for (uint32_t item = at + 1; item < node.next; item = nodes[item].next) {
        if (item > at + 1) out += ',';
        AppendJson(nodes, item, out);
      }
      out += ']';
      return;
    }
    case JsonKind::kObject: {
      out += '{';
      for (uint32_t key = at + 1; key < node.next; key = nodes[key + 1].next) {
        if (key > at + 1) out += ',';
        AppendJsonText(nodes[key].text, out);
        out += ':';
        AppendJson(nodes, key + 1, out);
      }
      out += '}';
    }
  }
}

std::optional<JsonPath> JsonPath::Read(std::string_view text) {
  if (text.empty() || text[0] != '$') return std::nullopt;
  JsonPath path;
  for (size_t at = 1; at < text.size();) {
    if (text[at] == '.') {
      size_t end = std::min(text.find_first_of(".[", at + 1), text.size());
      std::string_view name = text.substr(at + 1, end - at - 1);
      if (name.empty()) return std::nullopt;
      if (name == "*") {
        path.steps_.push_back({Step::Kind::kAnyName, "", 0});
      } else {
        path.steps_.push_back({Step::Kind::kName, std::string(name), 0});
      }
      at = end;
      continue;
    }
    if (text[at] != '[') return std::nullopt;
    if (text.substr(at, 2) == "['") {
      size_t end = text.find("']", at + 2);
      if (end == std::string_view::npos) return std::nullopt;
      std::string_view name = text.substr(at + 2, end - at - 2);
      if (name.empty()) return std::nullopt;
      if (name == "*") {
        path.steps_.push_back({Step::Kind::kAnyName, "", 0});
      } else {
        path.steps_.push_back({Step::Kind::kName, std::string(name), 0});
      }
      at = end + 2;
      continue;
    }
    size_t end = text.find(']', at);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view index = text.substr(at + 1, end - at - 1);
    if (index == "*") {
      path.steps_.push_back({Step::Kind::kAnyIndex, "", 0});
    } else {
      uint64_t value = 0;
      if (index.empty() || index.size() > 18) return std::nullopt;
      for (char c : index) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<uint64_t>(c - '0');
      }
      path.steps_.push_back({Step::Kind::kIndex, "", value});
    }
    at = end + 1;
  }
  return path;
}

// Values one after the other, with commas inside arrays.
class JsonPath::Output {
 public:
  explicit Output(bool in_array = false) : in_array_(in_array) {}

  std::string& Next() {
    if (in_array_ && count_ > 0) text_ += ',';
    ++count_;
    return text_;
  }
  std::string& text() { return text_; }
  size_t count() const { return count_; }

 private:
  bool in_array_;
  size_t count_ = 0;
  std::string text_;
};

bool JsonPath::WalkObject(const JsonNodes& nodes, uint32_t at, size_t step, Style style,
                          Output& out) const {
  const Step& wanted = steps_[step];
  if (wanted.kind == Step::Kind::kAnyName) return false;  // Spark reads it and finds nothing
  for (uint32_t key = at + 1; key < nodes[at].next; key = nodes[key + 1].next) {
    if (nodes[key].text != wanted.name || nodes[key + 1].kind == JsonKind::kNull) continue;
    if (Walk(nodes, key + 1, step + 1, style, out)) return true;
  }
  return false;
}

bool JsonPath::WalkArray(const JsonNodes& nodes, uint32_t at, size_t step, Style style,
                         Output& out) const {
  uint32_t end = nodes[at].next;
  if (steps_[step].kind == Step::Kind::kIndex) {
    uint32_t item = at + 1;
    for (uint64_t i = 0; i < steps_[step].index && item < end; ++i) item = nodes[item].next;
    if (item >= end) return false;
    Style next = IsAnyIndex(step + 1) ? Style::kQuoted : style;
    return Walk(nodes, item, step + 1, next, out);
  }
  bool doubled = IsAnyIndex(step + 1);
  bool unwraps = !doubled && style != Style::kQuoted;
  Style next = doubled || style == Style::kFlatten ? Style::kFlatten : Style::kQuoted;
  Output inner(true);
  bool found = false;
  for (uint32_t item = at + 1; item < end; item = nodes[item].next) {
    found |= Walk(nodes, item, step + (doubled ? 2 : 1), next, inner);
  }
  if (unwraps && !found) return false;
  bool single = unwraps && inner.count() == 1;
  out.Next() += single ? inner.text() : "[" + inner.text() + "]";
  return found;
}

bool JsonPath::Walk(const JsonNodes& nodes, uint32_t at, size_t step, Style style,
                    Output& out) const {
  const sources::JsonNode& node = nodes[at];
  if (step == steps_.size()) {
    if (node.kind == JsonKind::kString && style == Style::kRaw) {
      out.Next() += node.text;
      return true;
    }
    if (node.kind == JsonKind::kArray && style == Style::kFlatten) {
      bool found = false;
      for (uint32_t item = at + 1; item < node.next; item = nodes[item].next) {
        found |= Walk(nodes, item, step, style, out);
      }
      return found;
    }
    AppendJson(nodes, at, out.Next());
    return true;
  }
  bool named = steps_[step].kind == Step::Kind::kName || steps_[step].kind == Step::Kind::kAnyName;
  if (node.kind == JsonKind::kObject && named) return WalkObject(nodes, at, step, style, out);
  if (node.kind == JsonKind::kArray && !named) return WalkArray(nodes, at, step, style, out);
  return false;
}

std::optional<std::string> JsonPath::Evaluate(const JsonNodes& nodes) const {
  Output out;
  if (!Walk(nodes, 0, 0, Style::kRaw, out)) return std::nullopt;
  return std::move(out.text());
}

}  // namespace pyrite::lower
