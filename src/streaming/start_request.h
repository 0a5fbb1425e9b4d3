// What df.writeStream asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spec/relation.h"
#include "streaming/trigger.h"

namespace pyrite::streaming {

enum class OutputMode : uint8_t { kAppend, kComplete, kUpdate };

struct StartRequest {
  spec::RelationPtr input;
  std::string format;  // empty: spark.sql.sources.default
  spec::Options options;
  std::vector<std::string> partition_columns;
  Trigger trigger;
  std::string output_mode;  // as the user wrote it; empty: append
  std::string name;         // empty: none
  std::string path;
  std::string table;
  std::optional<std::string> foreach_batch;  // a function of Python, pickled
  std::string python_version;
};

// Raises STREAMING_OUTPUT_MODE.INVALID.
OutputMode ToOutputMode(const std::string& name);
// "Append"
const char* NameOf(OutputMode mode);

}  // namespace pyrite::streaming
