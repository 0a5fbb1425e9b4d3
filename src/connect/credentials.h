// Who may talk to the server, and how it is kept from others.
#pragma once

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_context.h>

#include <memory>
#include <string>

#include "connect/options.h"

namespace pyrite::connect {

// TLS when the options name a certificate. Raises when its files cannot be read, and when the
// options would let anybody in from other machines.
std::shared_ptr<grpc::ServerCredentials> CredentialsOf(const ServerOptions& options);

// Whether the call bears the token. Takes the same time wherever a wrong one differs.
bool BearsToken(const grpc::ServerContextBase& call, const std::string& token);

}  // namespace pyrite::connect
