#include "connect/credentials.h"

#include "base/credentials.h"
#include "base/error.h"

namespace pyrite::connect {

std::shared_ptr<grpc::ServerCredentials> CredentialsOf(const ServerOptions& options) {
  if (options.token.empty() && !IsLoopback(options.host)) {
    throw SparkError("SERVER_NEEDS_TOKEN.PYRITE", {{"host", options.host}});
  }
  if (options.tls_certificate.empty() && options.tls_key.empty()) {
    return grpc::InsecureServerCredentials();
  }
  grpc::SslServerCredentialsOptions tls;
  tls.pem_key_cert_pairs.push_back(
      {ReadCredentialFile(options.tls_key), ReadCredentialFile(options.tls_certificate)});
  return grpc::SslServerCredentials(tls);
}

bool BearsToken(const grpc::ServerContextBase& call, const std::string& token) {
  auto found = call.client_metadata().find("authorization");
  if (found == call.client_metadata().end()) return false;
  return IsSameSecret({found->second.data(), found->second.size()}, "Bearer " + token);
}

}  // namespace pyrite::connect
