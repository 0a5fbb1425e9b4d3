// A session without a server or a client: `pyrite sql`.
#include <arrow/api.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "bindings/bindings.h"
#include "session/running_query.h"
#include "session/session.h"
#include "sql/keywords.h"

namespace pyrite::bindings {
namespace {

// One statement at a time; Interrupt from any thread.
class LocalSession {
 public:
  LocalSession(int threads, const std::string& memory_limit, const std::string& spill_directory)
      : session_("", "local",
                 engine::MakeEmbeddedEngine(engine::OpenDatabase(
                     {threads, memory_limit, spill_directory, PythonWorker()})),
                 std::make_shared<catalog::SharedCatalog>()) {}

  // The statement's rows as show() prints them; nothing for commands without rows.
  std::string Show(const std::string& statement) {
    nanobind::gil_scoped_release release;
    auto running = std::make_shared<session::RunningQuery>();
    SetRunning(running);
    session::RunningQuery::Scope scope(running.get());
    spec::Statement parsed = session_.ParseSql({statement, {}, {}});
    if (parsed.query != nullptr) return session_.Show(session_.Analyze(*parsed.query));
    plan::RelationPtr rows = session_.Run(*parsed.command);
    return rows->output.empty() ? "" : session_.Show(rows);
  }

  // A column of the statement's rows, which must be of strings.
  std::vector<std::string> Strings(const std::string& statement, const std::string& column) {
    nanobind::gil_scoped_release release;
    spec::Statement parsed = session_.ParseSql({statement, {}, {}});
    plan::RelationPtr plan =
        parsed.query != nullptr ? session_.Analyze(*parsed.query) : session_.Run(*parsed.command);
    std::shared_ptr<arrow::ChunkedArray> found;
    for (size_t i = 0; i < plan->output.size(); ++i) {
      if (plan->output[i].name != column) continue;
      found = session_.Collect(plan)->column(static_cast<int>(i));
    }
    std::vector<std::string> out;
    if (found == nullptr || found->type()->id() != arrow::Type::STRING) return out;
    for (const auto& chunk : found->chunks()) {
      const auto& strings = static_cast<const arrow::StringArray&>(*chunk);
      for (int64_t i = 0; i < strings.length(); ++i) out.push_back(strings.GetString(i));
    }
    return out;
  }

  // Ends the statement that runs, with OPERATION_CANCELED.
  void Interrupt() {
    std::lock_guard lock(mutex_);
    if (running_ != nullptr) running_->Interrupt();
  }

 private:
  void SetRunning(std::shared_ptr<session::RunningQuery> running) {
    std::lock_guard lock(mutex_);
    running_ = std::move(running);
  }

  session::Session session_;
  std::mutex mutex_;
  std::shared_ptr<session::RunningQuery> running_;
};

std::vector<std::string> Keywords() {
  std::vector<std::string> words;
#define PYRITE_ADD_KEYWORD(enumerator, word, reserved) words.push_back(word);
  PYRITE_SQL_KEYWORDS(PYRITE_ADD_KEYWORD)
#undef PYRITE_ADD_KEYWORD
  return words;
}

}  // namespace

void AddLocalSession(nanobind::module_& module) {
  using namespace nanobind::literals;
  nanobind::class_<LocalSession>(module, "LocalSession")
      .def(nanobind::init<int, const std::string&, const std::string&>(), "threads"_a = 0,
           "memory_limit"_a = "", "spill_directory"_a = "")
      .def("show", &LocalSession::Show, "statement"_a)
      .def("strings", &LocalSession::Strings, "statement"_a, "column"_a)
      .def("interrupt", &LocalSession::Interrupt);
  module.def("keywords", &Keywords, "The words of SQL.");
}

}  // namespace pyrite::bindings
