// The number formats of to_number and to_char: "$99,999.99S".
//
//   9 0      a digit; a run that starts with 0 before the point has exactly so many digits
//   . D      the point
//   , G      between groups
//   $        the dollar sign
//   S MI     the sign, at an end; with MI only the minus
//   PR       negative numbers between < and >
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrite {

class NumberFormat {
 public:
  // nullopt: malformed.
  static std::optional<NumberFormat> Read(std::string_view text);

  // The number in `text` as "-123.45"; nullopt: the text does not follow the format.
  std::optional<std::string> Parse(std::string_view text) const;
  // `number` ("-123.45") by the format; signs of too many digits become #.
  std::string Format(std::string_view number) const;

 private:
  enum class Kind : uint8_t { kDigits, kGroup, kPoint, kDollar, kSign, kMinus, kOpen, kClose };
  struct Token {
    Kind kind;
    size_t count = 0;      // kDigits
    bool exactly = false;  // kDigits that start with 0
  };

  std::vector<Token> tokens_;
};

}  // namespace pyrite
