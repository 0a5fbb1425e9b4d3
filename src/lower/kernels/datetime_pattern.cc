// Kernels that read texts by Java's date patterns.

#include "base/text/datetime_pattern.h"

#include "base/text/pattern_fault.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/pattern_check.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::timestamp_t;
using Text = std::string_view;

std::optional<timestamp_t> Parse(Text text, Text pattern) {
  CheckPattern(pattern, true);
  if (auto letter = UnreadableLetter(pattern)) {
    ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
               {{"feature", "reading dates by the letter " + std::string(1, *letter)}});
  }
  auto micros = ParseByPattern(text, pattern);
  return micros ? std::optional(timestamp_t(*micros)) : std::nullopt;
}

// A moment; `zone` is for texts without one of their own.
std::optional<int64_t> ParseInstant(Text text, Text pattern, Text zone_id) {
  CheckPattern(pattern, true);
  if (auto letter = UnreadableLetter(pattern, true)) {
    ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
               {{"feature", "reading dates by the letter " + std::string(1, *letter)}});
  }
  const TimeZone* zone = TimeZone::Find(zone_id);
  return ParseInstantByPattern(text, pattern, zone == nullptr ? *TimeZone::Utc() : *zone);
}

[[noreturn]] void ThrowUnparsed(Text text, Text pattern, const char* function) {
  ThrowSpark(
      "CANNOT_PARSE_TIMESTAMP",
      {{"message", "Text '" + std::string(text) + "' does not follow " + std::string(pattern)},
       {"func", function}});
}

constexpr char kTryToTimestamp[] = "`try_to_timestamp`";
constexpr char kTryToDate[] = "`try_to_date`";

int64_t ParseInstantOrThrow(Text text, Text pattern, Text zone) {
  auto moment = ParseInstant(text, pattern, zone);
  if (!moment) ThrowUnparsed(text, pattern, kTryToTimestamp);
  return *moment;
}

// `function` is what the error tells to use instead.
template <const char* function>
timestamp_t ParseOrThrow(Text text, Text pattern) {
  auto moment = Parse(text, pattern);
  if (!moment) ThrowUnparsed(text, pattern, function);
  return *moment;
}

}  // namespace

void CheckPattern(std::string_view pattern, bool for_reading) {
  const PatternFault fault = FaultOf(pattern, for_reading);
  const std::string part(fault.part), whole(pattern);
  switch (fault.kind) {
    case PatternFaultKind::kNone: return;
    case PatternFaultKind::kOfOldSpark:
      ThrowSpark("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
                 {{"pattern", "'" + whole + "'"},
                  {"config", "\"spark.sql.legacy.timeParserPolicy\""},
                  {"docroot", "https://spark.apache.org/docs/latest"}});
    case PatternFaultKind::kWeekBased:
      ThrowSpark("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN", {{"c", part}});
    case PatternFaultKind::kIllegalCharacter:
      ThrowSpark("INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER", {{"c", part}, {"pattern", whole}});
    case PatternFaultKind::kLength:
      ThrowSpark("INVALID_DATETIME_PATTERN.LENGTH", {{"pattern", part}});
    case PatternFaultKind::kUnknownLetter:
      ThrowSpark(
          "INVALID_DATETIME_PATTERN.WITH_SUGGESTION",
          {{"pattern", "'" + whole + "'"}, {"docroot", "https://spark.apache.org/docs/latest"}});
  }
}

void RegisterDatetimePatternKernels(duckdb::ExtensionLoader& loader) {
  using duckdb::LogicalType;
  duckdb::vector<LogicalType> texts{LogicalType::VARCHAR, LogicalType::VARCHAR};
  const auto add = [&](const char* name, timestamp_t (*parse)(Text, Text)) {
    loader.RegisterFunction(MakeKernel(name, texts, LogicalType::TIMESTAMP,
                                       Rowwise<timestamp_t, Text, Text>(parse), true));
  };
  add("spark_parse_datetime", ParseOrThrow<kTryToTimestamp>);
  add("spark_parse_date", ParseOrThrow<kTryToDate>);
  duckdb::vector<LogicalType> zoned{LogicalType::VARCHAR, LogicalType::VARCHAR,
                                    LogicalType::VARCHAR};
  loader.RegisterFunction(MakeKernel("spark_parse_instant", zoned, LogicalType::TIMESTAMP_TZ,
                                     Rowwise<int64_t, Text, Text, Text>(ParseInstantOrThrow),
                                     true));
  loader.RegisterFunction(MakeKernel("spark_try_parse_instant", zoned, LogicalType::TIMESTAMP_TZ,
                                     Rowwise<int64_t, Text, Text, Text>(ParseInstant), true));
  loader.RegisterFunction(MakeKernel("spark_try_parse_datetime", texts, LogicalType::TIMESTAMP,
                                     Rowwise<timestamp_t, Text, Text>(Parse), true));
}

}  // namespace pyrite::lower
