// Calls of spark.catalog. Of databases there is one, of tables there are temporary views.
#include <algorithm>
#include <set>

#include "base/errors.h"
#include "functions/registry.h"
#include "session/catalog_rows.h"
#include "session/names.h"
#include "session/rows.h"
#include "session/session.h"
#include "sql/parser.h"

namespace pyrite::session {
namespace {

std::string Argument(const spec::CatalogCall& call, const char* name) {
  auto found = call.arguments.find(name);
  return found == call.arguments.end() ? "" : found->second;
}

Names Matching(const spec::CatalogCall& call, Names names) {
  auto found = call.arguments.find("pattern");
  return FilterNames(names, found == call.arguments.end() ? "*" : found->second);
}

StorageLevel LevelOf(const spec::CatalogCall& call) {
  auto found = call.arguments.find("storage_level");
  if (found == call.arguments.end()) return kDefaultStorageLevel;
  const std::string& text = found->second;  // "disk memory x1"
  const auto has = [&](const char* word) { return text.find(word) != std::string::npos; };
  StorageLevel level{has("disk"), has("memory"), has("off_heap"), has("deserialized"), 1};
  level.replication = std::atoi(text.c_str() + text.rfind('x') + 1);
  return level;
}

// `table_name` and `db_name` as the parts of one name.
Names TableName(const spec::CatalogCall& call) {
  if (call.arguments.contains("db_name")) {
    return {Argument(call, "db_name"), Argument(call, "table_name")};
  }
  return sql::ParseNameParts(Argument(call, "table_name"));
}

const std::vector<CatalogColumn>& TableColumns() {
  static const std::vector<CatalogColumn> kColumns = {
      {"name", DataType::String()},
      {"catalog", DataType::String()},
      {"namespace", DataType::Array(DataType::String())},
      {"description", DataType::String()},
      {"tableType", DataType::String()},
      {"isTemporary", DataType::Boolean()}};
  return kColumns;
}

CatalogRow ViewRow(const std::string& name, bool global) {
  Names space;
  if (global) space.push_back(kGlobalDatabase);
  return {name, {}, space, {}, std::string("TEMPORARY"), true};
}

plan::RelationPtr DatabaseRows(const std::vector<catalog::Database>& databases) {
  std::vector<CatalogRow> rows;
  for (const catalog::Database& database : databases) {
    rows.push_back(
        {database.name, std::string(kCatalog), database.comment, "file:" + database.location});
  }
  return MakeCatalogRows({{"name", DataType::String()},
                          {"catalog", DataType::String()},
                          {"description", DataType::String()},
                          {"locationUri", DataType::String()}},
                         rows);
}

// The function by a name as it may be qualified; nullptr when calls of it cannot succeed.
const functions::Function* FindFunction(const std::string& text) {
  Names parts = sql::ParseNameParts(text);
  if (parts.size() == 3 && LowerCase(parts[0]) == "system" && LowerCase(parts[1]) == "builtin") {
    parts = {parts[2]};
  }
  if (parts.size() != 1) return nullptr;
  const functions::Function* function = functions::Find(parts[0]);
  bool works =
      function != nullptr && !std::holds_alternative<functions::Unsupported>(function->means);
  return works ? function : nullptr;
}

plan::RelationPtr Functions(const Names& names) {
  std::vector<CatalogRow> rows;
  for (const std::string& name : names) {
    const functions::Function* function = functions::Find(name);
    // What the session registered has no text.
    rows.push_back({name, {}, {}, std::string(function ? function->doc : "N/A."), {}, true});
  }
  return MakeCatalogRows({{"name", DataType::String()},
                          {"catalog", DataType::String()},
                          {"namespace", DataType::Array(DataType::String())},
                          {"description", DataType::String()},
                          {"className", DataType::String()},
                          {"isTemporary", DataType::Boolean()}},
                         rows);
}

Names FunctionNames() {
  Names names;
  for (const functions::Function* function : functions::AllFunctions()) {
    if (!std::holds_alternative<functions::Unsupported>(function->means)) {
      names.push_back(function->name);
    }
  }
  return names;
}

plan::RelationPtr MakeColumnRows(const std::vector<CatalogRow>& rows) {
  return MakeCatalogRows({{"name", DataType::String()},
                          {"description", DataType::String()},
                          {"dataType", DataType::String()},
                          {"nullable", DataType::Boolean()},
                          {"isPartition", DataType::Boolean()},
                          {"isBucket", DataType::Boolean()},
                          {"isCluster", DataType::Boolean()}},
                         rows);
}

plan::RelationPtr ColumnsOf(const plan::Columns& columns) {
  std::vector<CatalogRow> rows;
  for (const plan::Column& column : columns) {
    rows.push_back({column.name, {}, column.type.ToDdl(), column.nullable, false, false, false});
  }
  return MakeColumnRows(rows);
}

// A table's: of a persistent one it is known which are of its partitions.
plan::RelationPtr ColumnsOf(const catalog::Table& table) {
  std::vector<CatalogRow> rows;
  const auto& fields = table.schema.fields();
  size_t first_partition = fields.size() - table.partition_columns.size();
  for (size_t i = 0; i < fields.size(); ++i) {
    rows.push_back({fields[i].name,
                    {},
                    fields[i].type.ToDdl(),
                    fields[i].nullable,
                    i >= first_partition,
                    false,
                    false});
  }
  return MakeColumnRows(rows);
}

}  // namespace

bool Session::IsRegistered(const std::string& function) {
  std::lock_guard lock(mutex_);
  return catalog_.FindFunction(sql::ParseNameParts(function)) != nullptr;
}

// The calls about databases and functions, and those that name the current ones; nullptr for
// others.
plan::RelationPtr Session::RunNamespaceCall(const spec::CatalogCall& call) {
  const std::string& method = call.method;
  std::string database = Argument(call, "db_name");
  if (method == "currentDatabase") return MakeCatalogValue(CurrentDatabase());
  if (method == "currentCatalog") return MakeCatalogValue(std::string(kCatalog));
  if (method == "databaseExists")
    return MakeCatalogValue(IsDatabase(sql::ParseNameParts(database)));
  if (method == "listDatabases") {
    Names names;
    for (const catalog::Database& each : catalog_.shared().databases().AllDatabases()) {
      names.push_back(each.name);
    }
    std::vector<catalog::Database> found;
    for (const std::string& name : Matching(call, names)) found.push_back(RequireDatabase({name}));
    return DatabaseRows(found);
  }
  if (method == "getDatabase") {
    return DatabaseRows({RequireDatabase(sql::ParseNameParts(database))});
  }
  if (method == "setCurrentDatabase") {
    return RunUse({sql::ParseNameParts(database), /*only_namespace=*/true});
  }
  if (method == "setCurrentCatalog") {
    Names name = {Argument(call, "catalog_name")};
    if (name[0] == kCatalog) return MakeNoRows();
    throw CatalogNotFound(name[0]);
  }
  if (method == "listCatalogs") {
    std::vector<CatalogRow> rows;
    for (const std::string& name : Matching(call, {kCatalog})) rows.push_back({name, {}});
    return MakeCatalogRows({{"name", DataType::String()}, {"description", DataType::String()}},
                           rows);
  }
  std::string function = Argument(call, "function_name");
  if (method == "functionExists") {
    bool elsewhere = call.arguments.contains("db_name");  // where no functions are
    return MakeCatalogValue(!elsewhere &&
                            (FindFunction(function) != nullptr || IsRegistered(function)));
  }
  if (method == "getFunction") {
    if (!call.arguments.contains("db_name") && IsRegistered(function)) return Functions({function});
    const functions::Function* found = FindFunction(function);
    if (found == nullptr || call.arguments.contains("db_name")) {
      throw errors::UnresolvedRoutine(errors::QuoteName(sql::ParseNameParts(function)));
    }
    return Functions({found->name});
  }
  if (method == "listFunctions") {
    if (call.arguments.contains("db_name")) RequireDatabase(sql::ParseNameParts(database));
    Names names = FunctionNames();
    std::lock_guard lock(mutex_);
    for (const std::string& name : catalog_.FunctionNames()) names.push_back(name);
    return Functions(Matching(call, names));
  }
  return nullptr;
}

plan::RelationPtr Session::ListTables(const spec::CatalogCall& call, bool only_views) {
  std::string database = Argument(call, "db_name");
  bool global = LowerCase(database) == kGlobalDatabase;
  std::vector<CatalogRow> rows;
  if (!global) {
    Names parts = database.empty() ? Names{CurrentDatabase()} : sql::ParseNameParts(database);
    catalog::Databases& databases = catalog_.shared().databases();
    std::string name = RequireDatabase(parts).name;
    Names names;
    for (const catalog::TablePtr& table : databases.AllTables(name)) {
      if (only_views && table->type != catalog::TableType::kView) continue;
      names.push_back(table->name);
    }
    for (const std::string& table : Matching(call, names)) {
      rows.push_back(TableRow(*databases.FindTable(name, table)));
    }
  }
  std::lock_guard lock(mutex_);
  if (global) {
    for (const std::string& name : Matching(call, catalog_.shared().GlobalNames())) {
      rows.push_back(ViewRow(name, true));
    }
  }
  for (const std::string& name : Matching(call, catalog_.TempViewNames())) {
    rows.push_back(ViewRow(name, false));
  }
  return MakeCatalogRows(TableColumns(), rows);
}

// Calls about one view or all of them; nullptr for others.
plan::RelationPtr Session::RunViewCall(const spec::CatalogCall& call) {
  const std::string& method = call.method;
  if (method == "listTables" || method == "listViews") {
    return ListTables(call, method == "listViews");
  }
  std::unique_lock lock(mutex_);
  if (method == "dropTempView") {
    return MakeCatalogValue(catalog_.DropTempView(Argument(call, "view_name")));
  }
  if (method == "dropGlobalTempView") {
    return MakeCatalogValue(catalog_.shared().DropGlobal(Argument(call, "view_name")));
  }
  if (method == "refreshByPath") {  // files are listed anew at each use, unless they are cached
    cache_.Refresh(Argument(call, "path"));
    return MakeNoRows();
  }
  if (method == "clearCache") {
    cache_.Clear();
    return MakeNoRows();
  }
  if (!call.arguments.contains("table_name")) return nullptr;
  Names name = TableName(call);
  bool exists = catalog_.FindView(name) != nullptr;
  lock.unlock();
  if (method == "tableExists") return MakeCatalogValue(exists || FindTable(name) != nullptr);
  if (method == "getTable") {
    if (!exists) return MakeCatalogRows(TableColumns(), {TableRow(*RequireTable(name))});
    return MakeCatalogRows(TableColumns(), {ViewRow(name.back(), name.size() == 2)});
  }
  if (method == "listColumns") {
    if (!exists) return ColumnsOf(*RequireTable(name));
    return ColumnsOf(AnalyzeQuery(*spec::MakeRelation(spec::NamedTable{name, {}}))->output);
  }
  static const std::set<std::string> kOfCache = {"refreshTable", "isCached", "cacheTable",
                                                 "uncacheTable"};
  if (!exists && kOfCache.contains(method) && FindTable(name) == nullptr) {
    throw errors::TableNotFound(errors::QuoteName(name));
  }
  if (method == "refreshTable") {
    RefreshTable(name);
    return MakeNoRows();
  }
  spec::RelationPtr table = spec::MakeRelation(spec::NamedTable{name, {}});
  if (method == "isCached") return MakeCatalogValue(FindStorageLevel(*table).has_value());
  if (method == "uncacheTable") {
    Unpersist(*table);
    return MakeNoRows();
  }
  if (method == "cacheTable") {
    Persist(*table, LevelOf(call));
    return MakeNoRows();
  }
  return nullptr;
}

plan::RelationPtr Session::RunCatalogCall(const spec::CatalogCall& call) {
  if (auto rows = RunStatementCall(call)) return *rows;
  if (plan::RelationPtr rows = RunNamespaceCall(call)) return rows;
  if (plan::RelationPtr rows = RunViewCall(call)) return rows;
  throw errors::UnsupportedFeature("catalog." + call.method);
}

}  // namespace pyrite::session
