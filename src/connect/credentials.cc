#include "connect/credentials.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/errors.h"

namespace pyrite::connect {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw SparkError("SERVER_FILE.PYRITE", {{"path", path}, {"reason", std::strerror(errno)}});
  }
  return text.str();
}

bool IsLoopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> CredentialsOf(const ServerOptions& options) {
  if (options.token.empty() && !IsLoopback(options.host)) {
    throw SparkError("SERVER_NEEDS_TOKEN.PYRITE", {{"host", options.host}});
  }
  if (options.tls_certificate.empty() && options.tls_key.empty()) {
    return grpc::InsecureServerCredentials();
  }
  grpc::SslServerCredentialsOptions tls;
  tls.pem_key_cert_pairs.push_back({ReadFile(options.tls_key), ReadFile(options.tls_certificate)});
  return grpc::SslServerCredentials(tls);
}

bool BearsToken(const grpc::ServerContextBase& call, const std::string& token) {
  const std::string wanted = "Bearer " + token;
  auto found = call.client_metadata().find("authorization");
  if (found == call.client_metadata().end() || found->second.size() != wanted.size()) return false;
  unsigned char difference = 0;
  for (size_t i = 0; i < wanted.size(); ++i) difference |= found->second.data()[i] ^ wanted[i];
  return difference == 0;
}

}  // namespace pyrite::connect
