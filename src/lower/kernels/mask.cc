// Kernels that hide or check the characters of a text.

#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

Text Replacement(uint32_t point, Text upper, Text lower, Text digit, Text other) {
  switch (duckdb::utf8proc_category(static_cast<int32_t>(point))) {
    case 1: return upper;  // utf8proc's numbers of Lu, Ll and Nd
    case 2: return lower;
    case 9: return digit;
    default: return other;
  }
}

// An empty replacement keeps the characters of its kind. Spark sees UTF-16: what takes two of its
// units is no letter, but two others.
std::string Mask(Text text, Text upper, Text lower, Text digit, Text other) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    size_t next = Advance(text, at, 1);
    Text character = text.substr(at, next - at);
    size_t from = at;
    uint32_t point = NextPoint(text, from);
    bool is_pair = point > 0xffff;
    Text by = is_pair ? other : Replacement(point, upper, lower, digit, other);
    out += by.empty() ? character : by;
    if (is_pair) out += by;
    at = next;
  }
  return out;
}

bool IsLuhnNumber(Text text) {
  int sum = 0;
  bool doubled = false;
  for (auto at = text.rbegin(); at != text.rend(); ++at) {
    if (*at < '0' || *at > '9') return false;
    int digit = (*at - '0') * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
    doubled = !doubled;
  }
  return !text.empty() && sum % 10 == 0;
}

}  // namespace

void RegisterMaskKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  loader.RegisterFunction(MakeKernel("spark_mask", {text, text, text, text, text}, text,
                                     Rowwise<std::string, Text, Text, Text, Text, Text>(Mask)));
  loader.RegisterFunction(MakeKernel("spark_luhn_check", {text}, LogicalType::BOOLEAN,
                                     Rowwise<bool, Text>(IsLuhnNumber)));
}

}  // namespace pyrite::lower
