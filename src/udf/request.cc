#include "udf/request.h"

#include <atomic>
#include <random>

#include "base/type_json.h"
#include "udf/wire.h"

namespace pyrite::udf {
namespace {

// What pyspark.TaskContext tells.
std::string ContextOf(const TaskNumbers& task) {
  // No two attempts have one id, on other nodes neither.
  static std::atomic<int64_t> next{static_cast<int64_t>(std::random_device()() >> 1) << 32};
  std::string out = R"({"isBarrier":false,"cpus":1,"resources":{},"localProperties":{})";
  const auto add = [&](const char* name, int64_t value) {
    out += std::string(",\"") + name + "\":" + std::to_string(value);
  };
  add("stageId", task.stage);
  add("partitionId", task.partition);
  add("attemptNumber", task.attempt);
  add("taskAttemptId", next++);
  return out + "}";
}

void AppendSettings(std::string& out, const plan::PythonFunction::Settings& settings) {
  AppendInt(out, static_cast<int32_t>(settings.size()));
  for (const auto& [key, value] : settings) {
    AppendText(out, key);
    AppendText(out, value);
  }
}

// What the function may import, and what was broadcast to it: nothing.
void AppendFiles(std::string& out, const plan::PythonFunction& function,
                 const std::string& folder) {
  AppendText(out, folder);
  AppendInt(out, function.files ? static_cast<int32_t>(function.files->archives.size()) : 0);
  if (function.files) {
    for (const std::string& archive : function.files->archives) AppendText(out, archive);
  }
  AppendBool(out, false);
  AppendInt(out, 0);
}

std::string Head(const plan::PythonFunction& function,
                 const plan::PythonFunction::Settings& evaluation) {
  std::string out;
  out.push_back(static_cast<char>(Request::kRows));
  AppendText(out, function.python_version);
  AppendFiles(out, function, "");
  AppendInt(out, function.eval_type);
  AppendSettings(out, function.settings);
  AppendSettings(out, evaluation);
  return out;
}

void AppendOffsets(std::string& out, const std::vector<int32_t>& offsets,
                   const std::vector<std::string>& names) {
  AppendInt(out, static_cast<int32_t>(offsets.size()));
  for (size_t i = 0; i < offsets.size(); ++i) {
    AppendInt(out, offsets[i]);
    bool named = i < names.size() && !names[i].empty();
    AppendBool(out, named);
    if (named) AppendText(out, names[i]);
  }
}

void AppendCall(std::string& out, const FunctionCall& call) {
  AppendOffsets(out, call.offsets, call.names);
  AppendInt(out, 1);  // functions in a chain
  AppendText(out, call.function->command);
  AppendLong(out, 0);  // of the profiler's result
}

}  // namespace

std::string EncodeRequest(const std::vector<FunctionCall>& calls,
                          const plan::PythonFunction::Settings& evaluation) {
  std::string out = Head(*calls.at(0).function, evaluation);
  AppendInt(out, static_cast<int32_t>(calls.size()));
  for (const FunctionCall& call : calls) AppendCall(out, call);
  return out;
}

std::string EncodeTableRequest(const FunctionCall& call, const plan::TableFunctionCall& table,
                               const DataType& result,
                               const plan::PythonFunction::Settings& evaluation) {
  std::string out = Head(*call.function, evaluation);
  AppendOffsets(out, call.offsets, call.names);
  AppendInt(out, static_cast<int32_t>(table.partition_indexes.size()));
  for (int32_t index : table.partition_indexes) AppendInt(out, index);
  AppendBool(out, !table.analysis.empty());
  if (!table.analysis.empty()) AppendText(out, table.analysis);
  AppendText(out, call.function->command);
  AppendText(out, TypeToJson(result));
  AppendText(out, call.function->name);
  return out;
}

std::string OfTask(const std::string& request, const TaskNumbers& task, const std::string& folder) {
  constexpr size_t kKind = 1, kInt = sizeof(int32_t);  // bytes
  std::string version =
      request.substr(kKind + kInt, static_cast<size_t>(ReadInt(request.data() + kKind)));
  std::string out = request.substr(0, kKind);
  AppendInt(out, task.partition);
  AppendText(out, version);
  AppendText(out, ContextOf(task));
  AppendText(out, folder);
  return out + request.substr(kKind + kInt + version.size() + kInt);  // after an empty folder
}

std::string EncodePlanning(const plan::PythonFunction& function) {
  std::string out;
  out.push_back(static_cast<char>(Request::kAnalysis));
  AppendText(out, function.python_version);
  AppendFiles(out, function, function.files ? function.files->folder.path().string() : "");
  AppendSettings(out, function.settings);
  return out;
}

}  // namespace pyrite::udf
