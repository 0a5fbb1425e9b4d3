#include "lower/kernels/variant/variant_path.h"

namespace pyrite::lower {
namespace {

constexpr size_t kMostIndex = 2147483647;

// The digits up to "]".
std::optional<size_t> ReadIndex(std::string_view digits) {
  if (digits.empty()) return std::nullopt;
  size_t index = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<size_t>(c - '0');
    if (index > kMostIndex) return std::nullopt;
  }
  return index;
}

}  // namespace

std::optional<VariantPath> VariantPath::Read(std::string_view text) {
  if (text.empty() || text[0] != '$') return std::nullopt;
  VariantPath path;
  for (size_t at = 1; at < text.size();) {
    Step step;
    size_t end = 0;
    if (text[at] == '.') {
      end = std::min(text.find_first_of(".[", at + 1), text.size());
      step.name = text.substr(at + 1, end - at - 1);
      if (step.name->empty()) return std::nullopt;
    } else if (text[at] == '[' && at + 1 < text.size()) {
      char quote = text[at + 1];
      bool quoted = quote == '\'' || quote == '"';
      size_t start = at + (quoted ? 2 : 1);
      size_t close = text.find(quoted ? std::string{quote, ']'} : "]", start);
      if (close == std::string_view::npos) return std::nullopt;
      std::string_view inside = text.substr(start, close - start);
      if (quoted) {
        step.name = inside;
      } else if (auto index = ReadIndex(inside)) {
        step.index = *index;
      } else {
        return std::nullopt;
      }
      end = close + (quoted ? 2 : 1);
    } else {
      return std::nullopt;
    }
    path.steps_.push_back(std::move(step));
    at = end;
  }
  return path;
}

std::optional<VariantView> VariantPath::Follow(VariantView variant) const {
  for (const Step& step : steps_) {
    VariantKind kind = variant.kind();
    if (step.name) {
      if (kind != VariantKind::kObject) return std::nullopt;
      auto found = variant.Find(*step.name);
      if (!found) return std::nullopt;
      variant = *found;
    } else {
      if (kind != VariantKind::kArray || step.index >= variant.size()) return std::nullopt;
      variant = variant.element(step.index);
    }
  }
  return variant;
}

}  // namespace pyrite::lower
