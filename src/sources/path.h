// Paths as a user gives them and as Spark shows them.
#pragma once

#include <string>
#include <string_view>

namespace pyrite::sources {

// The absolute path on the local file system, normalized (no "//", ".", "..", trailing "/"):
// "file:/a//b/", "file:///a/b" and "/a/b" are one path. Raises for other file systems.
std::string ToLocalPath(const std::string& path);

// "file:/a/b", Spark's form in messages and plans.
std::string ToUri(const std::string& local_path);

// What follows the last "/"; what stands before it ("/" at the top).
std::string_view BaseName(std::string_view path);
std::string ParentPath(std::string_view path);

// The escapes of partition folder names: "a%3Ab" is "a:b". A malformed escape stays as it is.
std::string UnescapePathName(std::string_view name);
std::string EscapePathName(std::string_view name);

// Spark ignores such files and folders when it lists: "_x", ".x", "x._COPYING_", but not "_a=1"
// and not Parquet's summary files.
bool IsIgnoredName(std::string_view name);

}  // namespace pyrite::sources
