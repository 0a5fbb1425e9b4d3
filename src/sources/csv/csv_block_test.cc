#include "sources/csv/csv_block.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "sources/csv/csv_options.h"
#include "sources/csv/csv_tokenizer.h"

namespace pyrite::sources {
namespace {

using Record = std::vector<std::string>;

std::string RandomText(std::mt19937& random, std::string_view alphabet, size_t size) {
  std::string text;
  while (text.size() < size) text += alphabet[random() % alphabet.size()];
  return text + "\n";
}

// Line by line, as the tokenizer has it.
std::vector<Record> Expected(const std::string& text, const CsvDialect& dialect) {
  CsvTokenizer tokenizer(dialect);
  std::vector<Record> records;
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find_first_of("\r\n", at);
    std::string line = text.substr(at, end - at);
    at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    if (IsSkippedLine(line, dialect)) continue;
    EXPECT_TRUE(tokenizer.ParseLine(line));
    records.emplace_back(tokenizer.fields().begin(), tokenizer.fields().end());
  }
  return records;
}

// By blocks, and the tokenizer where they stop.
std::vector<Record> Found(const std::string& text, const CsvDialect& dialect, size_t most) {
  CsvTokenizer tokenizer(dialect);
  CsvBlock block(dialect);
  std::vector<Record> records;
  for (size_t at = 0; at < text.size();) {
    std::string_view rest = std::string_view(text).substr(at);
    auto cut = block.CutLines(rest, rest.size(), most);
    for (const CsvRecord& record : block.records()) {
      const std::string_view* first = block.fields() + record.first;
      records.emplace_back(first, first + record.count);
    }
    at += cut.consumed;
    if (!cut.at_odd) continue;
    size_t end = text.find_first_of("\r\n", at);
    std::string_view line = std::string_view(text).substr(at, end - at);
    if (!IsSkippedLine(line, dialect)) {
      EXPECT_TRUE(tokenizer.ParseLine(line));
      records.emplace_back(tokenizer.fields().begin(), tokenizer.fields().end());
    }
    at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return records;
}

TEST(CsvBlock, CutsAsTheTokenizerDoes) {
  std::mt19937 random(7);
  CsvDialect plain, marked;
  marked.comment = '#';
  marked.escape = '"';
  marked.null_value = "NA";
  marked.empty_value = "EMPTY";
  for (int i = 0; i < 20'000; ++i) {
    const CsvDialect& dialect = i % 2 == 0 ? plain : marked;
    std::string_view alphabet = i % 3 == 0 ? "ab,,,\"\"\\\n\r# " : "aaaabbbb,,,\n\"";
    std::string text = RandomText(random, alphabet, random() % 300);
    ASSERT_EQ(Found(text, dialect, 1 + random() % 9), Expected(text, dialect))
        << testing::PrintToString(text);
  }
}

TEST(CsvBlock, CutsQuotedFieldsItself) {
  CsvBlock block{CsvDialect()};
  auto cut = block.CutLines("a,\"b,c\",\"\",d\n\n\"x\"\r\ny", 15, 9);
  EXPECT_EQ(cut.consumed, 19u);
  EXPECT_FALSE(cut.at_odd);
  ASSERT_EQ(block.records().size(), 2u);
  const auto& [line, first, count, end] = block.records()[0];
  EXPECT_EQ(line, "a,\"b,c\",\"\",d");
  EXPECT_EQ(end, 13u);
  ASSERT_EQ(count, 4u);
  EXPECT_EQ(block.fields()[first + 1], "b,c");
}

TEST(CsvBlock, StopsBeforeALineThatIsNotPlain) {
  CsvBlock block{CsvDialect()};
  auto cut = block.CutLines("a,b\n\"c\"d,e\nf\n", 13, 9);
  EXPECT_EQ(cut.consumed, 4u);
  EXPECT_TRUE(cut.at_odd);
  EXPECT_EQ(block.records().size(), 1u);
}

TEST(CsvBlock, LeavesOutWhatIsNotWanted) {
  CsvBlock block{CsvDialect()};
  block.CutLines("a,b,\"c\nd\n", 9, 9, 2);
  ASSERT_EQ(block.records().size(), 2u);
  EXPECT_EQ(block.records()[0].count, 2u);
  EXPECT_EQ(block.records()[1].count, 1u);
}

}  // namespace
}  // namespace pyrite::sources
