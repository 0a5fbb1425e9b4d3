// Kernels that read texts by Java's date patterns.

#include "base/text/datetime_pattern.h"

#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::timestamp_t;
using Text = std::string_view;

std::optional<timestamp_t> Parse(Text text, Text pattern) {
  if (auto letter = UnreadableLetter(pattern)) {
    ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
               {{"feature", "reading dates by the letter " + std::string(1, *letter)}});
  }
  auto micros = ParseByPattern(text, pattern);
  return micros ? std::optional(timestamp_t(*micros)) : std::nullopt;
}

// A moment; `zone` is for texts without one of their own.
std::optional<int64_t> ParseInstant(Text text, Text pattern, Text zone_id) {
  if (auto letter = UnreadableLetter(pattern, true)) {
    ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
               {{"feature", "reading dates by the letter " + std::string(1, *letter)}});
  }
  const TimeZone* zone = TimeZone::Find(zone_id);
  return ParseInstantByPattern(text, pattern, zone == nullptr ? *TimeZone::Utc() : *zone);
}

[[noreturn]] void ThrowUnparsed(Text text, Text pattern) {
  ThrowSpark(
      "CANNOT_PARSE_TIMESTAMP",
      {{"message", "Text '" + std::string(text) + "' does not follow " + std::string(pattern)},
       {"func", "`try_to_timestamp`"}});
}

int64_t ParseInstantOrThrow(Text text, Text pattern, Text zone) {
  auto moment = ParseInstant(text, pattern, zone);
  if (!moment) ThrowUnparsed(text, pattern);
  return *moment;
}

timestamp_t ParseOrThrow(Text text, Text pattern) {
  auto moment = Parse(text, pattern);
  if (!moment) ThrowUnparsed(text, pattern);
  return *moment;
}

}  // namespace

void RegisterDatetimePatternKernels(duckdb::ExtensionLoader& loader) {
  using duckdb::LogicalType;
  duckdb::vector<LogicalType> texts{LogicalType::VARCHAR, LogicalType::VARCHAR};
  loader.RegisterFunction(MakeKernel("spark_parse_datetime", texts, LogicalType::TIMESTAMP,
                                     Rowwise<timestamp_t, Text, Text>(ParseOrThrow), true));
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
