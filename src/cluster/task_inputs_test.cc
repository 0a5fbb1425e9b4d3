#include "cluster/task_inputs.h"

#include <gtest/gtest.h>

#include <string>

namespace pyrite::cluster {
namespace {

using stages::Read;

std::string Text(const std::vector<exchange::Partitions>& runs) {
  std::string text;
  for (const auto& [from, to] : runs) {
    text += (text.empty() ? "" : " ") + std::to_string(from) + "-" + std::to_string(to);
  }
  return text;
}

// "tasks:partitions", one portion after the other.
std::string Text(const std::vector<Portion>& portions) {
  std::string text;
  for (const Portion& portion : portions) {
    if (!text.empty()) text += " ";
    for (size_t task : portion.tasks) text += std::to_string(task);
    text += ":" + Text({portion.partitions});
  }
  return text;
}

std::string Portions(const stages::Input& input, size_t made, const Reader& reader) {
  stages::Stage source;
  source.output.count = 3;
  return Text(PortionsOf(input, source, made, reader));
}

TEST(PortionsOfTest, AllAndOwnPartitions) {
  EXPECT_EQ(Portions({0, Read::kAll}, 2, {1, 3, {1, 2}}), "01:0-3");
  EXPECT_EQ(Portions({0, Read::kPartition}, 2, {1, 3, {1, 2}}), "01:1-2");
  EXPECT_EQ(Portions({0, Read::kPartition}, 2, {0, 2, {0, 2}}), "01:0-2");
}

TEST(PortionsOfTest, ForwardedTasks) {
  EXPECT_EQ(Portions({0, Read::kForward}, 3, {1, 3, {1, 2}}), "1:0-3");
  EXPECT_EQ(Portions({0, Read::kForward}, 5, {0, 2, {0, 1}}), "01:0-3");
  EXPECT_EQ(Portions({0, Read::kForward}, 5, {1, 2, {1, 2}}), "234:0-3");
  EXPECT_EQ(Portions({0, Read::kForward}, 1, {0, 2, {0, 1}}), ":0-3");
  EXPECT_EQ(Portions({0, Read::kForward}, 1, {1, 2, {1, 2}}), "0:0-3");
}

TEST(PortionsOfTest, LargePartitions) {
  stages::Input spread{0, Read::kPartition, {1}, {}};
  EXPECT_EQ(Portions(spread, 4, {0, 3, {0, 1}}), "0123:0-1 03:1-2");
  EXPECT_EQ(Portions(spread, 4, {1, 3, {1, 2}}), "1:1-2");
  stages::Input copied{0, Read::kPartition, {}, {1}};
  EXPECT_EQ(Portions(copied, 4, {0, 3, {0, 1}}), "0123:0-1 0123:1-2");
  EXPECT_EQ(Portions(copied, 4, {1, 3, {1, 2}}), "0123:1-2");
}

TEST(CoalescedTest, SmallPartitionsShareATask) {
  EXPECT_EQ(Text(Coalesced({10, 10, 10}, 10)), "0-1 1-2 2-3");
  EXPECT_EQ(Text(Coalesced({1, 2, 3, 4}, 10)), "0-4");
  EXPECT_EQ(Text(Coalesced({6, 6, 20, 1, 0}, 10)), "0-2 2-5");
  EXPECT_EQ(Text(Coalesced({0, 0}, 10)), "0-2");
  EXPECT_EQ(Text(Coalesced({0, 0}, 0)), "0-1 1-2");
}

}  // namespace
}  // namespace pyrite::cluster
