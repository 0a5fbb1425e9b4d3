// Databases: their names, CREATE and DROP.
#include "base/errors.h"
#include "session/names.h"
#include "session/rows.h"
#include "session/session.h"
#include "sources/disk.h"
#include "sources/path.h"

namespace pyrite::session {

std::string Session::WarehouseFolder() {
  return sources::ToLocalPath(ConfigurationNow().Get("spark.sql.warehouse.dir"));
}

bool Session::IsDatabase(const Names& parts) {
  std::string name = DatabaseName(parts);
  return !name.empty() && catalog_.shared().databases().FindDatabase(name).has_value();
}

catalog::Database Session::RequireDatabase(const Names& parts) {
  std::string name = DatabaseName(parts);
  auto found = catalog_.shared().databases().FindDatabase(name);
  if (name.empty() || !found) throw NoSuchDatabase(parts);
  if (found->location.empty()) found->location = WarehouseFolder();
  return *found;
}

catalog::Database Session::RequireSingleDatabase(const Names& parts) {
  if (parts.size() > 1 && LowerCase(parts[0]) != kCatalog) {
    throw SparkError("_LEGACY_ERROR_TEMP_1126", {{"catalog", errors::QuoteName(parts)}});
  }
  return RequireDatabase(parts);
}

plan::RelationPtr Session::RunCreateNamespace(const spec::CreateNamespace& create) {
  std::string name = DatabaseName(create.name_parts);
  if (name.empty()) throw NotSinglePart(create.name_parts);
  catalog::Databases& databases = catalog_.shared().databases();
  if (create.if_not_exists && databases.FindDatabase(name)) return MakeNoRows();
  catalog::Database database{name, create.comment, "", create.properties};
  database.location = create.location.empty() ? WarehouseFolder() + "/" + LowerCase(name) + ".db"
                                              : sources::ToLocalPath(create.location);
  databases.CreateDatabase(std::move(database));
  return MakeNoRows();
}

plan::RelationPtr Session::RunDropNamespace(const spec::DropNamespace& drop) {
  std::string name = DatabaseName(drop.name_parts);
  if (LowerCase(name) == kDatabase) {
    throw SparkError("UNSUPPORTED_FEATURE.DROP_DATABASE",
                     {{"database", errors::QuoteName({kCatalog, kDatabase})}});
  }
  std::vector<catalog::TablePtr> dropped;
  auto database = catalog_.shared().databases().FindDatabase(name);
  if (!database || !catalog_.shared().databases().DropDatabase(name, drop.cascade, &dropped)) {
    if (drop.if_exists) return MakeNoRows();
    throw NoSuchDatabase(drop.name_parts);
  }
  for (const catalog::TablePtr& table : dropped) RemoveFiles(*table);
  return MakeNoRows();
}

}  // namespace pyrite::session
