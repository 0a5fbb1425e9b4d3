#include "udf/worker_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "base/error.h"

extern char** environ;

namespace pyrite::udf {
namespace {

[[noreturn]] void Fail(const std::string& reason) {
  throw SparkError("PYTHON_WORKER.PYRITE", {{"reason", reason}});
}

// The script finds its end of the socket as its standard input; what functions print goes where the
// server's own output goes.
pid_t Spawn(const std::vector<std::string>& command, int socket) {
  std::vector<char*> arguments;
  for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
  pid_t process = -1;
  int error = posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Fail("cannot start " + command[0] + ": " + std::strerror(error));
  return process;
}

}  // namespace

WorkerProcess::WorkerProcess(const std::vector<std::string>& command, std::string folder)
    : folder_(std::move(folder)) {
  if (command.empty()) Fail("this server was started without a Python interpreter");
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    Fail(std::strerror(errno));
  }
  socket_ = ends[0];
  ::fcntl(socket_, F_SETFL, O_NONBLOCK);
  try {
    process_ = Spawn(command, ends[1]);
  } catch (const SparkError&) {
    ::close(ends[0]);
    ::close(ends[1]);
    throw;
  }
  ::close(ends[1]);
}

WorkerProcess::~WorkerProcess() {
  ::close(socket_);
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace pyrite::udf
