// tests/sql/*.test: cases of "input -- output ==". PYRITE_UPDATE_GOLDEN=1 writes what comes out.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "spec/print.h"
#include "sql/parser.h"

namespace pyrite::sql {
namespace {

std::string Outcome(const std::string& input, bool origins) {
  try {
    return spec::Print(ParseStatement(input), {.origins = origins});
  } catch (const SparkError& error) {
    return std::string(error.what()) + "\n";
  }
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The file with every output made anew.
std::string Redo(const std::string& text, bool origins) {
  std::string out;
  size_t at = 0;
  while (at < text.size()) {
    size_t divider = text.find("\n--\n", at);
    if (divider == std::string::npos) break;
    std::string input = text.substr(at, divider - at);
    out += input + "\n--\n" + Outcome(input, origins) + "==\n";
    size_t end = text.find("\n==\n", divider);
    if (end == std::string::npos) break;
    at = end + 4;
  }
  return out;
}

TEST(Golden, EveryFile) {
  for (const auto& entry : std::filesystem::directory_iterator(PYRITE_GOLDEN_DIR)) {
    if (entry.path().extension() != ".test") continue;
    std::string text = ReadFile(entry.path());
    std::string redone = Redo(text, entry.path().stem() == "origins");
    if (std::getenv("PYRITE_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(entry.path()) << redone;
    } else {
      EXPECT_EQ(redone, text) << entry.path();
    }
  }
}

}  // namespace
}  // namespace pyrite::sql
