// Kernels of to_number and to_char.

#include "base/text/number_format.h"

#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

// Formats are constants: the last one is kept.
const NumberFormat& FormatOf(Text text) {
  thread_local std::string last;
  thread_local std::optional<NumberFormat> format;
  if (format && last == text) return *format;
  format = NumberFormat::Read(text);
  last = text;
  if (!format) {
    if (text.find_first_of("09") == Text::npos) {
      ThrowSpark("INVALID_FORMAT.WRONG_NUM_DIGIT", {{"format", std::string(text)}});
    }
    ThrowSpark("INVALID_FORMAT.UNEXPECTED_TOKEN",
               {{"token", "'" + std::string(text) + "'"}, {"format", std::string(text)}});
  }
  return *format;
}

std::optional<std::string> TryToNumber(Text text, Text format) {
  return FormatOf(format).Parse(text);
}

std::string ToNumber(Text text, Text format) {
  auto number = FormatOf(format).Parse(text);
  if (!number) {
    ThrowSpark("INVALID_FORMAT.MISMATCH_INPUT", {{"inputType", "\"STRING\""},
                                                 {"input", std::string(text)},
                                                 {"format", std::string(format)}});
  }
  return std::move(*number);
}

}  // namespace

void RegisterNumberFormatKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  loader.RegisterFunction(MakeKernel("spark_to_number", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(ToNumber), true));
  loader.RegisterFunction(MakeKernel("spark_try_to_number", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(TryToNumber), true));
  loader.RegisterFunction(MakeKernel("spark_to_char", {text, text}, text,
                                     Rowwise<std::string, Text, Text>([](Text number, Text format) {
                                       return FormatOf(format).Format(number);
                                     }),
                                     true));
}

}  // namespace pyrite::lower
