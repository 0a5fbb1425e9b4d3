#include "session/adaptive_options.h"

#include <cctype>
#include <cstdlib>
#include <string_view>

namespace pyrite::session {
namespace {

// "64mb": a whole number and a unit; without one they are bytes.
int64_t BytesIn(const std::string& text) {
  constexpr std::string_view kUnits = "bkmgtp";
  char* end = nullptr;
  int64_t bytes = std::strtoll(text.c_str(), &end, 10);
  while (*end == ' ') ++end;
  auto unit = kUnits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(*end))));
  if (*end == 0 || unit == std::string_view::npos) return bytes;
  return bytes << (10 * unit);
}

}  // namespace

engine::AdaptiveOptions AdaptiveOptionsOf(const Configuration& configuration) {
  const std::string prefix = "spark.sql.adaptive.";
  bool is_on = configuration.GetBool(prefix + "enabled");
  engine::AdaptiveOptions options;
  options.broadcast = is_on;
  options.coalesce = is_on && configuration.GetBool(prefix + "coalescePartitions.enabled");
  options.least_partition_bytes =
      BytesIn(configuration.Get(prefix + "coalescePartitions.minPartitionSize"));
  options.split_skewed = is_on && configuration.GetBool(prefix + "skewJoin.enabled");
  options.skewed_factor =
      std::strtod(configuration.Get(prefix + "skewJoin.skewedPartitionFactor").c_str(), nullptr);
  options.skewed_bytes =
      BytesIn(configuration.Get(prefix + "skewJoin.skewedPartitionThresholdInBytes"));
  return options;
}

}  // namespace pyrite::session
