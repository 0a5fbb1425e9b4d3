#include "sources/text/java_number.h"

#include <limits>

#include "base/text/text_to_number.h"

namespace pyrite::sources {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Java knows two names, spelled so; a cast knows more.
bool HasForeignName(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  if (text.empty() || IsDigit(text.front()) || text.front() == '.') return false;
  return text != "NaN" && text != "Infinity";
}

// Plain decimals of few digits: a division of two exact doubles is the nearest double.
std::optional<double> ShortDecimal(std::string_view text) {
  constexpr size_t kMostDigits = 15;
  constexpr double kPowers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
  if (text.size() - i > kMostDigits + 1) return std::nullopt;
  int64_t value = 0;
  size_t digits = 0, fraction = 0;
  bool point = false;
  for (; i < text.size(); ++i) {
    if (IsDigit(text[i])) {
      value = value * 10 + (text[i] - '0');
      ++digits;
      fraction += point ? 1 : 0;
    } else if (text[i] == '.' && !point) {
      point = true;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || digits > kMostDigits) return std::nullopt;
  double magnitude = static_cast<double>(value) / kPowers[fraction];
  return text[0] == '-' ? -magnitude : magnitude;
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
  if (auto value = ShortDecimal(text)) return value;
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
