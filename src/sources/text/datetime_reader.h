// Dates and timestamps in files: by the patterns of a format's options, or as a cast reads them.
// Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/time_zone.h"
#include "sources/text/short_text.h"
#include "sources/text/text_options.h"

namespace pyrite::sources {

class DatetimeReader {
 public:
  // Raises INVALID_DATETIME_PATTERN and UNSUPPORTED_FEATURE for patterns that cannot be read.
  explicit DatetimeReader(const TextOptions& options);

  std::optional<int32_t> Date(std::string_view text) const;          // days
  std::optional<int64_t> Timestamp(std::string_view text) const;     // microseconds
  std::optional<int64_t> TimestampNtz(std::string_view text) const;  // local microseconds

  // As the patterns alone have it, for inference; dates without one as yyyy-MM-dd.
  bool IsStrictDate(std::string_view text) const {
    return (!date_format_ && IsShortDate(text)) || StrictDate(text).has_value();
  }
  std::optional<int32_t> StrictDate(std::string_view text) const;
  std::optional<int64_t> StrictTimestamp(std::string_view text) const;

 private:
  std::optional<std::string> date_format_, timestamp_format_, timestamp_ntz_format_;
  bool date_fallback_, timestamp_fallback_;
  const TimeZone* zone_;
};

}  // namespace pyrite::sources
