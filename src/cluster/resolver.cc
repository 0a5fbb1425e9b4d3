#include "cluster/resolver.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "cluster/dns_resolver.h"
#include "cluster/file_resolver.h"

namespace pyrite::cluster {
namespace {

constexpr std::string_view kList = "flight://";
constexpr std::string_view kFile = "flight+file://";
constexpr std::string_view kDns = "flight+dns://";

SparkError NotAnAddress(const std::string& value) {
  return SparkError("CLUSTER_ADDRESS.PYRITE", {{"value", value}});
}

size_t ColonBeforePort(const std::string& address) {
  size_t colon = address.rfind(':');
  bool has_port = colon != std::string::npos && colon > 0 && colon + 1 < address.size() &&
                  address.find_first_not_of("0123456789", colon + 1) == std::string::npos;
  if (!has_port) throw NotAnAddress(address);
  return colon;
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> addresses;
  while (!text.empty()) {
    size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) addresses.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return addresses;
}

}  // namespace

void CheckAddress(const std::string& address) { ColonBeforePort(address); }

void PushedResolver::Set(std::vector<std::string> addresses) {
  for (const std::string& address : addresses) CheckAddress(address);
  std::lock_guard lock(mutex_);
  addresses_ = std::move(addresses);
}

std::vector<std::string> PushedResolver::Addresses() {
  std::lock_guard lock(mutex_);
  return addresses_;
}

std::shared_ptr<Resolver> MakeResolver(const std::string& url) {
  if (url.starts_with(kList)) {
    auto fixed = std::make_shared<PushedResolver>();
    fixed->Set(SplitList(std::string_view(url).substr(kList.size())));
    return fixed;
  }
  if (url.starts_with(kFile)) return std::make_shared<FileResolver>(url.substr(kFile.size()));
  if (url.starts_with(kDns)) {
    std::string place = url.substr(kDns.size());
    size_t colon = ColonBeforePort(place);
    return std::make_shared<DnsResolver>(place.substr(0, colon), place.substr(colon + 1));
  }
  throw NotAnAddress(url);
}

}  // namespace pyrite::cluster
