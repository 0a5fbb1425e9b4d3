// Time zones as Java's ZoneId names them: regions of the tz database ("Europe/Paris"), offsets
// ("+05:30", "UTC+3", "Z") and Java's short names ("PST").
//
//   const TimeZone* zone = TimeZone::Find("America/Los_Angeles");
//   int64_t local = utc + zone->OffsetAt(utc);
//
// All times are seconds. Zones are read once, live as long as the process, and are safe to share.
// The database is read from $PYRITE_TZDATA, else the system's zoneinfo folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pyrite {

class TimeZone {
 public:
  // nullptr: no such zone.
  static const TimeZone* Find(std::string_view id);
  static const TimeZone* Utc();

  // Seconds east of Greenwich at a moment.
  int32_t OffsetAt(int64_t utc) const;
  // Java's choice for a local time: the earlier of two where clocks went back, and later by the
  // gap's length where they went forward.
  int64_t LocalToUtc(int64_t local) const;

  int64_t MicrosToLocal(int64_t micros) const;
  // False: beyond 64 bits.
  bool LocalToMicros(int64_t local_seconds, int64_t micros_of_second, int64_t* micros) const;

  const std::string& id() const { return id_; }
  bool is_fixed() const { return transitions_.empty(); }

  // From the bytes of a TZif file; false when malformed.
  bool ReadTzif(std::string_view bytes);

 private:
  struct Transition {
    int64_t utc = 0;      // from when on
    int64_t settled = 0;  // the local time from which on only `offset` is valid
    int32_t offset = 0;
  };

  static const TimeZone* Load(std::string_view id);
  void AddTransition(int64_t utc, int32_t offset);
  void ExtendWithRule(std::string_view posix_rule);

  std::string id_;
  int32_t first_offset_ = 0;  // before all transitions
  std::vector<Transition> transitions_;
  int64_t cycle_start_ = INT64_MAX;  // from here on the last 400 years repeat
};

}  // namespace pyrite
