// Workers that a file names, one a line. Empty lines and those that begin with # say nothing.
#pragma once

#include <filesystem>
#include <optional>

#include "cluster/resolver.h"

namespace pyrite::cluster {

class FileResolver : public Resolver {
 public:
  // Raises SERVER_FILE when it cannot be read, CLUSTER_ADDRESS for a line that is no address.
  explicit FileResolver(std::filesystem::path path);

  // Reads the file again when it has changed. A file that is gone, or is no list of addresses, as
  // one that is being written, leaves the addresses as they were.
  std::vector<std::string> Addresses() override;

 private:
  struct Version {
    std::filesystem::file_time_type written;
    uintmax_t bytes;
    bool operator==(const Version&) const = default;
  };
  std::optional<Version> VersionNow() const;

  const std::filesystem::path path_;
  std::mutex mutex_;
  std::optional<Version> version_;
  std::vector<std::string> addresses_;
};

}  // namespace pyrite::cluster
