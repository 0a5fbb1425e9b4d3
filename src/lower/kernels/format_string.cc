// format_string: Java's Formatter over a row's values.

#include <cmath>
#include <cstdio>

#include "base/text/decimal_text.h"
#include "base/value.h"
#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/common/vector/unified_vector_format.hpp"
#include "lower/kernels/any.h"
#include "lower/kernels/decimal.h"
#include "lower/kernels/error.h"
#include "lower/kernels/physical.h"
#include "lower/kernels/size_budget.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::Vector;
using Text = std::string_view;

// One argument column.
struct Column {
  LogicalType type;
  duckdb::UnifiedVectorFormat format;

  template <class T>
  const T& Get(idx_t at) const {
    return duckdb::UnifiedVectorFormat::GetData<T>(format)[at];
  }
};

// %[index$][flags][width][.precision]conversion
struct Directive {
  size_t index = 0;  // 1-based; 0: the next
  std::string flags;
  int width = -1;
  int precision = -1;
  char conversion = 0;
  bool Has(char flag) const { return flags.find(flag) != std::string::npos; }
};

[[noreturn]] void ThrowFormat(const std::string& message) {
  ThrowJava("java.lang.IllegalArgumentException",
            "In the format of format_string: " + message + ".");
}

void Pad(std::string& text, const Directive& directive) {
  int64_t missing = directive.width - CountCharacters(text);
  if (missing <= 0) return;
  auto count = static_cast<size_t>(missing);
  if (directive.Has('-')) {
    text.append(count, ' ');
  } else {
    text.insert(0, count, ' ');
  }
}

std::string Grouped(std::string digits) {
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return digits;
}

// Puts the sign and zeros before the digits of a number.
std::string Signed(std::string digits, bool negative, const Directive& directive) {
  std::string prefix, suffix;
  if (negative && directive.Has('(')) {
    prefix = "(";
    suffix = ")";
  } else if (negative) {
    prefix = "-";
  } else if (directive.Has('+')) {
    prefix = "+";
  } else if (directive.Has(' ')) {
    prefix = " ";
  }
  if (directive.Has('0')) {
    auto width = static_cast<int64_t>(prefix.size() + digits.size() + suffix.size());
    if (width < directive.width)
      digits.insert(0, static_cast<size_t>(directive.width - width), '0');
  }
  return prefix + digits + suffix;
}

class Formatter {
 public:
  Formatter(const std::vector<Column>& columns, duckdb::ExpressionState& state)
      : columns_(columns), budget_(state) {}

  std::string Format(Text format, idx_t row);

 private:
  Directive Read(Text format, size_t& at);
  std::string Convert(const Directive& directive, const Column& column, idx_t at);
  std::string ConvertInteger(const Directive& directive, const Column& column, idx_t at);
  std::string ConvertReal(const Directive& directive, double value);
  std::string Plain(const Column& column, idx_t at);
  static int64_t IntegerOf(const Column& column, idx_t at);
  static int BitsOf(const Column& column);

  const std::vector<Column>& columns_;
  SizeBudget budget_;
};

Directive Formatter::Read(Text format, size_t& at) {
  Directive directive;
  const auto digit = [&] { return at < format.size() && format[at] >= '0' && format[at] <= '9'; };
  const auto number = [&] {
    int value = 0;
    while (digit()) value = std::min(value * 10 + (format[at++] - '0'), 100000000);
    return value;
  };
  size_t start = at;
  if (digit() && format[at] != '0') {
    int value = number();
    if (at < format.size() && format[at] == '$') {
      directive.index = static_cast<size_t>(value);
      ++at;
    } else {
      at = start;
    }
  }
  while (at < format.size() && Text("-#+ 0,(<").find(format[at]) != Text::npos) {
    directive.flags += format[at++];
  }
  if (digit()) directive.width = number();
  if (at < format.size() && format[at] == '.') {
    ++at;
    if (!digit()) ThrowFormat("a precision is missing");
    directive.precision = number();
  }
  if (at >= format.size()) ThrowFormat("a conversion is missing");
  directive.conversion = format[at++];
  return directive;
}

int64_t Formatter::IntegerOf(const Column& column, idx_t at) {
  switch (column.type.id()) {
    case LogicalTypeId::TINYINT: return column.Get<int8_t>(at);
    case LogicalTypeId::SMALLINT: return column.Get<int16_t>(at);
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::DATE: return column.Get<int32_t>(at);
    default: return column.Get<int64_t>(at);
  }
}

int Formatter::BitsOf(const Column& column) {
  switch (column.type.id()) {
    case LogicalTypeId::TINYINT: return 8;
    case LogicalTypeId::SMALLINT: return 16;
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::DATE: return 32;
    default: return 64;
  }
}

std::string DecimalText(const Column& column, idx_t at) {
  Int128 value = 0;
  switch (column.type.InternalType()) {
    case duckdb::PhysicalType::INT16: value = column.Get<int16_t>(at); break;
    case duckdb::PhysicalType::INT32: value = column.Get<int32_t>(at); break;
    case duckdb::PhysicalType::INT64: value = column.Get<int64_t>(at); break;
    default: value = FromHugeint(column.Get<duckdb::hugeint_t>(at));
  }
  return DecimalToJavaString(value, ScaleOf(column.type));
}

// As %s shows it.
std::string Formatter::Plain(const Column& column, idx_t at) {
  switch (column.type.id()) {
    case LogicalTypeId::BOOLEAN: return column.Get<bool>(at) ? "true" : "false";
    case LogicalTypeId::VARCHAR: return std::string(View(column.Get<duckdb::string_t>(at)));
    case LogicalTypeId::FLOAT: return FloatToString(column.Get<float>(at));
    case LogicalTypeId::DOUBLE: return DoubleToString(column.Get<double>(at));
    case LogicalTypeId::DECIMAL: return DecimalText(column, at);
    case LogicalTypeId::TINYINT:
    case LogicalTypeId::SMALLINT:
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::BIGINT:
    case LogicalTypeId::DATE:
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_TZ: return std::to_string(IntegerOf(column, at));
    default:
      ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
                 {{"feature", "format_string of " + column.type.ToString()}});
  }
}

std::string Formatter::ConvertInteger(const Directive& directive, const Column& column, idx_t at) {
  int64_t value = IntegerOf(column, at);
  if (directive.conversion == 'd') {
    bool negative = value < 0;
    uint64_t magnitude = negative ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
    std::string digits = std::to_string(magnitude);
    if (directive.Has(',')) digits = Grouped(std::move(digits));
    return Signed(std::move(digits), negative, directive);
  }
  auto bits = static_cast<uint64_t>(value);
  if (BitsOf(column) < 64) bits &= (uint64_t{1} << BitsOf(column)) - 1;
  char buffer[32];
  bool octal = directive.conversion == 'o';
  std::snprintf(buffer, sizeof(buffer), octal ? "%lo" : "%lx", bits);
  std::string digits = buffer;
  std::string prefix = directive.Has('#') ? (octal ? "0" : "0x") : "";
  if (directive.Has('0')) {
    auto width = static_cast<int64_t>(prefix.size() + digits.size());
    if (width < directive.width)
      digits.insert(0, static_cast<size_t>(directive.width - width), '0');
  }
  return prefix + digits;
}

std::string Formatter::ConvertReal(const Directive& directive, double value) {
  if (std::isnan(value)) return "NaN";
  bool negative = std::signbit(value);
  if (std::isinf(value)) {
    Directive plain = directive;
    std::erase(plain.flags, '0');
    return Signed("Infinity", negative, plain);
  }
  int precision = directive.precision < 0 ? 6 : directive.precision;
  char conversion = directive.conversion;
  double magnitude = std::fabs(value);
  if (conversion == 'g') {
    if (precision == 0) precision = 1;
    bool plain = magnitude == 0 || (magnitude >= 1e-4 && magnitude < std::pow(10, precision));
    conversion = plain ? 'f' : 'e';
    int exponent = magnitude == 0 ? 0 : static_cast<int>(std::floor(std::log10(magnitude)));
    precision = plain ? std::max(precision - exponent - 1, 0) : precision - 1;
  }
  // Java rounds the shortest decimal form HALF_UP, C the exact value.
  std::string digits;
  Int128 unscaled = 0;
  if (conversion == 'f' && precision <= 18 && magnitude < 1e18) {
    std::string shortest = PlainNumberText(magnitude);
    if (TextToDecimal(shortest, 38, precision, &unscaled) == DecimalOutcome::kOk) {
      digits = DecimalToString(unscaled, precision);
    }
  }
  if (digits.empty()) {
    std::string buffer(400 + static_cast<size_t>(precision), '\0');
    char format[] = {'%', '.', '*', conversion, '\0'};
    int length = std::snprintf(buffer.data(), buffer.size(), format, precision, magnitude);
    digits = buffer.substr(0, static_cast<size_t>(length));
  }
  if (directive.Has(',')) {
    size_t point = std::min(digits.find('.'), digits.size());
    digits = Grouped(digits.substr(0, point)) + digits.substr(point);
  }
  return Signed(std::move(digits), negative, directive);
}

std::string Formatter::Convert(const Directive& directive, const Column& column, idx_t at) {
  bool valid = column.format.validity.RowIsValid(at);
  LogicalTypeId type = column.type.id();
  bool integral = type == LogicalTypeId::TINYINT || type == LogicalTypeId::SMALLINT ||
                  type == LogicalTypeId::INTEGER || type == LogicalTypeId::BIGINT;
  switch (directive.conversion) {
    case 'b':
      if (!valid) return "false";
      return type == LogicalTypeId::BOOLEAN ? Plain(column, at) : "true";
    case 's': {
      std::string text = valid ? Plain(column, at) : "null";
      if (directive.precision >= 0) text.resize(Advance(text, 0, directive.precision));
      return text;
    }
    case 'd':
    case 'x':
    case 'o':
      if (!valid) return "null";
      if (integral) return ConvertInteger(directive, column, at);
      break;
    case 'c':
      if (!valid) return "null";
      if (integral) return Utf8Of(static_cast<uint32_t>(IntegerOf(column, at)));
      break;
    case 'e':
    case 'f':
    case 'g':
      if (!valid) return "null";
      if (type == LogicalTypeId::DOUBLE) return ConvertReal(directive, column.Get<double>(at));
      if (type == LogicalTypeId::FLOAT) return ConvertReal(directive, column.Get<float>(at));
      break;
    default: ThrowFormat("%" + std::string(1, directive.conversion) + " is no conversion");
  }
  ThrowFormat("%" + std::string(1, directive.conversion) + " does not take " +
              column.type.ToString());
}

std::string Formatter::Format(Text format, idx_t row) {
  std::string out;
  size_t next = 0, last = 0;
  for (size_t at = 0; at < format.size();) {
    size_t percent = std::min(format.find('%', at), format.size());
    out.append(format.substr(at, percent - at));
    at = percent + 1;
    if (percent == format.size()) break;
    Directive directive = Read(format, at);
    budget_.TakeText(std::max({directive.width, directive.precision, 0}));
    if (directive.conversion == 'n') {
      out += '\n';
      continue;
    }
    std::string text;
    if (directive.conversion == '%') {
      text = "%";
    } else {
      size_t index = directive.Has('<')     ? last
                     : directive.index != 0 ? directive.index - 1
                                            : next++;
      if (index >= columns_.size()) ThrowFormat("an argument is missing");
      last = index;
      bool capital = directive.conversion >= 'A' && directive.conversion <= 'Z';
      if (capital) directive.conversion = static_cast<char>(directive.conversion + 32);
      const Column& column = columns_[index];
      text = Convert(directive, column, column.format.sel->get_index(row));
      if (capital) {
        for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      }
    }
    Pad(text, directive);
    out += text;
  }
  return out;
}

void FormatString(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const auto formats = arguments.data[0].Values<duckdb::string_t>();
  std::vector<Column> columns(arguments.ColumnCount() - 1);
  for (size_t i = 0; i < columns.size(); ++i) {
    columns[i].type = arguments.data[i + 1].GetType();
    arguments.data[i + 1].ToUnifiedFormat(columns[i].format);
  }
  Formatter formatter(columns, state);
  duckdb::FlatVector::SetSize(result, arguments.size());
  auto* out = duckdb::FlatVector::GetDataMutable<duckdb::string_t>(result);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!formats[row].IsValid()) {
      duckdb::FlatVector::SetNull(result, row, true);
      continue;
    }
    std::string text = formatter.Format(View(formats[row].GetValue()), row);
    out[row] = duckdb::StringVector::AddString(result, text);
  }
}

}  // namespace

void RegisterFormatStringKernels(duckdb::ExtensionLoader& loader) {
  loader.RegisterFunction(MakeVariadicKernel("spark_format_string", {LogicalType::VARCHAR},
                                             LogicalType::VARCHAR, FormatString));
}

}  // namespace pyrite::lower
