// A session without a server or a client: `pyrite sql`.
#include <nanobind/stl/string.h>

#include "bindings/bindings.h"
#include "session/session.h"

namespace pyrite::bindings {
namespace {

class LocalSession {
 public:
  LocalSession(int threads, const std::string& memory_limit, const std::string& spill_directory)
      : session_("", "local", engine::MakeEmbeddedEngine({threads, memory_limit, spill_directory}),
                 std::make_shared<catalog::SharedCatalog>()) {}

  // The statement's rows as show() prints them; nothing for commands without rows.
  std::string Show(const std::string& statement) {
    nanobind::gil_scoped_release release;
    spec::Statement parsed = session_.ParseSql(statement);
    if (parsed.query != nullptr) return session_.Show(session_.Analyze(*parsed.query));
    plan::RelationPtr rows = session_.Run(*parsed.command);
    return rows->output.empty() ? "" : session_.Show(rows);
  }

 private:
  session::Session session_;
};

}  // namespace

void AddLocalSession(nanobind::module_& module) {
  using namespace nanobind::literals;
  nanobind::class_<LocalSession>(module, "LocalSession")
      .def(nanobind::init<int, const std::string&, const std::string&>(), "threads"_a = 0,
           "memory_limit"_a = "", "spill_directory"_a = "")
      .def("show", &LocalSession::Show, "statement"_a);
}

}  // namespace pyrite::bindings
