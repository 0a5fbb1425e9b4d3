#include "sources/csv/csv_tokenizer.h"

#include <gtest/gtest.h>

namespace pyrite::sources {
namespace {

using Fields = std::vector<std::string_view>;

TEST(CsvTokenizer, CutsPlainAndQuotedValues) {
  CsvTokenizer tokenizer{CsvDialect()};
  ASSERT_TRUE(tokenizer.ParseLine("a,,\"b,c\",\"\",d"));
  EXPECT_EQ(tokenizer.fields(), (Fields{"a", "", "b,c", "", "d"}));
  ASSERT_TRUE(tokenizer.ParseLine(R"("say \"hi\"",x)"));
  EXPECT_EQ(tokenizer.fields(), (Fields{"say \"hi\"", "x"}));
}

TEST(CsvTokenizer, KeepsWhatFollowsAQuoteThatClosesNothing) {
  CsvTokenizer tokenizer{CsvDialect()};
  ASSERT_TRUE(tokenizer.ParseLine(R"("a"b,c)"));
  EXPECT_EQ(tokenizer.fields(), (Fields{R"("a"b)", "c"}));
  ASSERT_TRUE(tokenizer.ParseLine(R"("open,c)"));
  EXPECT_EQ(tokenizer.fields(), (Fields{"open,c"}));
}

TEST(CsvTokenizer, ReadsRecordsOverLines) {
  CsvTokenizer tokenizer{CsvDialect()};
  size_t consumed = 0;
  auto outcome = tokenizer.ParseRecord("\n\"a\nb\",c\nd", "\n", false, consumed);
  ASSERT_EQ(outcome, CsvTokenizer::Outcome::kRecord);
  EXPECT_EQ(tokenizer.fields(), (Fields{"a\nb", "c"}));
  EXPECT_EQ(consumed, 9u);
  outcome = tokenizer.ParseRecord("d", "\n", false, consumed);
  EXPECT_EQ(outcome, CsvTokenizer::Outcome::kNeedsMore);
}

TEST(CsvTokenizer, SaysWhenThereAreTooManyColumns) {
  CsvDialect dialect;
  dialect.max_columns = 2;
  CsvTokenizer tokenizer(dialect);
  EXPECT_FALSE(tokenizer.ParseLine("a,b,c"));
  EXPECT_TRUE(tokenizer.too_wide());
}

}  // namespace
}  // namespace pyrite::sources
