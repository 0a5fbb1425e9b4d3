// A process of Python that runs users' functions: they may crash, or never end, without harm to the
// server. It is python/pyrite/_udf_worker.py, on the other end of a socket.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

namespace pyrite::udf {

class WorkerProcess {
 public:
  // `command` is the interpreter and the script. Raises PYTHON_WORKER.PYRITE.
  WorkerProcess(const std::vector<std::string>& command, std::string folder);
  ~WorkerProcess();  // ends the process, whatever it does
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  int socket() const { return socket_; }  // does not block
  // What it imports from, besides what is installed.
  const std::string& folder() const { return folder_; }

 private:
  const std::string folder_;
  int socket_ = -1;
  pid_t process_ = -1;
};

}  // namespace pyrite::udf
