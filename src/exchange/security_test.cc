#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "exchange/peers.h"
#include "exchange/test_batches.h"

namespace pyrite::exchange {
namespace {

namespace fs = std::filesystem;

class SecurityTest : public ::testing::Test {
 protected:
  SecurityTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~SecurityTest() override { fs::remove_all(folder_); }

  // A node with an output.
  void Start(const Security& security, const std::string& host = "127.0.0.1") {
    auto store = std::make_shared<OutputStore>(StoreOptions{});
    auto output = store->Create(id_, NumberSchema(), 1);
    output->Append(0, Numbers(0, 10));
    output->Finish();
    auto handler = [](auto&&, const std::string& body, auto&&) { return body; };
    node_ = FlightNode::Start({.host = host, .security = security}, store, handler);
    address_ = "127.0.0.1:" + std::to_string(node_->port());
  }

  // The conditions with which a call and a read end.
  std::vector<std::string> Conditions(const Security& security) {
    auto peers = Peers::Make(security, "", nullptr);
    auto call = [&] { EXPECT_EQ(peers->Call(address_, "echo", "text"), "text"); };
    auto read = [&] {
      auto reader = peers->Read(NumberSchema(), {{address_, id_}}, {0, 1});
      EXPECT_EQ(ReadNumbers(reader.get()), Range(0, 10));
    };
    return {ErrorOf(call).condition(), ErrorOf(read).condition()};
  }

  // A new certificate of 127.0.0.1, signed by itself.
  Security Certificate(const std::string& name) {
    std::string key = folder_ / (name + ".key"), certificate = folder_ / (name + ".pem");
    std::string command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=" + name +
                          " -addext subjectAltName=IP:127.0.0.1 -keyout " + key + " -out " +
                          certificate + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) return {};
    return {.tls_certificate = certificate, .tls_key = key, .tls_authority = certificate};
  }

  using Strings = std::vector<std::string>;

  const TaskId id_{"q", 0, 0, 0};
  const fs::path folder_ =
      fs::temp_directory_path() / ("security-test-" + std::to_string(getpid()));
  std::unique_ptr<FlightNode> node_;
  std::string address_;
};

TEST_F(SecurityTest, OnlyTheTokenIsLetIn) {
  Start({.token = "secret"});
  EXPECT_EQ(Conditions({.token = "secret"}), (Strings{"", ""}));
  for (const char* token : {"", "secreT", "secret ", "s"}) {
    EXPECT_EQ(Conditions({.token = token}),
              (Strings{"WORKER_REFUSES.PYRITE", "WORKER_REFUSES.PYRITE"}))
        << token;
  }
}

TEST_F(SecurityTest, OtherMachinesNeedAToken) {
  EXPECT_EQ(ErrorOf([&] { Start({}, "0.0.0.0"); }).condition(), "SERVER_NEEDS_TOKEN.PYRITE");
  Start({.token = "secret"}, "0.0.0.0");
  EXPECT_EQ(Conditions({.token = "secret"}), (Strings{"", ""}));
}

TEST_F(SecurityTest, SpeaksTls) {
  Security security = Certificate("node");
  if (security.tls_key.empty()) GTEST_SKIP() << "no openssl here";
  security.token = "secret";
  Start(security);
  EXPECT_EQ(Conditions(security), (Strings{"", ""}));
  Security other = Certificate("other");
  other.token = "secret";
  EXPECT_EQ(Conditions(other), (Strings{"WORKER_LOST.PYRITE", "WORKER_LOST.PYRITE"}));
  EXPECT_EQ(Conditions({.token = "secret"}), (Strings{"WORKER_LOST.PYRITE", "WORKER_LOST.PYRITE"}));
}

TEST_F(SecurityTest, FilesThatCannotBeReadAreTold) {
  std::string there = folder_ / "there", missing = folder_ / "missing";
  std::ofstream(there) << "text";
  SparkError error = ErrorOf([&] { Start({.tls_certificate = there, .tls_key = missing}); });
  EXPECT_EQ(error.condition(), "SERVER_FILE.PYRITE");
  EXPECT_EQ(error.parameters().at("path"), missing);
}

}  // namespace
}  // namespace pyrite::exchange
