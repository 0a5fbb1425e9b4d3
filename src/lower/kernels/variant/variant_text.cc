#include "lower/kernels/variant/variant_text.h"

#include <charconv>
#include <cstdlib>

#include "lower/kernels/error.h"
#include "sources/json/json_document.h"

namespace pyrite::lower {
namespace {

using sources::JsonDocument;
using sources::JsonKind;
using sources::JsonNodes;

// A decimal of at most 38 digits, written without an exponent.
bool AppendDecimal(std::string_view text, VariantBuilder& builder) {
  constexpr int kMostDigits = 38;
  Int128 unscaled = 0;
  int digits = 0, scale = 0;
  bool behind = false;
  for (char c : text.substr(text[0] == '-' ? 1 : 0)) {
    if (c == '.') {
      behind = true;
      continue;
    }
    if (c < '0' || c > '9') return false;
    if (unscaled != 0 || c != '0') ++digits;
    if (digits > kMostDigits) return false;
    unscaled = unscaled * 10 + (c - '0');
    scale += behind;
  }
  if (scale > kMostDigits) return false;
  builder.AppendDecimal(text[0] == '-' ? -unscaled : unscaled, scale);
  return true;
}

void AppendNumber(std::string_view text, VariantBuilder& builder) {
  int64_t whole = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error == std::errc() && end == text.data() + text.size()) {
    builder.AppendLong(whole);
  } else if (!AppendDecimal(text, builder)) {
    builder.AppendDouble(std::strtod(std::string(text).c_str(), nullptr));
  }
}

void AppendNode(const JsonNodes& nodes, uint32_t at, VariantBuilder& builder) {
  const sources::JsonNode& node = nodes[at];
  size_t start = builder.position();
  switch (node.kind) {
    case JsonKind::kNull: builder.AppendNull(); return;
    case JsonKind::kTrue: builder.AppendBoolean(true); return;
    case JsonKind::kFalse: builder.AppendBoolean(false); return;
    case JsonKind::kInteger:
    case JsonKind::kFraction: AppendNumber(node.text, builder); return;
    case JsonKind::kString: builder.AppendText(node.text); return;
    case JsonKind::kArray: {
      std::vector<size_t> elements;
      for (uint32_t i = at + 1; i < node.next; i = nodes[i].next) {
        elements.push_back(builder.position());
        AppendNode(nodes, i, builder);
      }
      builder.FinishArray(start, elements);
      return;
    }
    case JsonKind::kObject: {
      std::vector<VariantBuilder::Field> fields;
      for (uint32_t i = at + 1; i < node.next; i = nodes[i + 1].next) {
        fields.push_back({std::string(nodes[i].text), builder.position()});
        AppendNode(nodes, i + 1, builder);
      }
      builder.FinishObject(start, std::move(fields));
      return;
    }
  }
}

}  // namespace

bool AppendJsonVariant(std::string_view text, bool lenient, VariantBuilder& builder) {
  thread_local JsonDocument document{sources::JsonDialect()};
  if (document.Parse(text) == JsonDocument::Outcome::kValue) {
    AppendNode(document.nodes(), 0, builder);
    return true;
  }
  if (lenient) return false;
  ThrowSpark("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
             {{"badRecord", std::string(text)}, {"failFastMode", "FAILFAST"}});
}

}  // namespace pyrite::lower
