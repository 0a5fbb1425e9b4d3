// Where the workers of a cluster are. Asked before and during queries: workers may come and go.
//
//   auto resolver = MakeResolver("flight+dns://pyrite-workers:31000");
//   for (const std::string& address : resolver->Addresses()) ...
//
// A place that is not among these is an implementation of Resolver in ClusterOptions, or of whoever
// pushes addresses from outside (PushedResolver). All are thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pyrite::cluster {

class Resolver {
 public:
  virtual ~Resolver() = default;
  // "host:port" of each; not all of them need to answer. Asked often: whoever looks elsewhere for
  // them keeps what it has found. What cannot be found out now is as it was; nothing is raised.
  virtual std::vector<std::string> Addresses() = 0;
};

// Addresses that the process is told while it runs; none at first.
class PushedResolver : public Resolver {
 public:
  // Raises CLUSTER_ADDRESS for what is not "host:port".
  void Set(std::vector<std::string> addresses);
  std::vector<std::string> Addresses() override;

 private:
  std::mutex mutex_;
  std::vector<std::string> addresses_;
};

// flight://10.0.0.7:31000,10.0.0.8:31000   these
// flight+file:///etc/pyrite/workers        one a line of the file, which may change
// flight+dns://workers.example.org:31000   all addresses that the name has, which may change
//
// Raises CLUSTER_ADDRESS for any other text, SERVER_FILE when there is no such file.
std::shared_ptr<Resolver> MakeResolver(const std::string& url);

// Raises CLUSTER_ADDRESS.
void CheckAddress(const std::string& address);

}  // namespace pyrite::cluster
