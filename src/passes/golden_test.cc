// tests/plan: cases of "SQL -- plan ==", with lines "-- key=value" before the SQL for settings.
// analyzed/ holds plans as the analyzer makes them; passes/<name>.test what that one pass makes of
// them. The tables stand in tables.txt. PYRITE_UPDATE_GOLDEN=1 writes what comes out.

#include <arrow/table.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analyzer/analyzer.h"
#include "base/type_arrow.h"
#include "passes/pipeline.h"
#include "plan/validate.h"
#include "sql/parser.h"

namespace pyrite::passes {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = PYRITE_GOLDEN_DIR;

std::string ReadFile(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Lines "name: schema" as views of tables without rows.
void AddTables(catalog::Catalog& catalog) {
  std::istringstream lines(ReadFile(kFolder / "tables.txt"));
  for (std::string line; std::getline(lines, line);) {
    size_t colon = line.find(": ");
    spec::LocalRelation empty{nullptr, line.substr(colon + 2)};
    catalog.CreateTempView({line.substr(0, colon), spec::MakeRelation(empty), nullptr}, false);
  }
}

std::shared_ptr<const arrow::Table> EmptyTable(const spec::LocalRelation& local) {
  DataType schema = sql::ParseSchema(local.schema);
  return arrow::Table::MakeEmpty(ToArrow(schema.fields(), "UTC")).ValueOrDie();
}

// Takes the "-- key=value" lines off the input.
Configuration TakeSettings(std::string& input) {
  Configuration configuration;
  while (input.starts_with("-- ")) {
    size_t end = input.find('\n'), equals = input.find('=');
    if (equals > end) break;
    configuration.Set(input.substr(3, equals - 3), input.substr(equals + 1, end - equals - 1));
    input.erase(0, end + 1);
  }
  return configuration;
}

plan::RelationPtr Analyze(std::string input) {
  Configuration configuration = TakeSettings(input);
  catalog::Catalog catalog(std::make_shared<catalog::SharedCatalog>());
  AddTables(catalog);
  analyzer::Context context;
  context.configuration = &configuration;
  context.catalog = &catalog;
  context.decode_local = EmptyTable;
  return analyzer::Analyze(*sql::ParseStatement(input).query, context);
}

// `pass` empty: none.
std::string Outcome(const std::string& input, const std::string& pass) {
  try {
    Options options{.validate = true};
    for (const std::string& name : Names()) {
      if (name != pass) options.excluded.insert(name);
    }
    return plan::Print(*RunAll(Analyze(input), options));
  } catch (const SparkError& error) {
    return std::string(error.what()) + "\n";
  }
}

// The file with every output made anew.
std::string Redo(const std::string& text, const std::string& pass) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t divider = text.find("\n--\n", at);
    if (divider == std::string::npos) break;
    std::string input = text.substr(at, divider - at);
    out += input + "\n--\n" + Outcome(input, pass) + "==\n";
    size_t end = text.find("\n==\n", divider);
    if (end == std::string::npos) break;
    at = end + 4;
  }
  return out;
}

void Check(const fs::path& path, const std::string& pass) {
  std::string text = ReadFile(path);
  std::string redone = Redo(text, pass);
  if (std::getenv("PYRITE_UPDATE_GOLDEN") != nullptr) {
    if (!text.empty()) std::ofstream(path) << redone;  // not each pass has cases
  } else {
    EXPECT_EQ(redone, text) << path;
  }
}

TEST(PlanGolden, Analyzed) {
  for (const auto& entry : fs::directory_iterator(kFolder / "analyzed")) Check(entry.path(), "");
}

TEST(PlanGolden, EachPass) {
  for (const std::string& pass : Names()) Check(kFolder / "passes" / (pass + ".test"), pass);
}

}  // namespace
}  // namespace pyrite::passes
