#include "sources/json/json_document.h"

#include <gtest/gtest.h>

namespace pyrite::sources {
namespace {

TEST(JsonDocument, ListsNodesWithTheirChildren) {
  JsonDocument document{JsonDialect()};
  ASSERT_EQ(document.Parse(R"( {"a":[1,2.5],"b":"x\ny"} rest)"), JsonDocument::Outcome::kValue);
  const JsonNodes& nodes = document.nodes();
  ASSERT_EQ(nodes.size(), 7u);
  EXPECT_EQ(nodes[0].kind, JsonKind::kObject);
  EXPECT_EQ(nodes[1].text, "a");
  EXPECT_EQ(nodes[2].raw, "[1,2.5]");
  EXPECT_EQ(nodes[2].next, 5u);
  EXPECT_EQ(nodes[4].kind, JsonKind::kFraction);
  EXPECT_EQ(nodes[6].text, "x\ny");
}

TEST(JsonDocument, RefusesWhatIsNoJson) {
  JsonDocument document{JsonDialect()};
  for (const char* text : {"{", "{\"a\":01}", "{a:1}", "[1,]", "\"a", "tru", "{\"a\":\"\\q\"}"}) {
    EXPECT_EQ(document.Parse(text), JsonDocument::Outcome::kMalformed) << text;
  }
  EXPECT_EQ(document.Parse("  "), JsonDocument::Outcome::kNothing);
  std::string deep(2000, '[');
  EXPECT_EQ(document.Parse(deep), JsonDocument::Outcome::kMalformed);
}

TEST(JsonDocument, TakesWhatItsDialectAllows) {
  JsonDialect dialect;
  dialect.comments = dialect.unquoted_names = dialect.leading_zeros = true;
  JsonDocument document(dialect);
  EXPECT_EQ(document.Parse("/* c */ {a:01, 'b':NaN}"), JsonDocument::Outcome::kValue);
}

}  // namespace
}  // namespace pyrite::sources
