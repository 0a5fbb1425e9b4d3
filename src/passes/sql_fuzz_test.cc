// Statements made of pieces of the recorded ones (tests/sql) go through parser, analyzer and
// passes: each ends in a plan or in a SparkError that is not our own bug, in seconds.
// PYRITE_FUZZ_SECONDS sets how long (2), PYRITE_FUZZ_SEED what is tried; a find prints its text,
// which PYRITE_FUZZ_STATEMENT tries again.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <sstream>

#include "analyzer/analyzer.h"
#include "base/errors.h"
#include "passes/pipeline.h"
#include "sql/parser.h"

namespace pyrite::passes {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Pieces = std::vector<std::string>;

constexpr int kSecondsForOne = 20;        // of CPU time
constexpr unsigned kWaitingForOne = 300;  // seconds, whatever else the machine does

// What runs now, for the handler of signals: a crash or a hang has no other way to say it.
std::string current;

void ShowAndDie(int signal) {
  const char* what = signal == SIGALRM || signal == SIGPROF ? "\nhangs on: " : "\ncrashes on: ";
  [[maybe_unused]] ssize_t n = write(STDERR_FILENO, what, std::strlen(what));
  n = write(STDERR_FILENO, current.data(), current.size());
  n = write(STDERR_FILENO, "\n", 1);
  std::_Exit(1);
}

void CatchSignals() {
  static char stack[64 << 10];
  stack_t alternative{};
  alternative.ss_sp = stack;
  alternative.ss_size = sizeof(stack);
  sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_handler = ShowAndDie;
  action.sa_flags = SA_ONSTACK;
  for (int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGALRM, SIGPROF})
    sigaction(signal, &action, nullptr);
}

// Words, numbers, quoted texts, single other characters; spaces go with what is before them.
Pieces Cut(const std::string& text) {
  Pieces pieces;
  auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    if (is_word(text[at])) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (text[at] == '\'' || text[at] == '"' || text[at] == '`') {
      end = std::min(text.find(text[at], at + 1), text.size() - 1) + 1;
    }
    while (end < text.size() && text[end] == ' ') ++end;
    pieces.push_back(text.substr(at, end - at));
    at = end;
  }
  return pieces;
}

std::vector<Pieces> Corpus() {
  std::vector<Pieces> corpus;
  for (const char* folder : {"queries", "statements"}) {
    for (const auto& entry :
         fs::directory_iterator(fs::path(PYRITE_GOLDEN_DIR) / "../sql" / folder)) {
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      std::string block;
      bool expected = false;
      for (std::string line; std::getline(text, line);) {
        if (line == "==")
          expected = false, block.clear();
        else if (line == "--")
          expected = true, corpus.push_back(Cut(block));
        else if (!expected && !line.starts_with("-- "))
          block += line + " ";
      }
    }
  }
  return corpus;
}

class Mutator {
 public:
  Mutator(std::vector<Pieces> corpus, uint64_t seed) : corpus_(std::move(corpus)), random_(seed) {}

  std::string Next() {
    Pieces made = Any();
    for (size_t i = 1 + Below(4); i > 0; --i) Change(made);
    std::string text;
    for (const std::string& piece : made) text += piece;
    return text;
  }

 private:
  size_t Below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }
  const Pieces& Any() { return corpus_[Below(corpus_.size())]; }

  void Change(Pieces& made) {
    const Pieces& other = Any();
    if (made.empty() || other.empty()) return;
    size_t at = Below(made.size()), from = Below(other.size());
    size_t length = std::min(1 + Below(6), other.size() - from);
    auto place = made.begin() + static_cast<ptrdiff_t>(at);
    auto begin = other.begin() + static_cast<ptrdiff_t>(from);
    switch (Below(9)) {
      case 0: made.erase(place); break;
      case 1: made.insert(place, made[at]); break;
      case 2: std::swap(made[at], made[Below(made.size())]); break;
      case 3: made[at] = other[from]; break;
      case 4: made.insert(place, begin, begin + static_cast<ptrdiff_t>(length)); break;
      case 5: made.erase(place, made.end()); break;
      case 6:  // the head of one, the tail of the other
        made.erase(place, made.end());
        made.insert(made.end(), begin, other.end());
        break;
      case 7: Wrap(made, at); break;
      default: made[at][Below(made[at].size())] = static_cast<char>(random_() % 256);
    }
  }

  void Wrap(Pieces& made, size_t at) {
    static const char* const kAround[][2] = {
        {"(", ")"},    {"(SELECT ", ")"}, {"array(", ")"},   {"NOT ", " "},
        {"sum(", ")"}, {"-", " "},        {"EXISTS (", ")"}, {"CAST(", " AS INT)"}};
    const auto& around = kAround[Below(std::size(kAround))];
    size_t times = Below(20) == 0 ? 3000 : 1 + Below(3);
    std::string open, close;
    for (size_t i = 0; i < times; ++i) open += around[0], close += around[1];
    made[at] = open + made[at] + close + " ";
  }

  std::vector<Pieces> corpus_;
  std::mt19937_64 random_;
};

// The condition that the text ends in; empty: a plan.
std::string Outcome(const std::string& text) {
  Configuration configuration;
  catalog::Catalog catalog(std::make_shared<catalog::SharedCatalog>());
  analyzer::Context context;
  context.configuration = &configuration;
  context.catalog = &catalog;
  context.run = [](const plan::RelationPtr&) -> std::shared_ptr<const arrow::Table> {
    throw errors::UnsupportedFeature("running a query");
  };
  context.run_command = [](const spec::Command&) -> plan::RelationPtr {
    throw errors::UnsupportedFeature("running a command");
  };
  try {
    spec::Statement statement = sql::ParseStatement(text);
    if (!statement.query) return "";
    RunAll(analyzer::Analyze(*statement.query, context), Options{.validate = true});
    return "";
  } catch (const SparkError& error) {
    return error.condition() == "INTERNAL_ERROR" ? error.message() : error.condition();
  } catch (const std::exception& error) {
    return std::string("[INTERNAL_ERROR] ") + error.what();
  }
}

std::string TimedOutcome(const std::string& text) {
  itimerval limit = {{}, {kSecondsForOne, 0}};
  setitimer(ITIMER_PROF, &limit, nullptr);
  alarm(kWaitingForOne);
  return Outcome(text);
}

int64_t Setting(const char* name, int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

TEST(SqlFuzz, EndsInAPlanOrInAnErrorOfTheUser) {
  CatchSignals();
  if (const char* given = std::getenv("PYRITE_FUZZ_STATEMENT")) {
    current = given;
    std::cout << TimedOutcome(current) << "\n";
    return;
  }
  Mutator mutator(Corpus(), static_cast<uint64_t>(Setting("PYRITE_FUZZ_SEED", 1)));
  auto end = Clock::now() + std::chrono::seconds(Setting("PYRITE_FUZZ_SECONDS", 2));
  std::map<std::string, std::string> finds;  // an example of each message
  int64_t count = 0;
  for (; Clock::now() < end; ++count) {
    current = mutator.Next();
    std::string outcome = TimedOutcome(current);
    if (outcome.starts_with("[INTERNAL_ERROR]")) finds.emplace(outcome.substr(0, 60), current);
  }
  alarm(0);
  itimerval none = {};
  setitimer(ITIMER_PROF, &none, nullptr);
  for (const auto& [message, text] : finds) ADD_FAILURE() << message << "\n" << text;
  std::cout << count << " statements\n";
}

}  // namespace
}  // namespace pyrite::passes
