// COPY ... TO of the format "pyrite_lines": rows of one VARCHAR column as the lines of a file. Its
// options: "codec" (a name of sources/text/byte_sink.h), "line_separator", "header" (a first line,
// without its end), "charset".
#pragma once

namespace duckdb {
class ExtensionLoader;
}

namespace pyrite::lower {

inline constexpr char kLinesFormat[] = "pyrite_lines";

void RegisterLinesCopy(duckdb::ExtensionLoader& loader);

}  // namespace pyrite::lower
