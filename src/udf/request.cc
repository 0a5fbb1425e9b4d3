#include "udf/request.h"

#include "base/type_json.h"
#include "udf/wire.h"

namespace pyrite::udf {
namespace {

// Tasks have no numbers here: functions that ask get those of a single one.
constexpr char kTaskContext[] =
    R"({"isBarrier":false,"stageId":0,"partitionId":0,"attemptNumber":0,"taskAttemptId":0,)"
    R"("cpus":1,"resources":{},"localProperties":{}})";

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
  AppendInt(out, 0);  // the partition's number
  AppendText(out, function.python_version);
  AppendText(out, kTaskContext);
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

std::string WithFolder(const std::string& request, const std::string& folder) {
  size_t at = 1 + sizeof(int32_t);        // after the partition's number
  for (int text = 0; text < 2; ++text) {  // the version and the context
    at += sizeof(int32_t) + static_cast<size_t>(ReadInt(request.data() + at));
  }
  std::string said;
  AppendText(said, folder);
  return request.substr(0, at) + said + request.substr(at + sizeof(int32_t));
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
