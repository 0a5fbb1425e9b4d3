// Functions that only scans use.
#pragma once

namespace duckdb {
class DatabaseInstance;
}

namespace pyrite::lower {

// A file's timestamp as an instant: one without a zone (INT96) is UTC, whatever the session's zone.
inline constexpr char kInstantFunction[] = "spark_file_instant";

// A file's number as BIGINT; of a timestamp with nanoseconds, their count since the epoch.
inline constexpr char kLongFunction[] = "spark_file_long";

void RegisterScanFunctions(duckdb::DatabaseInstance& database);

}  // namespace pyrite::lower
