#include "bindings/cluster_arguments.h"

#include <nanobind/stl/string.h>

#include <functional>
#include <map>

namespace pyrite::bindings {
namespace {

using nanobind::handle;

std::string Text(handle value) { return nanobind::cast<std::string>(value); }
int64_t Whole(handle value) { return nanobind::cast<int64_t>(value); }
double Number(handle value) { return nanobind::cast<double>(value); }

using Setters = std::map<std::string, std::function<void(handle)>>;

Setters SettersOf(ClusterArguments& to) {
  cluster::ClusterOptions& options = to.options;
  exchange::Security& security = options.node.security;
  return {
      {"workers", [&](handle value) { to.workers = Text(value); }},
      {"cluster_host", [&](handle value) { options.node.host = Text(value); }},
      {"cluster_token", [&](handle value) { security.token = Text(value); }},
      {"cluster_tls_certificate", [&](handle value) { security.tls_certificate = Text(value); }},
      {"cluster_tls_key", [&](handle value) { security.tls_key = Text(value); }},
      {"cluster_tls_authority", [&](handle value) { security.tls_authority = Text(value); }},
      {"cluster_least_rows", [&](handle value) { options.cut.least_rows = Number(value); }},
      {"cluster_fallback", [&](handle value) { options.fall_back = Text(value) != "fail"; }},
      {"cluster_queries", [&](handle value) { options.queries = static_cast<int>(Whole(value)); }},
      {"cluster_queue_seconds",
       [&](handle value) { options.queue_patience = std::chrono::seconds(Whole(value)); }},
      {"cluster_speculation", [&](handle value) { options.speculation.factor = Number(value); }},
      {"cluster_speculation_seconds",
       [&](handle value) { options.speculation.least_seconds = Number(value); }},
      {"query_log", [&](handle value) { options.query_log = Text(value); }},
      {"query_pictures", [&](handle value) { options.query_pictures = Text(value); }},
  };
}

}  // namespace

ClusterArguments ReadClusterArguments(const nanobind::kwargs& arguments) {
  ClusterArguments read;
  read.options.cut.tasks = 0;
  Setters setters = SettersOf(read);
  for (const auto& [name, value] : arguments) {
    auto setter = setters.find(Text(name));
    if (setter == setters.end()) {
      throw nanobind::type_error(("there is no argument " + Text(name)).c_str());
    }
    setter->second(value);
  }
  return read;
}

}  // namespace pyrite::bindings
