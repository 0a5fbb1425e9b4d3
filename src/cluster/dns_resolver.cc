#include "cluster/dns_resolver.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <utility>

namespace pyrite::cluster {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kKept(5);

std::optional<std::vector<std::string>> AskNameServer(const std::string& name) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  int failure = getaddrinfo(name.c_str(), nullptr, &hints, &found);
  if (failure == EAI_NONAME || failure == EAI_NODATA) return std::vector<std::string>{};
  if (failure != 0) return std::nullopt;
  std::vector<std::string> hosts;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    char text[INET_ADDRSTRLEN];
    const auto* address = reinterpret_cast<const sockaddr_in*>(one->ai_addr);
    hosts.emplace_back(inet_ntop(AF_INET, &address->sin_addr, text, sizeof text));
  }
  freeaddrinfo(found);
  return hosts;
}

}  // namespace

DnsResolver::DnsResolver(std::string name, std::string port)
    : DnsResolver(std::move(name), std::move(port), AskNameServer, kKept) {}

DnsResolver::DnsResolver(std::string name, std::string port, Lookup lookup,
                         std::chrono::milliseconds kept)
    : name_(std::move(name)), port_(std::move(port)), lookup_(std::move(lookup)), kept_(kept) {}

std::vector<std::string> DnsResolver::Addresses() {
  std::lock_guard lock(mutex_);
  if (asked_ && Clock::now() - *asked_ < kept_) return addresses_;
  if (auto hosts = lookup_(name_)) {
    addresses_.clear();
    for (const std::string& host : *hosts) addresses_.push_back(host + ":" + port_);
    // Name servers rotate them: tasks go to the same workers while nothing changes.
    std::sort(addresses_.begin(), addresses_.end());
    addresses_.erase(std::unique(addresses_.begin(), addresses_.end()), addresses_.end());
  }
  asked_ = Clock::now();
  return addresses_;
}

}  // namespace pyrite::cluster
