// Casts of TIME, which is nanoseconds since midnight to the microsecond.

#include "base/text/calendar.h"
#include "base/text/datetime_text.h"
#include "base/text/text_to_datetime.h"
#include "lower/kernels/cast.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::optional;
using duckdb::string_t;
using duckdb::UnaryExecutor;
using duckdb::Vector;

constexpr int64_t kNanosPerMicro = 1000;

// Cut off to so many places of a second.
int64_t Truncated(int64_t nanos, int precision) {
  int64_t unit = 1'000'000'000;
  for (int i = 0; i < precision; ++i) unit /= 10;
  return nanos - nanos % unit;
}

void StringToTime(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<string_t, int64_t>(source, result, count,
                                            [&](string_t text) -> optional<int64_t> {
                                              if (auto nanos = TextToTime(View(text))) {
                                                return *nanos;  // whatever the precision
                                              }
                                              if (cast.ansi())
                                                ThrowInvalidText(View(text), cast.to);
                                              return duckdb::nullopt;
                                            });
}

void TimeToText(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, string_t>(source, result, count, [&](int64_t nanos) {
    return duckdb::StringVector::AddString(result, TimeToString(nanos));
  });
}

void TimeToTime(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, int64_t>(
      source, result, count, [&](int64_t nanos) { return Truncated(nanos, cast.to.precision()); });
}

void NtzToTime(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, int64_t>(source, result, count, [&](int64_t micros) {
    return Truncated(FloorModulo(micros, kMicrosPerDay) * kNanosPerMicro, cast.to.precision());
  });
}

}  // namespace

CastFunction FindTime(const BoundCast& cast) {
  if (cast.to.Is(TypeKind::kTime)) {
    if (cast.from.IsString()) return StringToTime;
    if (cast.from.Is(TypeKind::kTime)) return TimeToTime;
    if (cast.from.Is(TypeKind::kTimestampNtz)) return NtzToTime;
  }
  if (cast.from.Is(TypeKind::kTime) && cast.to.IsString()) return TimeToText;
  return nullptr;
}

}  // namespace pyrite::lower
