#include "base/text/time_zone.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "base/text/calendar.h"
#include "base/text/posix_zone_rule.h"
#include "base/text/zone_offset.h"

namespace pyrite {
namespace {

constexpr int64_t kCycleSeconds = kDaysPer400Years * kSecondsPerDay;

struct ShortName {
  std::string_view name;
  std::string_view zone;
};
// Java's ZoneId.SHORT_IDS, which Spark passes to ZoneId.of.
constexpr ShortName kShortNames[] = {
    {"ACT", "Australia/Darwin"},
    {"AET", "Australia/Sydney"},
    {"AGT", "America/Argentina/Buenos_Aires"},
    {"ART", "Africa/Cairo"},
    {"AST", "America/Anchorage"},
    {"BET", "America/Sao_Paulo"},
    {"BST", "Asia/Dhaka"},
    {"CAT", "Africa/Harare"},
    {"CNT", "America/St_Johns"},
    {"CST", "America/Chicago"},
    {"CTT", "Asia/Shanghai"},
    {"EAT", "Africa/Addis_Ababa"},
    {"ECT", "Europe/Paris"},
    {"EST", "-05:00"},
    {"HST", "-10:00"},
    {"IET", "America/Indiana/Indianapolis"},
    {"IST", "Asia/Kolkata"},
    {"JST", "Asia/Tokyo"},
    {"MIT", "Pacific/Apia"},
    {"MST", "-07:00"},
    {"NET", "Asia/Yerevan"},
    {"NST", "Pacific/Auckland"},
    {"PLT", "Asia/Karachi"},
    {"PNT", "America/Phoenix"},
    {"PRT", "America/Puerto_Rico"},
    {"PST", "America/Los_Angeles"},
    {"SST", "Pacific/Guadalcanal"},
    {"VST", "Asia/Ho_Chi_Minh"},
};

bool IsRegionName(std::string_view id) {
  if (id.empty() || id.starts_with("posix/") || id.starts_with("right/")) return false;
  if (id == "localtime" || id == "posixrules" || id == "Factory") return false;
  return std::all_of(id.begin(), id.end(),
                     [](char c) {
                       return std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '_' ||
                              c == '+' || c == '-';
                     }) &&
         std::isalpha(static_cast<unsigned char>(id[0]));
}

std::optional<std::string> ReadZoneFile(std::string_view id) {
  const char* configured = std::getenv("PYRITE_TZDATA");
  for (const char* folder : {configured, "/usr/share/zoneinfo", "/usr/lib/zoneinfo"}) {
    if (folder == nullptr) continue;
    std::ifstream file(std::string(folder) + "/" + std::string(id), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (bytes.starts_with("TZif")) return bytes;
  }
  return std::nullopt;
}

// Big-endian numbers, one after the other.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool Has(uint64_t n) const { return n <= bytes_.size(); }
  void Skip(uint64_t n) { bytes_.remove_prefix(n); }
  int64_t Read(int width) {
    uint64_t value = 0;
    for (int i = 0; i < width; ++i) value = value << 8 | static_cast<uint8_t>(bytes_[i]);
    Skip(static_cast<uint64_t>(width));
    if (width == 4) return static_cast<int32_t>(value);
    return static_cast<int64_t>(value);
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

struct Header {
  char version = 0;
  int64_t utc_marks = 0, standard_marks = 0, leaps = 0, times = 0, types = 0, names = 0;

  uint64_t BlockSize(int width) const {
    return static_cast<uint64_t>(times * (width + 1) + types * 6 + names + leaps * (width + 4) +
                                 standard_marks + utc_marks);
  }
};

bool ReadHeader(Reader* reader, Header* header) {
  if (!reader->Has(44) || !reader->rest().starts_with("TZif")) return false;
  header->version = reader->rest()[4];
  reader->Skip(20);
  for (int64_t* count : {&header->utc_marks, &header->standard_marks, &header->leaps,
                         &header->times, &header->types, &header->names}) {
    *count = reader->Read(4);
    if (*count < 0) return false;
  }
  return header->types > 0;
}

}  // namespace

void TimeZone::AddTransition(int64_t utc, int32_t offset) {
  const int32_t before = transitions_.empty() ? first_offset_ : transitions_.back().offset;
  if (before == offset) return;
  transitions_.push_back({utc, utc + std::max(before, offset), offset});
}

bool TimeZone::ReadTzif(std::string_view bytes) {
  Reader reader(bytes);
  Header header;
  if (!ReadHeader(&reader, &header)) return false;
  int width = 4;
  if (header.version >= '2') {  // the same again, with 64 bits
    if (!reader.Has(header.BlockSize(4))) return false;
    reader.Skip(header.BlockSize(4));
    if (!ReadHeader(&reader, &header)) return false;
    width = 8;
  }
  if (!reader.Has(header.BlockSize(width))) return false;
  std::vector<int64_t> times;
  for (int64_t i = 0; i < header.times; ++i) times.push_back(reader.Read(width));
  std::string_view type_of_time = reader.rest().substr(0, static_cast<size_t>(header.times));
  reader.Skip(type_of_time.size());
  std::vector<int32_t> offsets;
  for (int64_t i = 0; i < header.types; ++i) {
    offsets.push_back(static_cast<int32_t>(reader.Read(4)));
    reader.Skip(2);
  }
  first_offset_ = offsets[0];
  for (size_t i = 0; i < times.size(); ++i) {
    const auto type = static_cast<uint8_t>(type_of_time[i]);
    if (type >= offsets.size()) return false;
    AddTransition(times[i], offsets[type]);
  }
  if (width == 8) {
    reader.Skip(header.BlockSize(8) - static_cast<uint64_t>(header.times * 9 + header.types * 6));
    std::string_view footer = reader.rest();
    if (footer.size() > 2 && footer[0] == '\n') {
      ExtendWithRule(footer.substr(1, footer.find('\n', 1) - 1));
    }
  }
  return true;
}

void TimeZone::ExtendWithRule(std::string_view posix_rule) {
  const std::optional<PosixZoneRule> rule = PosixZoneRule::Parse(posix_rule);
  if (!rule || !rule->has_daylight) return;
  const int64_t last = transitions_.empty() ? 0 : transitions_.back().utc;
  const int64_t first_year = CivilFromDays(FloorDivide(last, kSecondsPerDay)).year;
  for (int64_t year = first_year; year <= first_year + 400; ++year) {
    for (const auto& [utc, offset] : rule->TransitionsIn(year)) {
      if (utc > last || transitions_.empty()) AddTransition(utc, offset);
    }
  }
  cycle_start_ = DaysFromCivil(first_year + 401, 1, 1) * kSecondsPerDay;
}

int32_t TimeZone::OffsetAt(int64_t utc) const {
  if (utc >= cycle_start_) utc -= ((utc - cycle_start_) / kCycleSeconds + 1) * kCycleSeconds;
  const auto after =
      std::upper_bound(transitions_.begin(), transitions_.end(), utc,
                       [](int64_t value, const Transition& t) { return value < t.utc; });
  return after == transitions_.begin() ? first_offset_ : std::prev(after)->offset;
}

int64_t TimeZone::LocalToUtc(int64_t local) const {
  int64_t lookup = local;
  // A year's first day is far from any change of clocks, so that local time may stand for UTC.
  if (lookup >= cycle_start_) {
    lookup -= ((lookup - cycle_start_) / kCycleSeconds + 1) * kCycleSeconds;
  }
  const auto after =
      std::upper_bound(transitions_.begin(), transitions_.end(), lookup,
                       [](int64_t value, const Transition& t) { return value < t.settled; });
  return local - (after == transitions_.begin() ? first_offset_ : std::prev(after)->offset);
}

int64_t TimeZone::MicrosToLocal(int64_t micros) const {
  const int64_t offset = OffsetAt(FloorDivide(micros, kMicrosPerSecond)) * kMicrosPerSecond;
  int64_t local = 0;
  // The calendar ends where 64 bits do.
  if (__builtin_add_overflow(micros, offset, &local)) return offset > 0 ? INT64_MAX : INT64_MIN;
  return local;
}

bool TimeZone::LocalToMicros(int64_t local_seconds, int64_t micros_of_second,
                             int64_t* micros) const {
  const __int128 wide =
      static_cast<__int128>(LocalToUtc(local_seconds)) * kMicrosPerSecond + micros_of_second;
  *micros = static_cast<int64_t>(wide);
  return *micros == wide;
}

const TimeZone* TimeZone::Utc() { return Find("UTC"); }

const TimeZone* TimeZone::Load(std::string_view id) {
  auto zone = std::make_unique<TimeZone>();
  zone->id_ = std::string(id);
  std::string_view name = id;
  for (const ShortName& entry : kShortNames) {
    if (entry.name == id) name = entry.zone;
  }
  if (const std::optional<int32_t> offset = ZoneOffsetSeconds(name)) {
    zone->first_offset_ = *offset;
    return zone.release();
  }
  if (!IsRegionName(name)) return nullptr;
  const std::optional<std::string> bytes = ReadZoneFile(name);
  if (!bytes || !zone->ReadTzif(*bytes)) return nullptr;
  return zone.release();
}

const TimeZone* TimeZone::Find(std::string_view id) {
  static std::shared_mutex mutex;
  static auto* zones = new std::map<std::string, const TimeZone*, std::less<>>();
  {
    std::shared_lock lock(mutex);
    const auto found = zones->find(id);
    if (found != zones->end()) return found->second;
  }
  const TimeZone* zone = Load(id);
  if (zone == nullptr) return nullptr;  // not kept: text from users must not fill memory
  std::unique_lock lock(mutex);
  const auto [entry, inserted] = zones->emplace(std::string(id), zone);
  if (!inserted) delete zone;
  return entry->second;
}

}  // namespace pyrite
