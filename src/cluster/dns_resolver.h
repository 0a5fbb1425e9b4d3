// Workers that are all the IPv4 addresses of a name: what a headless Kubernetes service has.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "cluster/resolver.h"

namespace pyrite::cluster {

class DnsResolver : public Resolver {
 public:
  // What the name server says of a name; nothing when it does not answer.
  using Lookup = std::function<std::optional<std::vector<std::string>>(const std::string& name)>;

  DnsResolver(std::string name, std::string port);
  DnsResolver(std::string name, std::string port, Lookup lookup, std::chrono::milliseconds kept);

  // Asks again when what it knows is older than some seconds. A name that is not there has no
  // workers; without an answer they are as they were.
  std::vector<std::string> Addresses() override;

 private:
  const std::string name_;
  const std::string port_;
  const Lookup lookup_;
  const std::chrono::milliseconds kept_;
  std::mutex mutex_;
  std::optional<std::chrono::steady_clock::time_point> asked_;
  std::vector<std::string> addresses_;
};

}  // namespace pyrite::cluster
