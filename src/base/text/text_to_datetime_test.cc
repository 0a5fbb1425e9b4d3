// Expected values are real Spark's.
#include "base/text/text_to_datetime.h"

#include <gtest/gtest.h>

#include "base/text/datetime_text.h"

namespace pyrite {
namespace {

std::string Timestamp(std::string_view text, std::string_view zone_id) {
  const TimeZone* zone = TimeZone::Find(zone_id);
  const std::optional<int64_t> micros = TextToTimestamp(text, *zone);
  if (!micros) return "NULL";
  char out[kDatetimeTextSize];
  return std::string(out, WriteTimestamp(out, zone->MicrosToLocal(*micros)));
}

std::string Date(std::string_view text) {
  const std::optional<int32_t> days = TextToDate(text);
  if (!days) return "NULL";
  char out[kDatetimeTextSize];
  return std::string(out, WriteDate(out, *days));
}

TEST(TextToDate, Forms) {
  EXPECT_EQ(Date("2020"), "2020-01-01");
  EXPECT_EQ(Date("2020-1-2"), "2020-01-02");
  EXPECT_EQ(Date("2020-01-02Tx"), "2020-01-02");
  EXPECT_EQ(Date("-0001-01-01"), "-0001-01-01");
  EXPECT_EQ(Date("5881580-07-11"), "+5881580-07-11");
  for (std::string_view bad : {"2020-", "2020-01-02Z", "2019-02-29", "99-01-01", "12:34",
                               "2020/01/02", "5881580-07-12", ""}) {
    EXPECT_EQ(Date(bad), "NULL") << bad;
  }
}

TEST(TextToTimestamp, Forms) {
  EXPECT_EQ(Timestamp("2020-01-02 12", "UTC"), "2020-01-02 12:00:00");
  EXPECT_EQ(Timestamp("2020-01-02 12:34:56.1234567", "UTC"), "2020-01-02 12:34:56.123456");
  EXPECT_EQ(Timestamp("2020-01-02 12:34:56+1:0", "UTC"), "2020-01-02 11:34:56");
  EXPECT_EQ(Timestamp("2020-01-02 12:34:56 PST", "UTC"), "2020-01-02 20:34:56");
  EXPECT_EQ(Timestamp("2020-01-02 12:34:56 Etc/GMT+5", "UTC"), "2020-01-02 17:34:56");
  EXPECT_EQ(Timestamp("294247-01-10 04:00:54.775807", "UTC"), "+294247-01-10 04:00:54.775807");
  for (std::string_view bad :
       {"2020-01-02 12:", "2020-01-02 12:34 Europe/Paris", "2020-01-02 12:34:56z",
        "2020-01-02 12:34:56+18:01", "2020-01-02 12:34:56+01:", "2020-01-02 12:34:56 UTC0",
        "294247-01-10 04:00:54.775808", "2020-01-02 24:00:00"}) {
    EXPECT_EQ(Timestamp(bad, "UTC"), "NULL") << bad;
  }
}

TEST(TextToTimestamp, ChangesOfClocks) {
  constexpr std::string_view kZone = "America/Los_Angeles";
  EXPECT_EQ(Timestamp("2020-03-08 02:30:00", kZone), "2020-03-08 03:30:00");
  const TimeZone& zone = *TimeZone::Find(kZone);
  EXPECT_EQ(TextToTimestamp("2020-11-01 01:30:00", zone), 1604219400'000000);
  EXPECT_EQ(TextToTimestamp("1883-11-18 12:00:00", zone), -2717640422'000000);
  EXPECT_EQ(TextToTimestamp("2050-07-01 00:00:00", zone), 2540271600'000000);
  EXPECT_EQ(TextToTimestamp("2500-07-01 00:00:00", zone), 16740889200'000000);
  EXPECT_EQ(TextToTimestamp("0001-01-01 00:00:00", zone), -62135568422'000000);
}

TEST(TimeZone, Ids) {
  EXPECT_EQ(TimeZone::Find("-08:30:15")->OffsetAt(0), -30615);
  EXPECT_EQ(TimeZone::Find("GMT+0130")->OffsetAt(0), 5400);
  for (std::string_view bad : {"Foo", "", "+18:30", "europe/paris", "../UTC"}) {
    EXPECT_EQ(TimeZone::Find(bad), nullptr) << bad;
  }
}

}  // namespace
}  // namespace pyrite
