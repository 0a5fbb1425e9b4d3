#include "streaming/start_request.h"

#include "base/error.h"
#include "sources/options.h"

namespace pyrite::streaming {

OutputMode ToOutputMode(const std::string& name) {
  std::string text = sources::ToLower(name);
  if (text.empty() || text == "append") return OutputMode::kAppend;
  if (text == "complete") return OutputMode::kComplete;
  if (text == "update") return OutputMode::kUpdate;
  throw SparkError("STREAMING_OUTPUT_MODE.INVALID", {{"outputMode", name}});
}

const char* NameOf(OutputMode mode) {
  switch (mode) {
    case OutputMode::kAppend: return "Append";
    case OutputMode::kComplete: return "Complete";
    case OutputMode::kUpdate: return "Update";
  }
  return "";
}

}  // namespace pyrite::streaming
