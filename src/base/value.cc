#include "base/value.h"

#include <algorithm>
#include <cmath>

namespace pyrite {

bool Value::operator==(const Value& other) const {
  if (storage.index() != other.storage.index()) return false;
  if (std::holds_alternative<double>(storage)) {
    double a = as_double(), b = other.as_double();
    return a == b || (std::isnan(a) && std::isnan(b));
  }
  if (std::holds_alternative<std::shared_ptr<const Values>>(storage)) {
    return children() == other.children();
  }
  return storage == other.storage;
}

std::string Int128ToString(Int128 value) {
  if (value == 0) return "0";
  bool negative = value < 0;
  unsigned __int128 rest =
      negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
  std::string out;
  for (; rest != 0; rest /= 10) out += static_cast<char>('0' + static_cast<int>(rest % 10));
  if (negative) out += '-';
  std::reverse(out.begin(), out.end());
  return out;
}

std::string DecimalToString(Int128 unscaled, int scale) {
  std::string digits = Int128ToString(unscaled < 0 ? -unscaled : unscaled);
  if (scale > 0) {
    if (static_cast<int>(digits.size()) <= scale) {
      digits.insert(0, scale + 1 - digits.size(), '0');
    }
    digits.insert(digits.size() - scale, ".");
  }
  return unscaled < 0 ? "-" + digits : digits;
}

}  // namespace pyrite
