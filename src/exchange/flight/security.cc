#include "exchange/flight/security.h"

#include <arrow/flight/server_middleware.h>

#include <memory>
#include <utility>

#include "base/credentials.h"
#include "base/errors.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

namespace flight = arrow::flight;

constexpr char kHeader[] = "authorization";

// A machine that does not answer a connection within this time is taken for lost.
constexpr int kConnectMilliseconds = 3000;

std::string HeaderOf(const std::string& token) { return "Bearer " + token; }

class TokenCheck : public flight::ServerMiddlewareFactory {
 public:
  explicit TokenCheck(const std::string& token) : wanted_(HeaderOf(token)) {}

  arrow::Status StartCall(const flight::CallInfo& info, const flight::ServerCallContext& context,
                          std::shared_ptr<flight::ServerMiddleware>* middleware) override {
    auto found = context.incoming_headers().find(kHeader);
    if (found != context.incoming_headers().end() && IsSameSecret(found->second, wanted_)) {
      return arrow::Status::OK();
    }
    return flight::MakeFlightError(flight::FlightStatusCode::Unauthenticated,
                                   "The call does not bear the node's token.");
  }

 private:
  const std::string wanted_;
};

}  // namespace

flight::FlightServerOptions ServerOptionsOf(const NodeOptions& options) {
  const Security& security = options.security;
  if (security.token.empty() && !IsLoopback(options.host)) {
    throw SparkError("SERVER_NEEDS_TOKEN.PYRITE", {{"host", options.host}});
  }
  flight::FlightServerOptions server(
      LocationOf(options.host + ":" + std::to_string(options.port), security));
  if (!security.tls_authority.empty()) {  // only nodes of this authority may call
    server.verify_client = true;
    server.root_certificates = ReadCredentialFile(security.tls_authority);
  }
  if (!security.tls_certificate.empty()) {
    server.tls_certificates.push_back(
        {ReadCredentialFile(security.tls_certificate), ReadCredentialFile(security.tls_key)});
  }
  if (!security.token.empty()) {
    server.middleware.emplace_back("token", std::make_shared<TokenCheck>(security.token));
  }
  return server;
}

flight::FlightClientOptions ClientOptionsOf(const Security& security) {
  auto client = flight::FlightClientOptions::Defaults();
  if (!security.tls_authority.empty()) {
    client.tls_root_certs = ReadCredentialFile(security.tls_authority);
  }
  if (!security.tls_certificate.empty()) {
    client.cert_chain = ReadCredentialFile(security.tls_certificate);
    client.private_key = ReadCredentialFile(security.tls_key);
  }
  client.generic_options.emplace_back("grpc.min_reconnect_backoff_ms", kConnectMilliseconds);
  // A connection that has failed is not shared with the next client of the same address.
  client.generic_options.emplace_back("grpc.use_local_subchannel_pool", 1);
  return client;
}

flight::FlightCallOptions CallOptionsOf(const Security& security) {
  flight::FlightCallOptions call;
  if (!security.token.empty()) call.headers.emplace_back(kHeader, HeaderOf(security.token));
  call.read_options.use_threads = false;  // each stream has a thread of its own
  return call;
}

flight::Location LocationOf(const std::string& address, const Security& security) {
  bool tls = !security.tls_certificate.empty() || !security.tls_authority.empty();
  const char* scheme = tls ? "grpc+tls://" : "grpc://";
  return Check(flight::Location::Parse(scheme + address));
}

}  // namespace pyrite::exchange
