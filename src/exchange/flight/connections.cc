#include "exchange/flight/connections.h"

#include <utility>

#include "exchange/flight/security.h"
#include "exchange/status.h"

namespace pyrite::exchange {

using arrow::flight::FlightClient;

Connections::Connections(Security security)
    : security_(std::move(security)), call_options_(CallOptionsOf(security_)) {}

std::shared_ptr<FlightClient> Connections::To(const std::string& address) {
  std::lock_guard lock(mutex_);
  std::shared_ptr<FlightClient>& client = clients_[address];
  if (client == nullptr) {
    client =
        Check(FlightClient::Connect(LocationOf(address, security_), ClientOptionsOf(security_)));
  }
  return client;
}

void Connections::Forget(const std::string& address, const std::shared_ptr<FlightClient>& client) {
  std::lock_guard lock(mutex_);
  auto found = clients_.find(address);
  if (found != clients_.end() && found->second == client) clients_.erase(found);
}

}  // namespace pyrite::exchange
