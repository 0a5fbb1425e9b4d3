// Calls of spark.catalog. Of databases there is one, of tables there are temporary views.
#include <algorithm>
#include <cctype>
#include <set>

#include "base/errors.h"
#include "functions/registry.h"
#include "session/catalog_rows.h"
#include "session/rows.h"
#include "session/session.h"
#include "sql/parser.h"

namespace pyrite::session {
namespace {

constexpr char kCatalog[] = "spark_catalog";
constexpr char kDatabase[] = "default";
constexpr char kGlobalDatabase[] = "global_temp";

using Names = std::vector<std::string>;

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string Argument(const spec::CatalogCall& call, const char* name) {
  auto found = call.arguments.find(name);
  return found == call.arguments.end() ? "" : found->second;
}

Names Matching(const spec::CatalogCall& call, Names names) {
  auto found = call.arguments.find("pattern");
  return FilterNames(names, found == call.arguments.end() ? "*" : found->second);
}

// `table_name` and `db_name` as the parts of one name.
Names TableName(const spec::CatalogCall& call) {
  if (call.arguments.contains("db_name")) {
    return {Argument(call, "db_name"), Argument(call, "table_name")};
  }
  return sql::ParseNameParts(Argument(call, "table_name"));
}

bool IsDatabase(const std::string& text) {
  Names parts = sql::ParseNameParts(text);
  if (parts.size() == 2 && Lower(parts[0]) == kCatalog) parts.erase(parts.begin());
  return parts.size() == 1 && Lower(parts[0]) == kDatabase;
}

void RequireDatabase(const std::string& text) {
  if (IsDatabase(text)) return;
  Names parts = sql::ParseNameParts(text);
  if (parts.size() == 1) parts.insert(parts.begin(), kCatalog);
  throw SparkError("SCHEMA_NOT_FOUND", {{"schemaName", errors::QuoteName(parts)}});
}

// These look for a table without the search path for functions.
SparkError NoSuchTable(const Names& parts) {
  return SparkError("TABLE_OR_VIEW_NOT_FOUND",
                    {{"relationName", errors::QuoteName(parts)},
                     {"searchPath", "[`system`.`session`, `spark_catalog`.`default`]"}});
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

plan::RelationPtr Databases(const Names& names, const std::string& location) {
  std::vector<CatalogRow> rows;
  for (const std::string& name : names) {
    rows.push_back({name, std::string(kCatalog), std::string("default database"), location});
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
  if (parts.size() == 3 && Lower(parts[0]) == "system" && Lower(parts[1]) == "builtin") {
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
    rows.push_back({name, {}, {}, std::string(function->doc), {}, true});
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

plan::RelationPtr ColumnsOf(const plan::Columns& columns) {
  std::vector<CatalogRow> rows;
  for (const plan::Column& column : columns) {
    rows.push_back({column.name, {}, column.type.ToDdl(), column.nullable, false, false, false});
  }
  return MakeCatalogRows({{"name", DataType::String()},
                          {"description", DataType::String()},
                          {"dataType", DataType::String()},
                          {"nullable", DataType::Boolean()},
                          {"isPartition", DataType::Boolean()},
                          {"isBucket", DataType::Boolean()},
                          {"isCluster", DataType::Boolean()}},
                         rows);
}

}  // namespace

// The calls about databases and functions, and those that name the current ones; nullptr for
// others.
plan::RelationPtr Session::RunNamespaceCall(const spec::CatalogCall& call) {
  const std::string& method = call.method;
  std::string database = Argument(call, "db_name");
  std::string location = FindConfiguration("spark.sql.warehouse.dir").value_or("");
  if (method == "currentDatabase") return MakeCatalogValue(std::string(kDatabase));
  if (method == "currentCatalog") return MakeCatalogValue(std::string(kCatalog));
  if (method == "databaseExists") return MakeCatalogValue(IsDatabase(database));
  if (method == "listDatabases") return Databases(Matching(call, {kDatabase}), location);
  if (method == "getDatabase") {
    RequireDatabase(database);
    return Databases({kDatabase}, location);
  }
  if (method == "setCurrentDatabase") {
    RequireDatabase(database);
    return MakeNoRows();
  }
  if (method == "setCurrentCatalog") {
    Names name = {Argument(call, "catalog_name")};
    if (name[0] == kCatalog) return MakeNoRows();
    throw SparkError("CATALOG_NOT_FOUND", {{"catalogName", errors::QuoteName(name)},
                                           {"config", "\"spark.sql.catalog." + name[0] + "\""}});
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
    return MakeCatalogValue(!elsewhere && FindFunction(function) != nullptr);
  }
  if (method == "getFunction") {
    const functions::Function* found = FindFunction(function);
    if (found == nullptr || call.arguments.contains("db_name")) {
      throw errors::UnresolvedRoutine(errors::QuoteName(sql::ParseNameParts(function)));
    }
    return Functions({found->name});
  }
  if (method == "listFunctions") {
    if (call.arguments.contains("db_name")) RequireDatabase(database);
    return Functions(Matching(call, FunctionNames()));
  }
  return nullptr;
}

// Calls about one view or all of them; nullptr for others.
plan::RelationPtr Session::RunViewCall(const spec::CatalogCall& call) {
  const std::string& method = call.method;
  std::unique_lock lock(mutex_);
  if (method == "listTables" || method == "listViews") {
    std::string database = Argument(call, "db_name");
    bool global = Lower(database) == kGlobalDatabase;
    if (!global && call.arguments.contains("db_name")) RequireDatabase(database);
    std::vector<CatalogRow> rows;
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
  if (method == "dropTempView") {
    return MakeCatalogValue(catalog_.DropTempView(Argument(call, "view_name")));
  }
  if (method == "dropGlobalTempView") {
    return MakeCatalogValue(catalog_.shared().DropGlobal(Argument(call, "view_name")));
  }
  if (method == "refreshByPath") return MakeNoRows();  // files are listed anew at each use
  if (!call.arguments.contains("table_name")) return nullptr;
  Names name = TableName(call);
  bool exists = catalog_.FindView(name) != nullptr;
  lock.unlock();
  if (method == "tableExists") return MakeCatalogValue(exists);
  if (method == "getTable") {
    if (!exists) throw NoSuchTable(name);
    return MakeCatalogRows(TableColumns(), {ViewRow(name.back(), name.size() == 2)});
  }
  if (method == "listColumns") {
    if (!exists) throw NoSuchTable(name);
    return ColumnsOf(AnalyzeQuery(*spec::MakeRelation(spec::NamedTable{name, {}}))->output);
  }
  if (method == "recoverPartitions") {
    if (!exists) throw NoSuchTable(name);
    throw SparkError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                     {{"viewName", errors::QuoteName(name)}, {"operation", "recoverPartitions()"}});
  }
  static const std::set<std::string> kOfCache = {"refreshTable", "isCached", "cacheTable",
                                                 "uncacheTable"};
  if (!exists && kOfCache.contains(method)) {
    throw errors::TableNotFound(errors::QuoteName(name));
  }
  // A view is analyzed anew at each use, so that there is nothing to refresh.
  if (method == "refreshTable") return MakeNoRows();
  return nullptr;
}

plan::RelationPtr Session::RunCatalogCall(const spec::CatalogCall& call) {
  if (plan::RelationPtr rows = RunNamespaceCall(call)) return rows;
  if (plan::RelationPtr rows = RunViewCall(call)) return rows;
  throw errors::UnsupportedFeature("catalog." + call.method);
}

}  // namespace pyrite::session
