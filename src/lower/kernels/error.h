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

// As ThrowSpark, for what Spark leaves to Java: an exception of that class without a condition.
[[noreturn]] void ThrowJava(const std::string& java_class, const std::string& message);

// The error that ThrowSpark threw; nullopt for the engine's own.
std::optional<SparkError> SparkErrorOf(const duckdb::ErrorData& error);

}  // namespace pyrite::lower
