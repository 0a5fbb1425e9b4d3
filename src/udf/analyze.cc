#include "udf/analyze.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "base/errors.h"
#include "base/type_json.h"
#include "udf/pickle.h"
#include "udf/request.h"
#include "udf/wire.h"
#include "udf/worker_pool.h"

namespace pyrite::udf {
namespace {

constexpr int kWaitMilliseconds = 50;
constexpr size_t kReadBytes = 1 << 16;

// Words to a worker, and its own, one after the other.
class Dialogue {
 public:
  Dialogue(const WorkerProcess& worker, const std::function<void()>& check)
      : socket_(worker.socket()), check_(check) {}

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      Wait(POLLOUT);
      ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (count < 0) return;  // it takes no more: what it says last tells why
      bytes.remove_prefix(static_cast<size_t>(count));
    }
  }
  int32_t Number() { return ReadInt(Bytes(4).data()); }
  std::string Text() { return Bytes(static_cast<size_t>(Number())); }
  std::string Bytes(size_t count) {
    while (received_.size() < count) Receive();
    std::string bytes = received_.substr(0, count);
    received_.erase(0, count);
    return bytes;
  }

 private:
  void Wait(short event) {
    pollfd ready{socket_, event, 0};
    while (::poll(&ready, 1, kWaitMilliseconds) <= 0) check_();
  }
  void Receive() {
    std::array<char, kReadBytes> bytes;
    Wait(POLLIN);
    ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
      throw SparkError("", "", "org.apache.spark.SparkException",
                       "Python worker exited unexpectedly (crashed)");
    }
    received_.append(bytes.data(), static_cast<size_t>(count));
  }

  const int socket_;
  const std::function<void()>& check_;
  std::string received_;
};

std::string Encode(const plan::PythonFunction& function,
                   const std::vector<plan::AnalyzedArgument>& arguments) {
  std::string out = EncodePlanning(function);
  AppendText(out, function.name);
  AppendText(out, function.command);
  AppendInt(out, static_cast<int32_t>(arguments.size()));
  for (const plan::AnalyzedArgument& argument : arguments) {
    AppendText(out, TypeToJson(argument.type));
    AppendBool(out, argument.constant.has_value());
    if (argument.constant) AppendText(out, Pickle(*argument.constant, argument.type));
    AppendBool(out, argument.is_table);
    AppendBool(out, !argument.name.empty());
    if (!argument.name.empty()) AppendText(out, argument.name);
  }
  AppendInt(out, static_cast<int32_t>(Mark::kEndOfStream));
  return out;
}

// Of a traceback only what is said for users.
[[noreturn]] void RaiseFailed(std::string text) {
  constexpr std::string_view kFirst = "PySparkValueError:";
  if (size_t at = text.rfind(kFirst); at != std::string::npos) text.erase(0, at + kFirst.size());
  text.erase(0, std::min(text.find_first_not_of(" \n"), text.size()));
  text.erase(text.find_last_not_of(" \n") + 1);
  throw SparkError("TABLE_VALUED_FUNCTION_FAILED_TO_ANALYZE_IN_PYTHON", {{"msg", text}});
}

plan::TableFunctionAnalysis Decode(Dialogue& dialogue) {
  int32_t length = dialogue.Number();
  if (length == static_cast<int32_t>(Mark::kException)) RaiseFailed(dialogue.Text());
  if (length == static_cast<int32_t>(Mark::kCannotStart)) {
    throw SparkError("PYTHON_WORKER.PYRITE", {{"reason", dialogue.Text()}});
  }
  plan::TableFunctionAnalysis analysis;
  analysis.schema = TypeFromJson(dialogue.Bytes(static_cast<size_t>(length)));
  analysis.pickled = dialogue.Text();
  analysis.with_single_partition = dialogue.Number() == 1;
  for (int32_t left = dialogue.Number(); left > 0; --left) {
    analysis.partition_by.push_back(dialogue.Text());
  }
  for (int32_t left = dialogue.Number(); left > 0; --left) {
    plan::TableFunctionAnalysis::Order order;
    order.text = dialogue.Text();
    order.ascending = dialogue.Number() == 1;
    int32_t nulls = dialogue.Number();  // 0: as the direction has them, 1: first, 2: last
    if (nulls != 0) order.nulls_first = nulls == 1;
    analysis.order_by.push_back(std::move(order));
  }
  for (int32_t left = dialogue.Number(); left > 0; --left) {
    std::string text = dialogue.Text();
    analysis.select.push_back({std::move(text), dialogue.Text()});
  }
  return analysis;
}

// The end, after updates of accumulators; whether the worker is free for the next request.
bool ReadEnd(Dialogue& dialogue) {
  for (int32_t left = dialogue.Number(); left > 0; --left) dialogue.Text();
  return dialogue.Number() == static_cast<int32_t>(Mark::kEndOfStream);
}

}  // namespace

plan::TableFunctionAnalysis Analyze(WorkerPool& pool, const plan::PythonFunction& function,
                                    const std::vector<plan::AnalyzedArgument>& arguments,
                                    const std::function<void()>& check) {
  auto worker = pool.Take(function.files ? function.files->folder.path().string() : "");
  Dialogue dialogue(*worker, check);
  dialogue.Send(Encode(function, arguments));
  plan::TableFunctionAnalysis analysis = Decode(dialogue);
  if (ReadEnd(dialogue)) pool.GiveBack(std::move(worker));
  return analysis;
}

}  // namespace pyrite::udf
