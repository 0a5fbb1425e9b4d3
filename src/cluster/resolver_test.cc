#include "cluster/resolver.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "cluster/dns_resolver.h"

namespace pyrite::cluster {
namespace {

namespace fs = std::filesystem;

using Strings = std::vector<std::string>;

std::string ConditionOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const SparkError& error) {
    return error.condition();
  }
  return "";
}

TEST(ResolverTest, AListIsTheAddressesOfItsText) {
  EXPECT_EQ(MakeResolver("flight://10.0.0.7:31000,,b:2")->Addresses(),
            (Strings{"10.0.0.7:31000", "b:2"}));
}

TEST(ResolverTest, OtherTextsAreRefused) {
  for (const char* url : {"", "nowhere", "flight://a", "flight://a:", "flight://:1", "flight://a:x",
                          "flight+dns://name", "http://a:1"}) {
    EXPECT_EQ(ConditionOf([&] { MakeResolver(url); }), "CLUSTER_ADDRESS.PYRITE") << url;
  }
}

TEST(ResolverTest, AddressesArePushed) {
  PushedResolver pushed;
  EXPECT_EQ(pushed.Addresses(), Strings{});
  pushed.Set({"a:1", "b:2"});
  EXPECT_EQ(ConditionOf([&] { pushed.Set({"c"}); }), "CLUSTER_ADDRESS.PYRITE");
  EXPECT_EQ(pushed.Addresses(), (Strings{"a:1", "b:2"}));
  pushed.Set({});
  EXPECT_EQ(pushed.Addresses(), Strings{});
}

class FileResolverTest : public ::testing::Test {
 protected:
  ~FileResolverTest() override { fs::remove(path_); }

  void Write(const std::string& text) { std::ofstream(path_) << text; }

  const fs::path path_ = fs::temp_directory_path() / ("resolver-test-" + std::to_string(getpid()));
  const std::string url_ = "flight+file://" + path_.string();
};

TEST_F(FileResolverTest, IsReadAgainWhenItChanges) {
  Write("# workers\n 10.0.0.7:31000 \r\n\nb:2\n");
  auto resolver = MakeResolver(url_);
  EXPECT_EQ(resolver->Addresses(), (Strings{"10.0.0.7:31000", "b:2"}));
  Write("b:2\nc:3\nd:4\n");
  EXPECT_EQ(resolver->Addresses(), (Strings{"b:2", "c:3", "d:4"}));
  Write("");
  EXPECT_EQ(resolver->Addresses(), Strings{});
}

TEST_F(FileResolverTest, WhatCannotBeReadChangesNothing) {
  Write("b:2\n");
  auto resolver = MakeResolver(url_);
  Write("b:2\n10.0.");
  EXPECT_EQ(resolver->Addresses(), Strings{"b:2"});
  fs::remove(path_);
  EXPECT_EQ(resolver->Addresses(), Strings{"b:2"});
  Write("b:2\n10.0.0.7:31000\n");
  EXPECT_EQ(resolver->Addresses(), (Strings{"b:2", "10.0.0.7:31000"}));
}

TEST_F(FileResolverTest, MustBeThereAtTheStart) {
  EXPECT_EQ(ConditionOf([&] { MakeResolver(url_); }), "SERVER_FILE.PYRITE");
  Write("nowhere\n");
  EXPECT_EQ(ConditionOf([&] { MakeResolver(url_); }), "CLUSTER_ADDRESS.PYRITE");
}

TEST(DnsResolverTest, FindsTheAddressesOfAName) {
  EXPECT_EQ(MakeResolver("flight+dns://localhost:31000")->Addresses(), Strings{"127.0.0.1:31000"});
}

TEST(DnsResolverTest, FollowsTheName) {
  std::optional<Strings> answer = Strings{"10.0.0.8", "10.0.0.7", "10.0.0.8"};
  auto lookup = [&](const std::string& name) {
    EXPECT_EQ(name, "workers");
    return answer;
  };
  DnsResolver resolver("workers", "31000", lookup, std::chrono::milliseconds(0));
  EXPECT_EQ(resolver.Addresses(), (Strings{"10.0.0.7:31000", "10.0.0.8:31000"}));
  answer = Strings{"10.0.0.9"};
  EXPECT_EQ(resolver.Addresses(), Strings{"10.0.0.9:31000"});
  answer = std::nullopt;
  EXPECT_EQ(resolver.Addresses(), Strings{"10.0.0.9:31000"});
  answer = Strings{};
  EXPECT_EQ(resolver.Addresses(), Strings{});
}

TEST(DnsResolverTest, KeepsWhatItHasFoundForAWhile) {
  int asked = 0;
  auto lookup = [&](const std::string&) {
    ++asked;
    return std::optional(Strings{"10.0.0.7"});
  };
  DnsResolver resolver("workers", "1", lookup, std::chrono::hours(1));
  resolver.Addresses();
  resolver.Addresses();
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace pyrite::cluster
