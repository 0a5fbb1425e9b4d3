#include "sources/glob.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace pyrite::sources {
namespace {

using Strings = std::vector<std::string>;

TEST(Glob, MatchesComponent) {
  EXPECT_TRUE(MatchesComponent("*", "a.parquet"));
  EXPECT_TRUE(MatchesComponent("*", ""));
  EXPECT_TRUE(MatchesComponent("a*b*c", "a1b2b3c"));
  EXPECT_FALSE(MatchesComponent("a*b*c", "a1b2b3"));
  EXPECT_TRUE(MatchesComponent("a?c", "abc"));
  EXPECT_TRUE(MatchesComponent("a?c",
                               "a\xC3\xA9"
                               "c"));
  EXPECT_FALSE(MatchesComponent("a?c", "ac"));
  EXPECT_TRUE(MatchesComponent("[a-c]1", "b1"));
  EXPECT_FALSE(MatchesComponent("[^a-c]1", "b1"));
  EXPECT_TRUE(MatchesComponent("[!a-c]1", "d1"));
  EXPECT_TRUE(MatchesComponent("[]x]", "]"));
  EXPECT_TRUE(MatchesComponent("\\*", "*"));
  EXPECT_FALSE(MatchesComponent("\\*", "a"));
  EXPECT_TRUE(MatchesComponent("*.parquet", ".parquet"));
}

// A pattern of many stars must not take exponential time.
TEST(Glob, ManyStars) {
  EXPECT_FALSE(MatchesComponent("*a*a*a*a*a*a*a*a*a*a*b", std::string(200, 'a')));
}

TEST(Glob, ExpandBraces) {
  EXPECT_EQ(ExpandBraces("a"), Strings{"a"});
  EXPECT_EQ(ExpandBraces("a{b,c{d,e}}f"), (Strings{"abf", "acdf", "acef"}));
  EXPECT_EQ(ExpandBraces("{a,}{1,2}"), (Strings{"a1", "1", "a2", "2"}));
  EXPECT_EQ(ExpandBraces("a\\{b"), Strings{"a\\{b"});
  EXPECT_THROW(ExpandBraces("a{b"), SparkError);
}

}  // namespace
}  // namespace pyrite::sources
