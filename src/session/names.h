// The one catalog and the one database, and what names mean against them.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace pyrite::session {

inline constexpr char kCatalog[] = "spark_catalog";
inline constexpr char kDatabase[] = "default";
inline constexpr char kGlobalDatabase[] = "global_temp";

using Names = std::vector<std::string>;

std::string LowerCase(std::string text);
// The database that `d` or `spark_catalog.d` names; empty for other names.
std::string DatabaseName(const Names& parts);
SparkError NoSuchDatabase(Names parts);
// a.b.c, where the catalog's databases have one part.
SparkError NotSinglePart(const Names& parts);
SparkError CatalogNotFound(const std::string& name);
// As the statements report it that look for tables and views alone.
SparkError NoSuchTable(const Names& parts);

}  // namespace pyrite::session
