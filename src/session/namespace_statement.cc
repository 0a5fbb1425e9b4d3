// USE, SET CATALOG, REFRESH: there is one database, and files are listed anew at each use.
#include "base/errors.h"
#include "session/names.h"
#include "session/rows.h"
#include "session/session.h"

namespace pyrite::session {

bool Session::HasView(const Names& name) {
  std::lock_guard lock(mutex_);
  return catalog_.FindView(name) != nullptr;
}

plan::Columns Session::ColumnsOfTable(const Names& name) {
  if (!HasView(name)) RequireTable(name);
  return AnalyzeQuery(*spec::MakeRelation(spec::NamedTable{name, {}}))->output;
}

plan::RelationPtr Session::RunUse(const spec::UseNamespace& use) {
  bool catalog = use.name_parts.size() == 1 && LowerCase(use.name_parts[0]) == kCatalog;
  if (!use.only_namespace && catalog) return MakeNoRows();
  if (use.name_parts.size() == 1 && LowerCase(use.name_parts[0]) == kGlobalDatabase) {
    throw SparkError("_LEGACY_ERROR_TEMP_1068", {{"database", kGlobalDatabase}});
  }
  RequireDatabase(use.name_parts);
  std::lock_guard lock(mutex_);
  catalog_.current_database = use.name_parts.back();
  return MakeNoRows();
}

std::string Session::CurrentDatabase() {
  std::lock_guard lock(mutex_);
  return catalog_.current_database;
}

plan::RelationPtr Session::RunSetCatalog(const spec::SetCatalog& set) {
  if (LowerCase(set.name) != kCatalog) throw CatalogNotFound(set.name);
  return MakeNoRows();
}

// What writes to tables: of those there are none.
plan::RelationPtr Session::RunOtherStatement(const spec::UnsupportedCommand& command) {
  if (!command.table.empty()) {
    if (command.feature.starts_with("ALTER VIEW")) {
      RefuseView(command.table, "EXPECT_PERMANENT_VIEW_NOT_TEMP", "ALTER VIEW");
    }
    if (!HasView(command.table)) RequireTable(command.table);
  }
  bool changes = command.feature.starts_with("UPDATE") || command.feature.starts_with("DELETE") ||
                 command.feature.starts_with("MERGE");
  if (changes && !command.table.empty() && !HasView(command.table)) {
    throw SparkError(
        "UNSUPPORTED_FEATURE.TABLE_OPERATION",
        {{"tableName", errors::QuoteName(command.table)}, {"operation", command.feature}});
  }
  throw errors::UnsupportedFeature(command.feature);
}

}  // namespace pyrite::session
