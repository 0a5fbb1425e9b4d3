// A connection to each peer, made when it is first needed and again after it has failed.
// Thread-safe.
#pragma once

#include <arrow/flight/client.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "exchange/node.h"

namespace pyrite::exchange {

class Connections {
 public:
  explicit Connections(Security security);

  std::shared_ptr<arrow::flight::FlightClient> To(const std::string& address);
  // The next call gets another one than `client`, which has failed.
  void Forget(const std::string& address,
              const std::shared_ptr<arrow::flight::FlightClient>& client);

  const arrow::flight::FlightCallOptions& call_options() const { return call_options_; }

 private:
  const Security security_;
  const arrow::flight::FlightCallOptions call_options_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<arrow::flight::FlightClient>> clients_;
};

}  // namespace pyrite::exchange
