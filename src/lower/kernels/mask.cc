// Kernels that hide or check the characters of a text.

#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

// An empty replacement keeps the characters of its kind. Letters beyond ASCII have no kind here.
std::string Mask(Text text, Text upper, Text lower, Text digit, Text other) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    size_t next = Advance(text, at, 1);
    Text character = text.substr(at, next - at);
    char c = character[0];
    Text by = c >= 'A' && c <= 'Z'   ? upper
              : c >= 'a' && c <= 'z' ? lower
              : c >= '0' && c <= '9' ? digit
                                     : other;
    out += by.empty() ? character : by;
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
