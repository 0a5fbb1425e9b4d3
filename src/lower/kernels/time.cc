// Kernels of TIME.

#include "base/text/calendar.h"
#include "base/text/datetime_pattern.h"
#include "base/text/text_to_datetime.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

constexpr int64_t kNanosPerMicro = 1000;
constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;

[[noreturn]] void ThrowRange(const std::string& what) {
  ThrowSpark("DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", {{"rangeMessage", what}});
}

int64_t Make(int32_t hour, int32_t minute, int64_t micros) {
  if (hour < 0 || hour > 23) ThrowRange("The hour " + std::to_string(hour) + " is not of 0 to 23");
  if (minute < 0 || minute > 59) {
    ThrowRange("The minute " + std::to_string(minute) + " is not of 0 to 59");
  }
  if (micros < 0 || micros >= 60 * kMicrosPerSecond) ThrowRange("The second is not of 0 to 59");
  return ((hour * 60 + minute) * 60 * kMicrosPerSecond + micros) * kNanosPerMicro;
}

int64_t FromNanos(int64_t nanos) {
  if (nanos < 0 || nanos >= kNanosPerDay) ThrowRange("The time is not within a day");
  return nanos;
}

// An empty pattern: as a cast reads it.
std::optional<int64_t> Parse(Text text, Text pattern) {
  if (pattern.empty()) return TextToTime(text);
  if (auto letter = UnreadableLetter(pattern)) {
    ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
               {{"feature", "reading times by the letter " + std::string(1, *letter)}});
  }
  auto micros = ParseByPattern(text, pattern);
  if (!micros) return std::nullopt;
  return FloorModulo(*micros, kMicrosPerDay) * kNanosPerMicro;
}

int64_t ParseOrThrow(Text text, Text pattern) {
  auto nanos = Parse(text, pattern);
  if (nanos) return *nanos;
  ThrowSpark("CANNOT_PARSE_TIME", {{"input", "'" + std::string(text) + "'"},
                                   {"format", "'" + std::string(pattern) + "'"}});
}

int64_t UnitNamed(Text name, const char* function) {
  struct Unit {
    const char* name;
    int64_t nanos;
  };
  constexpr Unit kUnits[] = {{"HOUR", 3600 * kNanosPerSecond},
                             {"MINUTE", 60 * kNanosPerSecond},
                             {"SECOND", kNanosPerSecond},
                             {"MILLISECOND", 1'000'000},
                             {"MICROSECOND", 1000}};
  std::string upper(name);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  for (const Unit& unit : kUnits) {
    if (upper == unit.name) return unit.nanos;
  }
  ThrowSpark("INVALID_PARAMETER_VALUE.TIME_UNIT",
             {{"functionName", "`" + std::string(function) + "`"},
              {"parameter", "`unit`"},
              {"invalidValue", "'" + std::string(name) + "'"}});
}

}  // namespace

void RegisterTimeKernels(duckdb::ExtensionLoader& loader) {
  LogicalType time = LogicalType::TIME_NS, text = LogicalType::VARCHAR;
  LogicalType integer = LogicalType::INTEGER, bigint = LogicalType::BIGINT;
  const auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                       duckdb::scalar_function_t function) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function), true));
  };
  add("spark_make_time", {integer, integer, bigint}, time,
      Rowwise<int64_t, int32_t, int32_t, int64_t>(Make));
  add("spark_time_from_nanos", {bigint}, time, Rowwise<int64_t, int64_t>(FromNanos));
  add("spark_time_nanos", {time}, bigint, Rowwise<int64_t, int64_t>([](int64_t n) { return n; }));
  add("spark_time_seconds", {time}, LogicalType::DECIMAL(14, 6),
      Rowwise<int64_t, int64_t>([](int64_t nanos) { return nanos / kNanosPerMicro; }));
  add("spark_parse_time", {text, text}, time, Rowwise<int64_t, Text, Text>(ParseOrThrow));
  add("spark_try_parse_time", {text, text}, time, Rowwise<int64_t, Text, Text>(Parse));
  add("spark_time_part", {time, bigint, bigint}, integer,
      Rowwise<int32_t, int64_t, int64_t, int64_t>([](int64_t nanos, int64_t unit, int64_t modulo) {
        return static_cast<int32_t>(nanos / unit % modulo);
      }));
  add("spark_time_diff", {text, time, time}, bigint,
      Rowwise<int64_t, Text, int64_t, int64_t>([](Text unit, int64_t from, int64_t to) {
        return (to - from) / UnitNamed(unit, "time_diff");
      }));
  add("spark_time_trunc", {text, time}, time,
      Rowwise<int64_t, Text, int64_t>(
          [](Text unit, int64_t nanos) { return nanos - nanos % UnitNamed(unit, "time_trunc"); }));
}

}  // namespace pyrite::lower
