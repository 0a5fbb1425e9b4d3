#include "sources/text/java_number.h"

#include <limits>

#include "base/text/text_to_number.h"

namespace pyrite::sources {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Java knows two names, spelled so; a cast knows more.
bool HasForeignName(std::string_view text) {
  size_t first = text.find_first_of("nNiI");
  if (first == std::string_view::npos) return false;
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  return text != "NaN" && text != "Infinity";
}

}  // namespace

std::optional<int64_t> JavaLong(std::string_view text) {
  size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  size_t digits = text.size() - i;
  if (digits == 0) return std::nullopt;
  if (digits > 18) {
    for (char c : text.substr(i)) {
      if (!IsDigit(c)) return std::nullopt;
    }
    return TextToLong(text, false);
  }
  int64_t value = 0;
  for (; i < text.size(); ++i) {
    if (!IsDigit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return text[0] == '-' ? -value : value;
}

std::optional<double> JavaDouble(std::string_view text) {
  if (HasForeignName(text)) return std::nullopt;
  return TextToDouble(text);
}

std::optional<float> JavaFloat(std::string_view text) {
  if (HasForeignName(text)) return std::nullopt;
  return TextToFloat(text);
}

std::optional<bool> JavaBoolean(std::string_view text) {
  const auto is = [&](std::string_view name) {
    if (text.size() != name.size()) return false;
    for (size_t i = 0; i < name.size(); ++i) {
      if ((text[i] | 0x20) != name[i]) return false;
    }
    return true;
  };
  if (is("true")) return true;
  if (is("false")) return false;
  return std::nullopt;
}

std::optional<BigDecimalShape> JavaBigDecimal(std::string_view text) {
  size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  bool any = false, point = false;
  int64_t significant = 0, fraction = 0;
  for (; i < text.size(); ++i) {
    char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (!IsDigit(c)) break;
    any = true;
    if (significant > 0 || c != '0') ++significant;
    if (point) ++fraction;
  }
  if (!any) return std::nullopt;
  BigDecimalShape shape;
  shape.precision = significant > 0 ? significant : 1;
  shape.scale = fraction;
  if (i == text.size()) return shape;
  if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
  auto exponent = JavaLong(text.substr(i + 1));
  if (!exponent || *exponent > std::numeric_limits<int32_t>::max() ||
      *exponent < -std::numeric_limits<int32_t>::max()) {
    return std::nullopt;
  }
  shape.scale -= *exponent;
  return shape;
}

}  // namespace pyrite::sources
