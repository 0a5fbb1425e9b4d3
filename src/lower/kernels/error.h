// Errors with Spark's conditions through the engine: a kernel throws, the engine's adapter reads.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/error.h"

namespace duckdb {
class ErrorData;
}

namespace pyrite::lower {

// Ends the query (or gives NULL inside TRY).
[[noreturn]] void ThrowSpark(const std::string& condition,
                             const std::map<std::string, std::string>& parameters);

// The error that ThrowSpark threw; nullopt for the engine's own.
std::optional<SparkError> SparkErrorOf(const duckdb::ErrorData& error);

}  // namespace pyrite::lower
