// A session's configuration: Spark's keys, Spark's defaults, and what the session has set.
// Not thread-safe; the session that owns it guards it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pyrite {

class Configuration {
 public:
  // The value set, else Spark's default, else nullopt. Deprecated keys read as their successors.
  std::optional<std::string> Find(const std::string& key) const;
  // As Find; raises SQL_CONF_NOT_FOUND.
  std::string Get(const std::string& key) const;
  // Whether Spark defines the key, or the session has set it: known keys without a value exist.
  bool IsKnown(const std::string& key) const;
  bool GetBool(const std::string& key) const;
  int64_t GetInt(const std::string& key) const;
  // Raises CANNOT_MODIFY_CONFIG for static keys, INVALID_CONF_VALUE.* for malformed values.
  void Set(const std::string& key, const std::string& value);
  // As at the session's start, by SparkSession.builder.config: static keys as well.
  void SetInitial(const std::string& key, const std::string& value);
  void Unset(const std::string& key);
  // Forgets all that has been set but static keys: RESET.
  void Reset();
  bool IsModifiable(const std::string& key) const;
  // What has been set, and with defaults also the rest.
  std::map<std::string, std::string> All(bool with_defaults) const;

  bool ansi() const { return GetBool("spark.sql.ansi.enabled"); }
  std::string time_zone() const { return Get("spark.sql.session.timeZone"); }
  bool case_sensitive() const { return GetBool("spark.sql.caseSensitive"); }

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace pyrite
