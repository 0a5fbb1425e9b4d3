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

timestamp_t ParseOrThrow(Text text, Text pattern) {
  auto moment = Parse(text, pattern);
  if (moment) return *moment;
  ThrowSpark(
      "CANNOT_PARSE_TIMESTAMP",
      {{"message", "Text '" + std::string(text) + "' does not follow " + std::string(pattern)},
       {"func", "`try_to_timestamp`"}});
}

}  // namespace

void RegisterDatetimePatternKernels(duckdb::ExtensionLoader& loader) {
  using duckdb::LogicalType;
  duckdb::vector<LogicalType> texts{LogicalType::VARCHAR, LogicalType::VARCHAR};
  loader.RegisterFunction(MakeKernel("spark_parse_datetime", texts, LogicalType::TIMESTAMP,
                                     Rowwise<timestamp_t, Text, Text>(ParseOrThrow), true));
  loader.RegisterFunction(MakeKernel("spark_try_parse_datetime", texts, LogicalType::TIMESTAMP,
                                     Rowwise<timestamp_t, Text, Text>(Parse), true));
}

}  // namespace pyrite::lower
