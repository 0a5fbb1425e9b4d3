#include "base/configuration.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/configuration_defaults.h"
#include "base/error.h"

namespace pyrite {
namespace {

std::string ConditionOf(const std::function<void()>& action) {
  try {
    action();
    return "";
  } catch (const SparkError& error) {
    return error.condition();
  }
}

TEST(Configuration, DefaultsAndWhatIsSet) {
  Configuration configuration;
  EXPECT_EQ(configuration.Get("spark.sql.shuffle.partitions"), "200");
  EXPECT_TRUE(configuration.ansi());
  configuration.Set("spark.sql.ansi.enabled", "false");
  EXPECT_FALSE(configuration.ansi());
  EXPECT_EQ(configuration.All(false).size(), 1U);
  EXPECT_GT(configuration.All(true).size(), 100U);
  configuration.Unset("spark.sql.ansi.enabled");
  EXPECT_TRUE(configuration.ansi());
}

TEST(Configuration, UnknownKeysAreKeptOnceSet) {
  Configuration configuration;
  EXPECT_FALSE(configuration.Find("my.key").has_value());
  EXPECT_FALSE(configuration.IsKnown("my.key"));
  EXPECT_EQ(ConditionOf([&] { configuration.Get("my.key"); }), "SQL_CONF_NOT_FOUND");
  configuration.Set("my.key", "x");
  EXPECT_EQ(configuration.Get("my.key"), "x");
  EXPECT_TRUE(configuration.IsModifiable("spark.sql.ansi.enabled"));
}

TEST(Configuration, MalformedValuesAreRefused) {
  Configuration configuration;
  EXPECT_EQ(ConditionOf([&] { configuration.Set("spark.sql.ansi.enabled", "maybe"); }),
            "INVALID_CONF_VALUE.TYPE_MISMATCH");
  EXPECT_EQ(ConditionOf([&] { configuration.Set("spark.sql.session.timeZone", "Nowhere/X"); }),
            "INVALID_CONF_VALUE.TIME_ZONE");
  EXPECT_TRUE(configuration.ansi());
}

TEST(Configuration, StaticKeysOnlyAtTheStart) {
  Configuration configuration;
  const std::string key = "spark.sql.warehouse.dir";
  EXPECT_FALSE(configuration.IsModifiable(key));
  EXPECT_EQ(ConditionOf([&] { configuration.Set(key, "/x"); }), "CANNOT_MODIFY_STATIC_CONFIG");
  configuration.SetInitial(key, "/x");
  EXPECT_EQ(configuration.Get(key), "/x");
  configuration.Set("my.key", "x");
  configuration.Reset();
  EXPECT_EQ(configuration.Get(key), "/x");
  EXPECT_FALSE(configuration.IsKnown("my.key"));
}

TEST(Configuration, EntriesAreSortedAndTheirDefaultsValid) {
  std::string_view last;
  for (const ConfigurationEntry& entry : ConfigurationEntries()) {
    EXPECT_LT(last, entry.key);
    last = entry.key;
    if (entry.default_value == nullptr || entry.is_static) continue;
    Configuration configuration;
    EXPECT_EQ(ConditionOf([&] { configuration.Set(std::string(entry.key), entry.default_value); }),
              "")
        << entry.key;
  }
}

}  // namespace
}  // namespace pyrite
