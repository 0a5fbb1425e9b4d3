#include "cluster/members.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace pyrite::cluster {
namespace {

using std::chrono::milliseconds;
using Strings = std::vector<std::string>;

constexpr char kExchange[] = "a:2";

// Workers that answer or do not, as the test says.
class FakePeers : public exchange::Peers {
 public:
  std::string Call(const std::string& address, const std::string& name, const std::string& body,
                   const std::atomic<bool>*) override {
    std::lock_guard lock(mutex_);
    if (gone_.contains(address)) {
      throw SparkError("WORKER_LOST.PYRITE", {{"worker", address}, {"reason", "the test"}});
    }
    if (name == worker::kDescribe) beats_.push_back(worker::DecodeBeat(body));
    worker::WorkerInfo info;
    info.build = worker::BuildId();
    if (address != kExchange) {
      info.threads = 2;
      info.exchange = kExchange;
    }
    info.is_draining = draining_.contains(address);
    return worker::Encode(info);
  }
  std::shared_ptr<arrow::RecordBatchReader> Read(std::shared_ptr<arrow::Schema>,
                                                 std::vector<exchange::OutputLocation>,
                                                 exchange::Partitions) override {
    return nullptr;
  }
  void Set(const std::string& address, bool is_gone) {
    std::lock_guard lock(mutex_);
    if (is_gone) {
      gone_.insert(address);
    } else {
      gone_.erase(address);
    }
  }
  void Drain(const std::string& address) {
    std::lock_guard lock(mutex_);
    draining_.insert(address);
  }
  worker::Beat last_beat() {
    std::lock_guard lock(mutex_);
    return beats_.back();
  }

 private:
  std::mutex mutex_;
  std::set<std::string> gone_, draining_;
  std::vector<worker::Beat> beats_;
};

class MembersTest : public ::testing::Test {
 protected:
  MembersTest() { resolver_->Set({"a:1", "b:1"}); }

  Strings Addresses() {
    Strings addresses;
    for (const Member& member : members_.Alive()) addresses.push_back(member.address);
    return addresses;
  }
  // Until it is as wanted; whether it has come to that.
  bool Becomes(const Strings& wanted) {
    for (int i = 0; i < 500 && Addresses() != wanted; ++i) {
      std::this_thread::sleep_for(milliseconds(10));
    }
    return Addresses() == wanted;
  }

  std::shared_ptr<PushedResolver> resolver_ = std::make_shared<PushedResolver>();
  FakePeers peers_;
  Members members_{resolver_,
                   peers_,
                   "host:1-7",
                   {milliseconds(10), milliseconds(10), milliseconds(10), milliseconds(400)}};
};

TEST_F(MembersTest, OneThatVanishesIsNoticedWithoutACall) {
  EXPECT_EQ(Addresses(), (Strings{"a:1", "b:1"}));
  peers_.Set("b:1", true);
  EXPECT_TRUE(Becomes({"a:1"}));
  EXPECT_TRUE(members_.IsLost("b:1"));
  EXPECT_FALSE(members_.IsLost("a:1"));
  peers_.Set("b:1", false);
  EXPECT_TRUE(Becomes({"a:1", "b:1"}));
}

TEST_F(MembersTest, OneThatDrainsGetsNoTasks) {
  EXPECT_EQ(Addresses(), (Strings{"a:1", "b:1"}));
  peers_.Drain("a:1");
  EXPECT_TRUE(Becomes({"b:1"}));
  EXPECT_FALSE(members_.IsLost("a:1"));
}

TEST_F(MembersTest, OneThatIsLostAgainAndAgainGetsNoTasksForAWhile) {
  for (int loss = 0; loss < 2; ++loss) {
    EXPECT_TRUE(Becomes({"a:1", "b:1"}));
    members_.Lost("b:1");
  }
  EXPECT_TRUE(Becomes({"a:1", "b:1"}));
  auto lost = std::chrono::steady_clock::now();
  members_.Lost("b:1");
  std::this_thread::sleep_for(milliseconds(100));  // it answers
  EXPECT_EQ(Addresses(), Strings{"a:1"});
  EXPECT_TRUE(Becomes({"a:1", "b:1"}));
  EXPECT_GE(std::chrono::steady_clock::now() - lost, milliseconds(400));
}

TEST_F(MembersTest, WhatOthersSayOfAWorkerDoesNotBarIt) {
  for (int loss = 0; loss < 5; ++loss) {
    EXPECT_TRUE(Becomes({"a:1", "b:1"}));
    members_.Doubt("b:1");
    EXPECT_FALSE(members_.IsLost("b:1"));
  }
  EXPECT_TRUE(Becomes({"a:1", "b:1"}));
}

TEST_F(MembersTest, TheirExchangesAreAskedToo) {
  auto becomes_lost = [&](bool wanted) {
    for (int i = 0; i < 500 && members_.IsLost(kExchange) != wanted; ++i) {
      std::this_thread::sleep_for(milliseconds(10));
    }
    return members_.IsLost(kExchange) == wanted;
  };
  EXPECT_EQ(Addresses(), (Strings{"a:1", "b:1"}));
  peers_.Set(kExchange, true);
  EXPECT_TRUE(becomes_lost(true));
  EXPECT_EQ(Addresses(), (Strings{"a:1", "b:1"}));
  peers_.Set(kExchange, false);
  EXPECT_TRUE(becomes_lost(false));
}

TEST_F(MembersTest, WorkersHearWhichQueriesRun) {
  EXPECT_EQ(Addresses(), (Strings{"a:1", "b:1"}));
  auto first = members_.queries().Begin(), second = members_.queries().Begin();
  EXPECT_EQ(*first, "host:1-7-1");
  first.reset();
  std::this_thread::sleep_for(milliseconds(200));
  worker::Beat beat = peers_.last_beat();
  EXPECT_EQ(beat.coordinator, "host:1-7");
  EXPECT_EQ(beat.next, 3);
  EXPECT_EQ(beat.running, std::vector<int64_t>{2});
}

}  // namespace
}  // namespace pyrite::cluster
