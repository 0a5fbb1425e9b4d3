// Wide and deep statements: what fits must parse in a blink, what does not must say so.

#include <gtest/gtest.h>

#include "sql/parser.h"

namespace pyrite::sql {
namespace {

std::string Repeat(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::string ConditionOf(const std::string& sql) {
  try {
    ParseStatement(sql);
  } catch (const SparkError& error) {
    return error.condition();
  }
  return "";
}

TEST(Depth, ThousandParentheses) {
  EXPECT_EQ(ConditionOf("SELECT " + Repeat("(", 1000) + "1" + Repeat(")", 1000)), "");
  EXPECT_EQ(ConditionOf("SELECT * FROM " + Repeat("(", 1000) + "t" + Repeat(")", 1000)), "");
  EXPECT_EQ(ConditionOf(Repeat("SELECT * FROM (", 1000) + "t" + Repeat(")", 1000)), "");
}

TEST(Depth, TooDeepHasACondition) {
  for (const char* open : {"(", "f(", "a[", "CASE WHEN ", "CAST("}) {
    EXPECT_EQ(ConditionOf("SELECT " + Repeat(open, 100000) + "1"), "FAILED_TO_PARSE_TOO_COMPLEX");
  }
  EXPECT_EQ(ConditionOf("SELECT CAST(a AS " + Repeat("ARRAY<", 100000)),
            "FAILED_TO_PARSE_TOO_COMPLEX");
  EXPECT_EQ(ConditionOf(Repeat("SELECT * FROM (", 100000)), "FAILED_TO_PARSE_TOO_COMPLEX");
}

TEST(Depth, LongChainsAreLoops) {
  EXPECT_EQ(ConditionOf("SELECT 1" + Repeat(" + 1", 100000)), "");
  EXPECT_EQ(ConditionOf("SELECT a" + Repeat(" AND a", 100000)), "");
  EXPECT_EQ(ConditionOf("SELECT " + Repeat("NOT ", 100000) + "a"), "");
  EXPECT_EQ(ConditionOf("SELECT " + Repeat("~", 100000) + "a"), "");
  EXPECT_EQ(ConditionOf("SELECT a" + Repeat("[0]", 100000)), "");
  EXPECT_EQ(ConditionOf("SELECT 1" + Repeat(" UNION ALL SELECT 1", 10000)), "");
  EXPECT_EQ(ConditionOf("SELECT * FROM t" + Repeat(" JOIN t", 10000)), "");
}

TEST(Depth, WideLists) {
  EXPECT_EQ(ConditionOf("SELECT a IN (1" + Repeat(", 1", 100000) + ")"), "");
  EXPECT_EQ(ConditionOf("VALUES (1, 2)" + Repeat(", (1, 2)", 100000)), "");
}

}  // namespace
}  // namespace pyrite::sql
