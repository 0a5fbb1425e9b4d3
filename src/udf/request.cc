#include "udf/request.h"

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

void AppendCall(std::string& out, const FunctionCall& call) {
  AppendInt(out, static_cast<int32_t>(call.offsets.size()));
  for (size_t i = 0; i < call.offsets.size(); ++i) {
    AppendInt(out, call.offsets[i]);
    bool named = i < call.names.size() && !call.names[i].empty();
    AppendBool(out, named);
    if (named) AppendText(out, call.names[i]);
  }
  AppendInt(out, 1);  // functions in a chain
  AppendText(out, call.function->command);
  AppendLong(out, 0);  // of the profiler's result
}

}  // namespace

std::string EncodeRequest(const std::vector<FunctionCall>& calls,
                          const plan::PythonFunction::Settings& evaluation) {
  const plan::PythonFunction& first = *calls.at(0).function;
  std::string out;
  AppendInt(out, 0);  // the partition's number
  AppendText(out, first.python_version);
  AppendText(out, kTaskContext);
  AppendText(out, first.files ? first.files->folder.path().string() : "");
  AppendInt(out, first.files ? static_cast<int32_t>(first.files->archives.size()) : 0);
  if (first.files) {
    for (const std::string& archive : first.files->archives) AppendText(out, archive);
  }
  AppendBool(out, false);  // broadcast variables
  AppendInt(out, 0);
  AppendInt(out, first.eval_type);
  AppendSettings(out, first.settings);
  AppendSettings(out, evaluation);
  AppendInt(out, static_cast<int32_t>(calls.size()));
  for (const FunctionCall& call : calls) AppendCall(out, call);
  return out;
}

}  // namespace pyrite::udf
