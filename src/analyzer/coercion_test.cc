// tests/functions/coercion.tsv: which type an operation over each pair of types has, or how it is
// refused, as recorded from real Spark. By which condition is for tests/errors. Where we still
// differ stands in coercion_differences.txt: mode, operation, left type, right types # reason; what
// stands there and is right fails, too. With PYRITE_UPDATE_GOLDEN set the list is written anew.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "analyzer/analyzer.h"
#include "sql/parser.h"

namespace pyrite::analyzer {
namespace {

using Cells = std::vector<std::string>;

const std::string kFolder = PYRITE_GOLDEN_DIR;

Cells Split(const std::string& line) {
  Cells cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
  return cells;
}

std::string Replaced(std::string text, const std::string& what, const std::string& with) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string NullOf(const std::string& type) {
  return type == "VOID" ? "NULL" : "CAST(NULL AS " + type + ")";
}

std::string Outcome(const std::string& sql, bool ansi) {
  Configuration configuration;
  configuration.Set("spark.sql.ansi.enabled", ansi ? "true" : "false");
  catalog::Catalog catalog(std::make_shared<catalog::SharedCatalog>());
  Context context;
  context.configuration = &configuration;
  context.catalog = &catalog;
  try {
    return Analyze(*sql::ParseStatement(sql).query, context)->output[0].type.ToDdl();
  } catch (const SparkError& error) {
    return "!" + error.condition();
  }
}

std::string Id(const std::string& mode, const std::string& operation, const std::string& left,
               const std::string& right) {
  return mode + "\t" + operation + "\t" + left + "\t" + right;
}

std::set<std::string> KnownDifferences() {
  std::set<std::string> known;
  std::ifstream in(kFolder + "/coercion_differences.txt");
  for (std::string line; std::getline(in, line);) {
    Cells cells = Split(line.substr(0, line.find(" # ")));
    std::string rights = cells.at(3) + "; ";
    for (size_t at = 0, end; (end = rights.find("; ", at)) != std::string::npos; at = end + 2) {
      known.insert(Id(cells[0], cells[1], cells[2], rights.substr(at, end - at)));
    }
  }
  return known;
}

// Types are compared; one refusal is as good as another.
std::string Comparable(const std::string& outcome) {
  return outcome.starts_with("!") ? "refused" : outcome;
}

std::string Reason(const std::string& ours, const std::string& theirs) {
  if (ours == "refused") return "refused here";
  return theirs == "refused" ? "accepted here" : ours + " instead of " + theirs;
}

// The differences, a line for those of one left type and one reason.
class Differences {
 public:
  void Add(const std::string& id, const std::string& reason) {
    size_t tab = id.rfind('\t');
    std::string key = id.substr(0, tab), right = id.substr(tab + 1);
    for (Line& line : lines_) {
      if (line.key != key || line.reason != reason) continue;
      line.rights += "; " + right;
      return;
    }
    lines_.push_back({key, right, reason});
  }
  void Write() const {
    std::ofstream out(kFolder + "/coercion_differences.txt");
    for (const Line& line : lines_) {
      out << line.key << '\t' << line.rights << " # " << line.reason << '\n';
    }
  }

 private:
  struct Line {
    std::string key, rights, reason;
  };
  std::vector<Line> lines_;
};

struct Table {
  std::string mode;
  std::string operation;
  Cells types;  // after an empty cell
};

TEST(Coercion, EveryPair) {
  std::set<std::string> known = KnownDifferences();
  std::ifstream in(kFolder + "/coercion.tsv");
  Table table;
  bool updates = std::getenv("PYRITE_UPDATE_GOLDEN") != nullptr;
  Differences differences;
  int cases = 0;
  for (std::string line; std::getline(in, line);) {
    Cells cells = Split(line);
    if (cells.size() == 2) {
      table = {cells[0], cells[1], {}};
    } else if (table.types.empty()) {
      table.types = cells;
    } else {
      for (size_t i = 1; i < cells.size(); ++i) {
        std::string sql = Replaced(table.operation, "RIGHT_TYPE", table.types[i]);
        sql = Replaced(Replaced(sql, "LEFT", NullOf(cells[0])), "RIGHT", NullOf(table.types[i]));
        std::string id = Id(table.mode, table.operation, cells[0], table.types[i]);
        std::string outcome = Comparable(Outcome(sql, table.mode == "ansi"));
        std::string expected = Comparable(cells[i]);
        if (outcome != expected) differences.Add(id, Reason(outcome, expected));
        EXPECT_TRUE(updates || (outcome == expected) != known.contains(id))
            << id << "\n  is " << outcome << "\n  and in Spark " << cells[i];
        ++cases;
      }
    }
  }
  EXPECT_GT(cases, 1000);
  if (updates) differences.Write();
}

}  // namespace
}  // namespace pyrite::analyzer
