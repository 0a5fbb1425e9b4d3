// A statement of Spark SQL, run by workers of this machine (localhost_worker).
//
//   localhost_run 'SELECT ...' --cluster-ports 31000,31001 --tables .data/tpch-sf1
//
// --tables FOLDER      each name.parquet of it, a file or a folder, is a table
// --explain            prints the stages instead
// and what is otherwise decided by itself:
// --tasks N            tasks of a stage; otherwise one for each thread of the workers
// --least-rows N       a scan of fewer rows is not cut
// --broadcast-bytes N  the largest side of a join that is sent to all tasks
// --spread OPERATOR    the rows of each operator of this name in --explain go to all tasks by turns
// --whole-files        a task reads whole files, which are dealt to the tasks by turns
#include <filesystem>
#include <iostream>
#include <map>

#include "base/error.h"
#include "duckdb/planner/logical_operator.hpp"
#include "localhost.h"

namespace {

using pyrite::stages::Partitioning;
using pyrite::stages::ScannedFile;
using pyrite::stages::TaskFiles;

struct Arguments {
  std::string statement;
  bool explain = false;
  bool whole_files = false;
  std::map<std::string, std::string> flags;
};

Arguments Parse(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    std::string word = words[i];
    if (word == "--explain") {
      arguments.explain = true;
    } else if (word == "--whole-files") {
      arguments.whole_files = true;
    } else if (word.starts_with("--") && i + 1 < count) {
      arguments.flags[word] = words[++i];
    } else {
      arguments.statement = word;
    }
  }
  return arguments;
}

// However few rows it has: for those that make much work above.
pyrite::stages::ManualBoundary SpreadAbove(const std::string& name) {
  return [name](const duckdb::LogicalOperator& op) -> std::optional<Partitioning> {
    if (op.GetName() != name) return std::nullopt;
    return Partitioning{.kind = Partitioning::Kind::kRoundRobin};
  };
}

// Otherwise tasks have about the same number of bytes, and share large files.
std::vector<TaskFiles> DealFiles(const std::vector<ScannedFile>& files, int tasks) {
  std::vector<TaskFiles> shares(tasks);
  for (size_t i = 0; i < files.size(); ++i) shares[i % tasks].files.push_back(files[i].path);
  return shares;
}

localhost::Settings SettingsOf(const Arguments& arguments) {
  localhost::Settings settings;
  settings.cut.tasks = 0;
  if (arguments.whole_files) settings.cut.slices = DealFiles;
  for (const auto& [flag, value] : arguments.flags) {
    if (flag == "--cluster-ports") {
      settings.ports = localhost::ParsePorts(value);
    } else if (flag == "--tasks") {
      settings.cut.tasks = std::stoi(value);
    } else if (flag == "--least-rows") {
      settings.cut.least_rows = std::stod(value);
    } else if (flag == "--broadcast-bytes") {
      settings.cut.broadcast_bytes = std::stod(value);
    } else if (flag == "--spread") {
      settings.cut.boundary = SpreadAbove(value);
    } else if (flag != "--tables") {
      throw std::invalid_argument("no such flag: " + flag);
    }
  }
  return settings;
}

void ReadTables(pyrite::session::Session& session, const std::string& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".parquet") continue;
    std::string path = std::filesystem::absolute(entry.path()).string();
    localhost::Show(session, "CREATE TEMPORARY VIEW `" + entry.path().stem().string() +
                                 "` USING parquet OPTIONS (path '" + path + "')");
  }
}

}  // namespace

int main(int count, char** words) {
  try {
    Arguments arguments = Parse(count, words);
    localhost::Settings settings = SettingsOf(arguments);
    if (arguments.statement.empty() || settings.ports.empty()) {
      std::cerr
          << "usage: localhost_run STATEMENT --cluster-ports PORT,PORT... [--tables FOLDER]\n";
      return 2;
    }
    auto session = localhost::Connect(pyrite::engine::OpenDatabase({}), settings);
    auto tables = arguments.flags.find("--tables");
    if (tables != arguments.flags.end()) ReadTables(*session, tables->second);
    if (arguments.explain) {
      auto parsed = session->ParseSql({arguments.statement, {}, {}});
      std::cout << session->Explain(*parsed.query, pyrite::spec::ExplainMode::kSimple);
    } else {
      std::cout << localhost::Show(*session, arguments.statement);
    }
  } catch (const pyrite::SparkError& error) {
    std::cerr << error.message() << "\n";
    return 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
  return 0;
}
