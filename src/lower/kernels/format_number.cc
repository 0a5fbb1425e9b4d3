// format_number: digits in groups, rounded half to even, by a number of places or a pattern of
// Java's DecimalFormat.

#include <cmath>
#include <cstdio>

#include "base/text/decimal_text.h"
#include "lower/kernels/any.h"
#include "lower/kernels/decimal.h"
#include "lower/kernels/error.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/size_budget.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

struct Pattern {
  std::string prefix, suffix;
  size_t group = 3;  // 0: no groups
  size_t least = 1;  // digits before the point
  int least_places = 0;
  int most_places = 0;
};

Pattern ReadPattern(Text text) {
  Pattern pattern;
  size_t at = 0;
  const auto is_digit = [](char c) { return c == '#' || c == '0' || c == ',' || c == '.'; };
  while (at < text.size() && !is_digit(text[at])) pattern.prefix += text[at++];
  size_t digits = 0, group_start = 0;
  bool grouped = false, behind = false;
  pattern.least = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (text[at] == '.') {
      behind = true;
    } else if (text[at] == ',') {
      grouped = true;
      group_start = digits;
    } else if (behind) {
      ++pattern.most_places;
      if (text[at] == '0') ++pattern.least_places;
    } else {
      ++digits;
      if (text[at] == '0') ++pattern.least;
    }
  }
  if (pattern.least == 0 && behind) {  // Java wants a digit before the point, or one behind it
    if (digits > 0) {
      pattern.least = 1;
    } else {
      pattern.least_places = std::max(pattern.least_places, 1);
    }
  }
  pattern.group = grouped ? digits - group_start : 0;
  pattern.suffix = text.substr(at);
  return pattern;
}

Pattern PatternOf(int32_t places) {
  Pattern pattern;
  pattern.least_places = pattern.most_places = places;
  return pattern;
}

// `digits`: of the magnitude, with exactly `most_places` behind the point.
std::string Dressed(std::string digits, bool negative, const Pattern& pattern) {
  size_t point = std::min(digits.find('.'), digits.size());
  std::string whole = digits.substr(0, point), fraction = digits.substr(point);
  auto least = static_cast<size_t>(pattern.least_places);
  while (fraction.size() > least + 1 && fraction.back() == '0') fraction.pop_back();
  if (fraction == ".") fraction.clear();
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.size() < pattern.least) whole.insert(0, pattern.least - whole.size(), '0');
  if (whole.empty() && fraction.empty()) whole = "0";
  if (pattern.group > 0) {
    auto step = static_cast<int64_t>(pattern.group);
    for (auto at = static_cast<int64_t>(whole.size()) - step; at > 0; at -= step) {
      whole.insert(static_cast<size_t>(at), ",");
    }
  }
  std::string out = whole + fraction;
  bool zero = out.find_first_of("123456789") == std::string::npos;
  return (negative && !zero ? "-" : "") + pattern.prefix + out + pattern.suffix;
}

std::string OfDouble(double value, const Pattern& pattern) {
  if (std::isnan(value)) return "NaN";
  bool negative = std::signbit(value);
  if (std::isinf(value)) return negative ? "-\u221E" : "\u221E";
  std::string buffer(400 + static_cast<size_t>(pattern.most_places), '\0');
  int length =
      std::snprintf(buffer.data(), buffer.size(), "%.*f", pattern.most_places, std::fabs(value));
  std::string out = Dressed(buffer.substr(0, static_cast<size_t>(length)), false, pattern);
  return negative ? "-" + out : out;
}

std::string OfDecimal(Int128 value, int scale, const Pattern& pattern) {
  bool negative = value < 0;
  if (negative) value = -value;
  int places = pattern.most_places;
  if (places < scale) {  // half to even
    Int128 divisor = PowerOfTen(scale - places), rest = value % divisor;
    value /= divisor;
    if (rest > divisor - rest || (rest == divisor - rest && value % 2 != 0)) ++value;
    scale = places;
  }
  std::string digits = DecimalToString(value, scale);
  if (places > scale) {
    if (scale == 0) digits += '.';
    digits.append(static_cast<size_t>(places - scale), '0');
  }
  return Dressed(std::move(digits), negative, pattern);
}

// Patterns are often constant: the last one is kept.
const Pattern& Cached(Text text) {
  thread_local std::string last;
  thread_local Pattern pattern = ReadPattern("");
  if (last != text) {
    pattern = ReadPattern(text);
    last = text;
  }
  return pattern;
}

std::optional<std::string> DoubleByPlaces(double value, int32_t places) {
  if (places < 0) return std::nullopt;
  constexpr int32_t kMostOfJava = 340;
  return OfDouble(value, PatternOf(std::min(places, kMostOfJava)));
}

std::string DoubleByPattern(double value, Text pattern) {
  return OfDouble(value, pattern.empty() ? PatternOf(0) : Cached(pattern));
}

template <class Second>
void FormatDecimals(duckdb::DataChunk& arguments, duckdb::ExpressionState& state,
                    duckdb::Vector& result) {
  SizeBudget budget(state);
  DecimalReader values(arguments.data[0], arguments.size());
  int scale = ScaleOf(arguments.data[0].GetType());
  const auto seconds = arguments.data[1].Values<typename Storage<Second>::Type>();
  duckdb::FlatVector::SetSize(result, arguments.size());
  auto* out = duckdb::FlatVector::GetDataMutable<duckdb::string_t>(result);
  for (duckdb::idx_t row = 0; row < arguments.size(); ++row) {
    bool valid = values.valid(row) && seconds[row].IsValid();
    if constexpr (std::is_same_v<Second, int32_t>) {
      valid = valid && seconds[row].GetValue() >= 0;
      if (valid) {
        budget.TakeText(seconds[row].GetValue());
        out[row] = Storage<Text>::Write(
            result, OfDecimal(values[row], scale, PatternOf(seconds[row].GetValue())));
      }
    } else if (valid) {
      Text pattern = Storage<Text>::Read(seconds[row].GetValue());
      out[row] = Storage<Text>::Write(
          result, OfDecimal(values[row], scale, pattern.empty() ? PatternOf(0) : Cached(pattern)));
    }
    if (!valid) duckdb::FlatVector::SetNull(result, row, true);
  }
}

}  // namespace

void RegisterFormatNumberKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, integer = LogicalType::INTEGER;
  loader.RegisterFunction(MakeKernel("spark_format_number", {LogicalType::DOUBLE, integer}, text,
                                     Rowwise<std::string, double, int32_t>(DoubleByPlaces)));
  loader.RegisterFunction(MakeKernel("spark_format_number", {LogicalType::DOUBLE, text}, text,
                                     Rowwise<std::string, double, Text>(DoubleByPattern)));
  const auto add = [&](const LogicalType& second, duckdb::scalar_function_t function) {
    auto kernel =
        MakeKernel("spark_format_decimal", {LogicalType(duckdb::LogicalTypeId::DECIMAL), second},
                   text, std::move(function));
    kernel.SetResolveTypesCallback([](duckdb::ResolveScalarFunctionTypesInput& input) {
      input.GetBoundFunction().GetArguments()[0] = input.GetArgumentType(0);
    });
    loader.RegisterFunction(std::move(kernel));
  };
  add(integer, FormatDecimals<int32_t>);
  add(text, FormatDecimals<Text>);
}

}  // namespace pyrite::lower
