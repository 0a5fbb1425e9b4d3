// foreachBatch: a process of Python runs the function, as a client of this server.
#include <poll.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstring>

#include "base/errors.h"
#include "session/running_query.h"
#include "streaming/sink.h"
#include "udf/wire.h"
#include "udf/worker_process.h"

namespace pyrite::streaming {
namespace {

constexpr int kLookMillis = 100;  // between looks at whether the query is to stop

[[noreturn]] void Fail(const std::string& reason) {
  throw SparkError("FOREACH_BATCH_USER_FUNCTION_ERROR", {{"reason", reason}});
}

// As a parameter of a URL.
std::string Escaped(const std::string& text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out += c;
    } else {
      auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

// The worker's end of the talk, which the query's thread leaves when it is to stop.
class Line {
 public:
  explicit Line(int socket) : socket_(socket) {}

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = ::write(socket_, bytes.data(), bytes.size());
      if (sent > 0) {
        bytes.remove_prefix(static_cast<size_t>(sent));
      } else {
        Wait(POLLOUT);
      }
    }
  }

  std::string Receive(size_t size) {
    std::string bytes(size, '\0');
    for (size_t at = 0; at < size;) {
      ssize_t received = ::read(socket_, bytes.data() + at, size - at);
      if (received == 0) Fail("the process that runs the function has ended");
      if (received > 0) {
        at += static_cast<size_t>(received);
      } else {
        Wait(POLLIN);
      }
    }
    return bytes;
  }

  // 0, or what the function has raised.
  void ReceiveDone() {
    int32_t code = udf::ReadInt(Receive(sizeof(int32_t)).data());
    if (code == 0) return;
    if (code != static_cast<int32_t>(udf::Mark::kException)) {
      throw errors::Internal("the worker of foreachBatch answers " + std::to_string(code));
    }
    int32_t size = udf::ReadInt(Receive(sizeof(int32_t)).data());
    Fail(Receive(static_cast<size_t>(std::max(0, size))));
  }

 private:
  void Wait(short event) {
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) Fail(std::strerror(errno));
    pollfd ready{socket_, event, 0};
    ::poll(&ready, 1, kLookMillis);
    session::RunningQuery::RaiseIfCurrentInterrupted();
  }

  const int socket_;
};

class ForeachBatchSink : public Sink {
 public:
  ForeachBatchSink(const StartRequest& request, const SinkSetting& setting)
      : client_(setting.client),
        callback_(*setting.callback),
        function_(*request.foreach_batch),
        python_version_(request.python_version) {
    if (callback_.command.empty()) {
      throw SparkError("PYTHON_WORKER.PYRITE",
                       {{"reason", "this server was started without a Python interpreter"}});
    }
  }

  std::string description() const override { return "ForeachBatchSink"; }

  int64_t Add(const Batch& batch) override {
    if (worker_ == nullptr) StartWorker();
    BatchFrame frame(*client_, batch.rows);
    std::string request;
    udf::AppendText(request, frame.id());
    udf::AppendLong(request, batch.number);
    Line line(worker_->socket());
    line.Send(request);
    line.ReceiveDone();
    return -1;
  }

  // Whatever the function does.
  void End() override { worker_ = nullptr; }

 private:
  void StartWorker() {
    files_ = client_->PythonFilesNow();
    std::vector<std::string> command = callback_.command;
    if (files_ != nullptr) {
      command.push_back(files_->folder.path().string());
      for (const std::string& archive : files_->archives) {
        command.push_back((files_->folder.path() / archive).string());
      }
    }
    auto worker = std::make_unique<udf::WorkerProcess>(command, "");
    std::string request;
    // Not among the arguments, which all users of the machine can see: it may bear the token.
    udf::AppendText(request, callback_.url + ";user_id=" + Escaped(client_->user_id()));
    udf::AppendText(request, python_version_);
    udf::AppendText(request, client_->session_id());
    udf::AppendText(request, function_);
    Line line(worker->socket());
    line.Send(request);
    line.ReceiveDone();
    worker_ = std::move(worker);
  }

  const std::shared_ptr<session::Session> client_;
  const CallBack callback_;
  const std::string function_;
  const std::string python_version_;
  plan::PythonFilesPtr files_;
  std::unique_ptr<udf::WorkerProcess> worker_;
};

}  // namespace

std::unique_ptr<Sink> MakeForeachBatchSink(const StartRequest& request,
                                           const SinkSetting& setting) {
  return std::make_unique<ForeachBatchSink>(request, setting);
}

}  // namespace pyrite::streaming
