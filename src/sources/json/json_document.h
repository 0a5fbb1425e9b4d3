// JSON text as a flat list of nodes, each followed by its children: an object's are its keys and
// values in turn.
//
//   JsonDocument document(dialect);
//   if (document.Parse(text)) Visit(document.nodes(), 0);
//
// Nodes are views of the text and of the document, valid until the next Parse. What stands after
// the first value is not looked at, as in Spark. A document belongs to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sources/json/json_options.h"

namespace pyrite::sources {

enum class JsonKind : uint8_t {
  kNull,
  kTrue,
  kFalse,
  kInteger,
  kFraction,  // also NaN and the infinities
  kString,    // also an object's key
  kArray,
  kObject,
};

struct JsonNode {
  JsonKind kind = JsonKind::kNull;
  uint32_t next = 0;      // the index after the node and all its children
  std::string_view text;  // a string's characters; a number's own text
  std::string_view raw;   // as it stands in the text
};

using JsonNodes = std::vector<JsonNode>;

class JsonDocument {
 public:
  explicit JsonDocument(const JsonDialect& dialect) : dialect_(dialect) {}

  enum class Outcome : uint8_t { kValue, kNothing, kMalformed };
  // The first value in the text; kNothing for white space only.
  Outcome Parse(std::string_view text);

  const JsonNodes& nodes() const { return nodes_; }
  // What Parse has not read yet.
  std::string_view rest() const { return {at_, static_cast<size_t>(end_ - at_)}; }

 private:
  bool Value(int depth);
  bool Object(int depth);
  bool Array(int depth);
  bool Key();
  bool Text(char quote);
  bool Escape();
  bool Unicode(uint32_t& code);
  bool Number();
  bool Word();
  bool SkipSpace();
  bool Take(std::string_view word);
  void Close(size_t node, const char* begin);

  JsonDialect dialect_;
  JsonNodes nodes_;
  std::string decoded_;  // of strings with escapes; as large as the text, so it never moves
  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

}  // namespace pyrite::sources
