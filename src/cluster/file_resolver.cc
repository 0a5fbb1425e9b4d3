#include "cluster/file_resolver.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "base/error.h"

namespace pyrite::cluster {
namespace {

namespace fs = std::filesystem;

std::string Trimmed(const std::string& line) {
  constexpr char kSpace[] = " \t\r";
  size_t from = line.find_first_not_of(kSpace);
  if (from == std::string::npos) return "";
  return line.substr(from, line.find_last_not_of(kSpace) + 1 - from);
}

std::vector<std::string> ReadAddresses(const fs::path& path) {
  std::ifstream file(path);
  if (!file) {
    throw SparkError("SERVER_FILE.PYRITE",
                     {{"path", path.string()}, {"reason", std::strerror(errno)}});
  }
  std::vector<std::string> addresses;
  for (std::string line; std::getline(file, line);) {
    std::string address = Trimmed(line);
    if (address.empty() || address[0] == '#') continue;
    CheckAddress(address);
    addresses.push_back(std::move(address));
  }
  return addresses;
}

}  // namespace

FileResolver::FileResolver(fs::path path)
    : path_(std::move(path)), version_(VersionNow()), addresses_(ReadAddresses(path_)) {}

std::optional<FileResolver::Version> FileResolver::VersionNow() const {
  std::error_code written_error, size_error;
  Version version{fs::last_write_time(path_, written_error), fs::file_size(path_, size_error)};
  if (written_error || size_error) return std::nullopt;
  return version;
}

std::vector<std::string> FileResolver::Addresses() {
  std::lock_guard lock(mutex_);
  auto version = VersionNow();
  if (version && version != version_) {
    try {
      addresses_ = ReadAddresses(path_);
      version_ = version;
    } catch (const SparkError&) {  // read again the next time
    }
  }
  return addresses_;
}

}  // namespace pyrite::cluster
