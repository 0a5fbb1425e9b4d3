#include "session/names.h"

#include <cctype>

#include "base/errors.h"

namespace pyrite::session {

std::string LowerCase(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string DatabaseName(const Names& parts) {
  if (parts.size() == 1) return parts[0];
  return parts.size() == 2 && LowerCase(parts[0]) == kCatalog ? parts[1] : "";
}

SparkError NoSuchDatabase(Names parts) {
  if (parts.size() == 1) parts.insert(parts.begin(), kCatalog);
  return SparkError("SCHEMA_NOT_FOUND", {{"schemaName", errors::QuoteName(parts)}});
}

SparkError NotSinglePart(const Names& parts) {
  return SparkError("REQUIRES_SINGLE_PART_NAMESPACE",
                    {{"sessionCatalog", kCatalog}, {"identifier", errors::QuoteName(parts)}});
}

SparkError CatalogNotFound(const std::string& name) {
  return SparkError("CATALOG_NOT_FOUND", {{"catalogName", errors::QuoteName({name})},
                                          {"config", "\"spark.sql.catalog." + name + "\""}});
}

SparkError NoSuchTable(const Names& parts) {
  bool qualified = parts.size() == 3 && LowerCase(parts[0]) == kCatalog;
  if (parts.size() > 2 && !qualified) return NotSinglePart(parts);
  return SparkError("TABLE_OR_VIEW_NOT_FOUND",
                    {{"relationName", errors::QuoteName(parts)},
                     {"searchPath", "[`system`.`session`, `spark_catalog`.`default`]"}});
}

}  // namespace pyrite::session
