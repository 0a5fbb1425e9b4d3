// The configuration keys that Spark defines, a row a key.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pyrite {

enum class ConfigurationKind : uint8_t {
  kText,
  kBoolean,
  kInt,
  kPositiveInt,
  kLong,
  kDouble,
  kBytes,
  kSeconds,
  kMilliseconds,
  kTimeZone,
  kOneOf,  // of `options`, in any case
};

struct ConfigurationEntry {
  std::string_view key;
  const char* default_value = nullptr;  // null: none, or computed (see Configuration::Find)
  ConfigurationKind kind = ConfigurationKind::kText;
  const char* options = nullptr;  // kOneOf: "ANSI, LEGACY"
  bool is_static = false;         // fixed when the server starts
};

// nullptr for keys that Spark does not define.
const ConfigurationEntry* FindConfigurationEntry(std::string_view key);
std::span<const ConfigurationEntry> ConfigurationEntries();

}  // namespace pyrite
