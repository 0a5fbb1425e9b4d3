// How a server listens, and how long it keeps what nobody uses.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pyrite::connect {

struct ServerOptions {
  std::string host = "127.0.0.1";  // beyond the loopback interface only with a token
  int port = 15002;                // 0: a free one
  bool port_reserved = false;      // this process holds the port until the server listens
  std::string token;               // what clients must bear; empty: none
  std::string tls_certificate;     // PEM files; both or none
  std::string tls_key;
  // In seconds. spark.connect.session.manager.defaultSessionTimeout and
  // spark.connect.execute.manager.detachedTimeout.
  int64_t session_timeout = 3600;
  int64_t detached_timeout = 300;
  // The interpreter and the script that run functions of foreachBatch; empty: none do.
  std::vector<std::string> foreach_batch_worker = {};
};

}  // namespace pyrite::connect
