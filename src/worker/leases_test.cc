#include "worker/leases.h"

#include <gtest/gtest.h>

namespace pyrite::worker {
namespace {

using Strings = std::vector<std::string>;

class LeasesTest : public ::testing::Test {
 protected:
  Strings dropped_;
  Leases leases_{[this](const std::string& query) { dropped_.push_back(query); }};
};

TEST_F(LeasesTest, WhatTheCoordinatorDoesNotKnowIsOver) {
  for (const char* query : {"host:1-77-1", "host:1-77-2", "host:1-77-3", "host:2-9-1"}) {
    leases_.Add(query);
  }
  leases_.Renew({"host:1-77", 3, {2}});  // of 3 it has not known yet
  EXPECT_EQ(dropped_, (Strings{"host:1-77-1"}));
  leases_.Renew({"host:1-77", 4, {}});
  EXPECT_EQ(dropped_, (Strings{"host:1-77-1", "host:1-77-2", "host:1-77-3"}));
}

TEST_F(LeasesTest, ASilentCoordinatorLosesAll) {
  leases_.Add("host:1-77-1");
  leases_.Add("host:2-9-4");
  leases_.Remove("host:2-9-4");
  leases_.DropSilent();
  EXPECT_EQ(dropped_, Strings{});
  leases_.DropSilent(Leases::Clock::now() + std::chrono::minutes(2));
  EXPECT_EQ(dropped_, Strings{"host:1-77-1"});
}

TEST_F(LeasesTest, ABeatTravels) {
  Beat beat = DecodeBeat(Encode(Beat{"host:1-77", 9, {3, 8}}));
  EXPECT_EQ(beat.coordinator, "host:1-77");
  EXPECT_EQ(beat.next, 9);
  EXPECT_EQ(beat.running, (std::vector<int64_t>{3, 8}));
}

}  // namespace
}  // namespace pyrite::worker
