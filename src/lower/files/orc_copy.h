// COPY ... TO of the format "pyrite_orc". Its options: "codec" (zstd, zlib, snappy, lz4, none) and
// "schema" (the columns' Spark types as JSON).
#pragma once

namespace duckdb {
class ExtensionLoader;
}

namespace pyrite::lower {

inline constexpr char kOrcFormat[] = "pyrite_orc";

void RegisterOrcCopy(duckdb::ExtensionLoader& loader);

}  // namespace pyrite::lower
