#include "sources/text/short_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace pyrite::sources {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

TEST(ShortText, SeesWhatALookAtEachCharacterSees) {
  std::mt19937 random(3);
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    std::string_view alphabet = i % 2 == 0 ? "0123456789." : "059./:-+a\xB9\x80\xFF";
    for (size_t left = random() % 19; left > 0; --left)
      text += alphabet[random() % alphabet.size()];
    bool digits = !text.empty() && text.size() <= 8 && std::ranges::all_of(text, IsDigit);
    EXPECT_EQ(IsShortInteger(text), digits) << text;
    std::string rest = !text.empty() && (text[0] == '-' || text[0] == '+') ? text.substr(1) : text;
    bool fraction = rest.size() >= 2 && rest.size() <= 16 && rest.back() != '.' &&
                    std::ranges::count(rest, '.') == 1 &&
                    std::ranges::all_of(rest, [](char c) { return c == '.' || IsDigit(c); });
    EXPECT_EQ(IsShortFraction(text), fraction) << text;
  }
}

TEST(ShortText, KnowsDaysThatAreDays) {
  for (const char* day : {"1996-03-13", "0000-01-01", "9999-12-30", "2023-02-28"}) {
    EXPECT_TRUE(IsShortDate(day)) << day;
  }
  for (const char* other :
       {"1996-3-13", "1996-13-01", "1996-00-01", "1996-01-00", "2023-02-29", "1996/03/13",
        "199a-03-13", "1996-03-1:", "1996-03-1/", "1996-03-130", ""}) {
    EXPECT_FALSE(IsShortDate(other)) << other;
  }
}

}  // namespace
}  // namespace pyrite::sources
