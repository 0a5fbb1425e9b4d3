// Kernels that move timestamps between time zones named per row, and make them from their fields.

#include "base/text/calendar.h"
#include "base/text/time_zone.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/date_fault.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

const TimeZone& ZoneOf(Text id) {
  const TimeZone* zone = TimeZone::Find(id);
  if (zone == nullptr) ThrowSpark("INVALID_TIMEZONE", {{"timeZone", std::string(id)}});
  return *zone;
}

// What a clock in the zone shows at a moment.
int64_t ToLocal(int64_t micros, Text zone) { return ZoneOf(zone).MicrosToLocal(micros); }

// The moment at which a clock in the zone shows `local`.
int64_t ToMoment(int64_t local, Text zone) {
  int64_t seconds = FloorDivide(local, kMicrosPerSecond);
  int64_t micros = 0;
  if (!ZoneOf(zone).LocalToMicros(seconds, local - seconds * kMicrosPerSecond, &micros)) {
    ThrowJavaArithmetic("long overflow");
  }
  return micros;
}

// `micros` are of the minute; 60 seconds are the next minute.
std::optional<int64_t> Moment(int32_t year, int32_t month, int32_t day, int32_t hour,
                              int32_t minute, int64_t micros) {
  constexpr int64_t kMinute = 60 * kMicrosPerSecond;
  bool valid = IsValidDate(year, month, day) && year >= 1 && year <= 9999 && hour >= 0 &&
               hour < 24 && minute >= 0 && minute < 60 && micros >= 0 && micros <= kMinute;
  if (!valid) return std::nullopt;
  return DaysFromCivil(year, month, day) * kMicrosPerDay + (hour * 60 + minute) * kMinute + micros;
}

int64_t MomentOrThrow(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute,
                      int64_t micros) {
  std::optional<int64_t> moment = Moment(year, month, day, hour, minute, micros);
  if (!moment) {
    std::string fault = DateFault(year, month, day);
    if (fault.empty()) fault = TimeFault(hour, minute, micros / kMicrosPerSecond);
    ThrowOutOfRange(fault.empty() ? RangeFault("Year", 1, 9999, year) : fault);
  }
  return *moment;
}

}  // namespace

void RegisterZoneKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, integer = LogicalType::INTEGER;
  LogicalType micros = LogicalType::BIGINT;
  for (const LogicalType& type :
       {LogicalType(LogicalType::TIMESTAMP_TZ), LogicalType(LogicalType::TIMESTAMP)}) {
    loader.RegisterFunction(MakeKernel("spark_to_local", {type, text}, type,
                                       Rowwise<int64_t, int64_t, Text>(ToLocal), true));
    loader.RegisterFunction(MakeKernel("spark_to_moment", {type, text}, type,
                                       Rowwise<int64_t, int64_t, Text>(ToMoment), true));
  }
  duckdb::vector<LogicalType> fields{integer, integer, integer, integer, integer, micros};
  loader.RegisterFunction(MakeKernel(
      "spark_make_timestamp", fields, LogicalType::TIMESTAMP,
      Rowwise<int64_t, int32_t, int32_t, int32_t, int32_t, int32_t, int64_t>(MomentOrThrow), true));
  loader.RegisterFunction(
      MakeKernel("spark_try_make_timestamp", fields, LogicalType::TIMESTAMP,
                 Rowwise<int64_t, int32_t, int32_t, int32_t, int32_t, int32_t, int64_t>(Moment)));
}

}  // namespace pyrite::lower
