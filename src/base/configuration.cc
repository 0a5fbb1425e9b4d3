#include "base/configuration.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "base/configuration_defaults.h"
#include "base/errors.h"
#include "base/text/time_zone.h"

namespace pyrite {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string Trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

bool IsInteger(std::string_view text, int64_t low, int64_t high) {
  std::string trimmed = Trim(text);
  if (trimmed.empty()) return false;
  errno = 0;
  char* end = nullptr;
  int64_t value = std::strtoll(trimmed.c_str(), &end, 10);
  return errno == 0 && *end == 0 && value >= low && value <= high;
}

bool IsDouble(std::string_view text) {
  std::string trimmed = Trim(text);
  char* end = nullptr;
  std::strtod(trimmed.c_str(), &end);
  return !trimmed.empty() && *end == 0;
}

// "64", "64k", "64mb", "10 s": digits and one of `units`, which are separated by spaces.
bool HasUnit(std::string_view text, std::string_view units) {
  std::string lower = Lower(Trim(text));
  size_t digits = lower.empty() || lower[0] != '-' ? 0 : 1;
  while (digits < lower.size() && std::isdigit(static_cast<unsigned char>(lower[digits]))) ++digits;
  if (digits == 0 || (digits == 1 && lower[0] == '-')) return false;
  std::string unit = Trim(std::string_view(lower).substr(digits));
  return unit.empty() ||
         (" " + std::string(units) + " ").find(" " + unit + " ") != std::string::npos;
}

bool IsOneOf(std::string_view value, std::string_view options) {
  std::string wanted = Lower(Trim(value));
  for (size_t at = 0; at < options.size();) {
    size_t end = std::min(options.find(", ", at), options.size());
    if (Lower(options.substr(at, end - at)) == wanted) return true;
    at = end + 2;
  }
  return false;
}

// What java.time.ZoneId takes.
bool IsTimeZone(const std::string& zone) { return TimeZone::Find(zone) != nullptr; }

// As java.util.TimeZone.getDefault(): the TZ variable, else the system's zone.
std::string SystemTimeZone() {
  if (const char* zone = std::getenv("TZ"); zone != nullptr && IsTimeZone(zone)) return zone;
  std::error_code error;
  std::string link = std::filesystem::read_symlink("/etc/localtime", error).string();
  size_t at = link.find("zoneinfo/");
  if (!error && at != std::string::npos && IsTimeZone(link.substr(at + 9))) {
    return link.substr(at + 9);
  }
  return "Etc/UTC";
}

// Keys that read as another one while they are not set themselves.
constexpr std::pair<std::string_view, std::string_view> kFallbacks[] = {
    {"spark.sql.execution.arrow.pyspark.enabled", "spark.sql.execution.arrow.enabled"},
    {"spark.sql.execution.arrow.pyspark.fallback.enabled",
     "spark.sql.execution.arrow.fallback.enabled"},
    {"spark.sql.adaptive.advisoryPartitionSizeInBytes",
     "spark.sql.adaptive.shuffle.targetPostShuffleInputSize"},
    {"spark.sql.parquet.datetimeRebaseModeInRead",
     "spark.sql.legacy.parquet.datetimeRebaseModeInRead"},
    {"spark.sql.parquet.datetimeRebaseModeInWrite",
     "spark.sql.legacy.parquet.datetimeRebaseModeInWrite"},
};

// Spark's own, not SQL's: of the process, so no session changes them.
constexpr std::string_view kCorePrefixes[] = {"spark.driver.",
                                              "spark.executor.",
                                              "spark.submit.",
                                              "spark.cores.",
                                              "spark.task.",
                                              "spark.memory.",
                                              "spark.storage.",
                                              "spark.network.",
                                              "spark.eventLog.",
                                              "spark.shuffle.",
                                              "spark.dynamicAllocation.",
                                              "spark.kryo",
                                              "spark.local.dir",
                                              "spark.jars",
                                              "spark.files",
                                              "spark.default.parallelism",
                                              "spark.locality.",
                                              "spark.rdd.",
                                              "spark.serializer",
                                              "spark.scheduler.",
                                              "spark.speculation",
                                              "spark.ui.",
                                              "spark.master",
                                              "spark.archives"};

bool IsCore(std::string_view key) {
  return std::any_of(std::begin(kCorePrefixes), std::end(kCorePrefixes),
                     [&](std::string_view prefix) { return key.starts_with(prefix); });
}

bool IsStatic(const std::string& key) {
  const ConfigurationEntry* entry = FindConfigurationEntry(key);
  return entry != nullptr && entry->is_static;
}

void CheckModifiable(const std::string& key) {
  if (IsStatic(key))
    throw SparkError("CANNOT_MODIFY_STATIC_CONFIG", {{"key", errors::Quoted(key)}});
  if (IsCore(key)) {
    throw SparkError("CANNOT_MODIFY_CONFIG", {{"key", errors::Quoted(key)},
                                              {"docroot", "https://spark.apache.org/docs/latest"}});
  }
}

[[noreturn]] void RaiseTypeMismatch(const ConfigurationEntry& entry, const std::string& value,
                                    const char* type) {
  throw SparkError(
      "INVALID_CONF_VALUE.TYPE_MISMATCH",
      {{"confName", std::string(entry.key)}, {"confValue", value}, {"confType", type}});
}

void CheckPositive(const ConfigurationEntry& entry, const std::string& value) {
  if (std::strtoll(value.c_str(), nullptr, 10) > 0) return;
  std::string key(entry.key);
  throw SparkError("INVALID_CONF_VALUE.REQUIREMENT",
                   {{"confName", key},
                    {"confValue", value},
                    {"confRequirement", "The value of " + key + " must be positive"}});
}

void CheckValue(const ConfigurationEntry& entry, const std::string& value) {
  auto require = [&](bool ok, const char* type) {
    if (!ok) RaiseTypeMismatch(entry, value, type);
  };
  switch (entry.kind) {
    case ConfigurationKind::kText: return;
    case ConfigurationKind::kBoolean: return require(IsOneOf(value, "true, false"), "boolean");
    case ConfigurationKind::kInt: return require(IsInteger(value, INT32_MIN, INT32_MAX), "int");
    case ConfigurationKind::kPositiveInt:
      require(IsInteger(value, INT32_MIN, INT32_MAX), "int");
      return CheckPositive(entry, value);
    case ConfigurationKind::kLong: return require(IsInteger(value, INT64_MIN, INT64_MAX), "long");
    case ConfigurationKind::kDouble: return require(IsDouble(value), "double");
    case ConfigurationKind::kBytes:
      return require(HasUnit(value, "b k kb m mb g gb t tb p pb"), "bytes in BYTE");
    case ConfigurationKind::kSeconds:
      return require(HasUnit(value, "us ms s m min h d"), "time in SECONDS");
    case ConfigurationKind::kMilliseconds:
      return require(HasUnit(value, "us ms s m min h d"), "time in MILLISECONDS");
    case ConfigurationKind::kTimeZone:
      if (IsTimeZone(value)) return;
      throw SparkError("INVALID_CONF_VALUE.TIME_ZONE",
                       {{"confName", std::string(entry.key)}, {"confValue", value}});
    case ConfigurationKind::kOneOf:
      if (IsOneOf(value, entry.options)) return;
      throw SparkError("INVALID_CONF_VALUE.OUT_OF_RANGE_OF_OPTIONS",
                       {{"confName", std::string(entry.key)},
                        {"confValue", value},
                        {"confOptions", entry.options}});
  }
}

// Defaults that depend on the machine.
std::optional<std::string> ComputedDefault(const std::string& key) {
  if (key == "spark.sql.session.timeZone") {
    static const std::string zone = SystemTimeZone();
    return zone;
  }
  if (key == "spark.app.name") return "pyrite";
  if (key == "spark.master") return "local[*]";
  if (key == "spark.submit.deployMode") return "client";
  if (key == "spark.executor.id") return "driver";
  if (key == "spark.sql.warehouse.dir") {
    std::error_code error;
    return "file:" + (std::filesystem::current_path(error) / "spark-warehouse").string();
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> Configuration::Find(const std::string& key) const {
  if (auto set = values_.find(key); set != values_.end()) return set->second;
  for (const auto& [name, fallback] : kFallbacks) {
    if (key != name) continue;
    if (auto set = values_.find(std::string(fallback)); set != values_.end()) return set->second;
  }
  const ConfigurationEntry* entry = FindConfigurationEntry(key);
  if (entry != nullptr && entry->default_value != nullptr) return entry->default_value;
  return ComputedDefault(key);
}

bool Configuration::IsKnown(const std::string& key) const {
  return FindConfigurationEntry(key) != nullptr || Find(key).has_value();
}

std::string Configuration::Get(const std::string& key) const {
  std::optional<std::string> value = Find(key);
  if (!value) throw SparkError("SQL_CONF_NOT_FOUND", {{"sqlConf", errors::Quoted(key)}});
  return *value;
}

bool Configuration::GetBool(const std::string& key) const {
  return Lower(Trim(Get(key))) == "true";
}

int64_t Configuration::GetInt(const std::string& key) const {
  return std::strtoll(Get(key).c_str(), nullptr, 10);
}

void Configuration::Set(const std::string& key, const std::string& value) {
  CheckModifiable(key);
  SetInitial(key, value);
}

void Configuration::SetInitial(const std::string& key, const std::string& value) {
  if (const ConfigurationEntry* entry = FindConfigurationEntry(key)) CheckValue(*entry, value);
  values_[key] = value;
}

void Configuration::Unset(const std::string& key) {
  CheckModifiable(key);
  values_.erase(key);
}

void Configuration::Reset() {
  std::erase_if(values_,
                [](const auto& item) { return !IsStatic(item.first) && !IsCore(item.first); });
}

bool Configuration::IsModifiable(const std::string& key) const {
  const ConfigurationEntry* entry = FindConfigurationEntry(key);
  return entry != nullptr && !entry->is_static;
}

std::map<std::string, std::string> Configuration::All(bool with_defaults) const {
  std::map<std::string, std::string> out = values_;
  if (!with_defaults) return out;
  for (const ConfigurationEntry& entry : ConfigurationEntries()) {
    std::string key(entry.key);
    out.emplace(key, Find(key).value_or("<undefined>"));
  }
  return out;
}

}  // namespace pyrite
