// tests/session/show.test, recorded from real Spark (tools/record_show.py).
#include "session/show_string.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace pyrite::session {
namespace {

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts = {""};
  for (char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string Unescaped(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    char c = text[++i];
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
  }
  return out;
}

std::string Shown(const std::string& input) {
  std::vector<std::string> lines = Split(input, '\n');
  std::vector<std::string> options = Split(lines[0], ' ');
  ShownRows shown;
  shown.asked = std::stoll(options[0]);
  for (size_t i = 1; i < lines.size(); ++i) {
    std::vector<std::string> cells = Split(lines[i], '\t');
    for (std::string& cell : cells) cell = Unescaped(cell);
    if (i == 1) {
      shown.columns = cells;
    } else if (static_cast<int64_t>(shown.rows.size()) < shown.asked) {
      shown.rows.push_back(cells);
    } else {
      shown.has_more = true;
    }
  }
  int32_t truncate = std::stoi(options[1]);
  return options[2] == "true" ? FormatVertical(shown, truncate) : FormatTable(shown, truncate);
}

TEST(ShowString, EveryCase) {
  std::stringstream text;
  text << std::ifstream(PYRITE_GOLDEN_DIR "/show.test").rdbuf();
  const std::string all = text.str();
  int cases = 0;
  for (size_t at = 0; at < all.size(); ++cases) {
    size_t divider = all.find("\n--\n", at), end = all.find("\n==\n", at);
    ASSERT_NE(end, std::string::npos);
    std::string input = all.substr(at, divider - at);
    EXPECT_EQ(Shown(input), all.substr(divider + 4, end - divider - 4)) << input;
    at = end + 4;
  }
  EXPECT_GT(cases, 10);
}

}  // namespace
}  // namespace pyrite::session
