// SHOW ...: the rows that each form answers with.
#include <sstream>

#include "base/errors.h"
#include "functions/registry.h"
#include "session/catalog_rows.h"
#include "session/names.h"
#include "session/session.h"
#include "sources/disk.h"
#include "sources/path.h"

namespace pyrite::session {
namespace {

CatalogColumn Text(const char* name) { return {name, DataType::String(), false}; }

plan::RelationPtr TextRows(const char* column, const Names& names) {
  std::vector<CatalogRow> rows;
  for (const std::string& name : names) rows.push_back({name});
  return MakeCatalogRows({Text(column)}, rows);
}

// What SHOW TABLE EXTENDED says of a temporary view.
std::string Information(const std::string& name, const plan::Columns& columns) {
  Schema schema;
  for (const plan::Column& column : columns) {
    schema.push_back({column.name, column.type, column.nullable, ""});
  }
  return "Table: " + name + "\nCreated Time: \nLast Access: \n" + "Type: VIEW\n";
}

bool IsGlobal(const Names& name_space) {
  return name_space.size() == 1 && LowerCase(name_space[0]) == kGlobalDatabase;
}

// The functions that work, as their names are listed.
Names FunctionNames(const spec::ShowFunctions& show) {
  Names names;
  if (!show.system) return names;
  for (const functions::Function* function : functions::AllFunctions()) {
    if (!std::holds_alternative<functions::Unsupported>(function->means)) {
      names.push_back(function->name);
      std::istringstream aliases(function->aliases);
      for (std::string alias; aliases >> alias;) names.push_back(alias);
    }
  }
  return names;
}

Names MatchingNames(const std::vector<catalog::TablePtr>& tables, const std::string& pattern,
                    bool only_views) {
  Names names;
  for (const catalog::TablePtr& table : tables) {
    if (!only_views || table->type == catalog::TableType::kView) {
      names.push_back(LowerCase(table->name));
    }
  }
  return FilterNames(names, pattern);
}

// 'it\'s'
std::string QuoteText(const std::string& text) { return Literal::String(text).ToSql(); }

std::string PropertyText(const spec::Options& options) {
  std::string out;
  for (const auto& [key, value] : options) {
    out += std::string(out.empty() ? "" : ",") + "\n  " + QuoteText(key) + " = " + QuoteText(value);
  }
  return "(" + out + ")\n";
}

}  // namespace

plan::RelationPtr Session::ShowTables(const spec::ShowTables& show) {
  bool global = IsGlobal(show.name_space);
  if (!show.name_space.empty() && !global) RequireSingleDatabase(show.name_space);
  std::unique_lock lock(mutex_);
  std::string pattern = show.pattern.value_or("*");
  std::vector<CatalogRow> rows;
  auto add = [&](const std::string& space, const std::string& name) {
    rows.push_back({space, name, true});
    if (show.extended) rows.back().push_back(std::string());
  };
  if (global) {
    for (const std::string& name : FilterNames(catalog_.shared().GlobalNames(), pattern)) {
      add(kGlobalDatabase, name);
    }
  }
  Names temporary = FilterNames(catalog_.TempViewNames(), pattern);
  lock.unlock();
  if (!global) {
    std::string database = DatabaseName(show.name_space);
    if (database.empty()) database = CurrentDatabase();
    auto tables = catalog_.shared().databases().AllTables(database);
    for (const std::string& name : MatchingNames(tables, pattern, false)) {
      rows.push_back({LowerCase(database), name, false});
      if (show.extended) rows.back().push_back(std::string());
    }
  }
  for (const std::string& name : temporary) add("", name);
  std::vector<CatalogColumn> columns = {
      Text("namespace"), Text("tableName"), {"isTemporary", DataType::Boolean(), false}};
  if (show.extended) {
    columns.push_back(Text("information"));
    for (CatalogRow& row : rows) {
      Names name = {std::get<std::string>(row[1])};
      const std::string& space = std::get<std::string>(row[0]);
      if (!space.empty()) name.insert(name.begin(), space);
      row[3] = Information(name.back(), ColumnsOfTable(name));
    }
  }
  return MakeCatalogRows(columns, rows);
}

plan::RelationPtr Session::ShowViews(const spec::ShowViews& show) {
  bool global = IsGlobal(show.name_space);
  if (!show.name_space.empty() && !global) RequireSingleDatabase(show.name_space);
  std::string pattern = show.pattern.value_or("*");
  std::vector<CatalogRow> rows;
  std::string database = show.name_space.empty() ? CurrentDatabase() : show.name_space.back();
  std::lock_guard lock(mutex_);
  if (global) {
    for (const std::string& name : FilterNames(catalog_.shared().GlobalNames(), pattern)) {
      rows.push_back({std::string(kGlobalDatabase), name, true});
    }
  } else {
    auto tables = catalog_.shared().databases().AllTables(database);
    for (const std::string& name : MatchingNames(tables, pattern, true)) {
      rows.push_back({LowerCase(database), name, false});
    }
  }
  for (const std::string& name : FilterNames(catalog_.TempViewNames(), pattern)) {
    rows.push_back({std::string(), name, true});
  }
  return MakeCatalogRows(
      {Text("namespace"), Text("viewName"), {"isTemporary", DataType::Boolean(), false}}, rows);
}

plan::RelationPtr Session::ShowColumns(const spec::ShowColumns& show) {
  Names name = show.table;
  if (!show.name_space.empty()) {
    name = {show.name_space.back(), show.table.back()};
  }
  Names columns;
  for (const plan::Column& column : ColumnsOfTable(name)) columns.push_back(column.name);
  return TextRows("col_name", columns);
}

plan::RelationPtr Session::ShowFunctions(const spec::ShowFunctions& show) {
  if (!show.name_space.empty()) RequireDatabase(show.name_space);
  Names names = FunctionNames(show);
  if (show.user) {
    std::lock_guard lock(mutex_);
    for (const std::string& name : catalog_.FunctionNames()) names.push_back(name);
  }
  return TextRows("function", FilterNames(names, show.pattern.value_or("*")));
}

plan::RelationPtr Session::ShowNamespaces(const spec::ShowNamespaces& show) {
  bool of_catalog =
      show.catalog.empty() || (show.catalog.size() == 1 && LowerCase(show.catalog[0]) == kCatalog);
  if (!of_catalog) {
    RequireDatabase(show.catalog);
    return TextRows("namespace", {});  // databases hold none
  }
  Names names;
  for (const catalog::Database& database : catalog_.shared().databases().AllDatabases()) {
    names.push_back(database.name);
  }
  return TextRows("namespace", FilterNames(names, show.pattern.value_or("*")));
}

// CREATE TABLE as it would make the table again.
std::string Session::TableDdl(const catalog::Table& table) {
  bool is_view = table.type == catalog::TableType::kView;
  std::string out = std::string(is_view ? "CREATE VIEW " : "CREATE TABLE ") + kCatalog + "." +
                    table.database + "." + table.name + " (\n";
  const auto& fields = table.schema.fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    out += "  " + fields[i].name + (is_view ? "" : " " + fields[i].type.ToSql()) +
           (!is_view && !fields[i].nullable ? " NOT NULL" : "") +
           (i + 1 < fields.size() ? ",\n" : ")\n");
  }
  if (is_view) return out + "AS " + table.query_text + "\n";
  out += "USING " + table.provider + "\n";
  if (!table.options.empty()) out += "OPTIONS " + PropertyText(table.options);
  std::string partitions;
  for (const std::string& name : table.partition_columns) {
    partitions += (partitions.empty() ? "" : ", ") + name;
  }
  if (!partitions.empty()) out += "PARTITIONED BY (" + partitions + ")\n";
  if (!table.comment.empty()) out += "COMMENT " + QuoteText(table.comment) + "\n";
  if (table.type == catalog::TableType::kExternal) {
    out += "LOCATION " + QuoteText(sources::ToUri(table.location)) + "\n";
  }
  if (!table.properties.empty()) out += "TBLPROPERTIES " + PropertyText(table.properties);
  return out;
}

plan::RelationPtr Session::ShowCreateTable(const spec::ShowCreateTable& show) {
  if (HasView(show.table)) {
    return RefuseView(show.table, "EXPECT_PERMANENT_VIEW_NOT_TEMP", "SHOW CREATE TABLE");
  }
  return TextRows("createtab_stmt", {TableDdl(*RequireTable(show.table))});
}

// The folders of partitions, as they stand on disk.
plan::RelationPtr Session::ShowPartitions(const spec::ShowPartitions& show) {
  if (HasView(show.table)) throw ExpectTable(show.table, "SHOW PARTITIONS");
  catalog::TablePtr table = RequireTable(show.table);
  if (table->type == catalog::TableType::kView) throw ExpectTable(show.table, "SHOW PARTITIONS");
  if (table->partition_columns.empty()) {
    throw SparkError("INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY",
                     {{"name", errors::QuoteName({kCatalog, table->database, table->name})}});
  }
  Names found = {""};
  for (size_t level = 0; level < table->partition_columns.size(); ++level) {
    Names deeper;
    for (const std::string& folder : found) {
      for (const std::string& name : sources::NamesIn(table->location + "/" + folder)) {
        if (name.find('=') == std::string::npos) continue;
        deeper.push_back(folder.empty() ? name : folder + "/" + name);
      }
    }
    found = std::move(deeper);
  }
  return TextRows("partition", found);
}

plan::RelationPtr Session::RefuseView(const Names& view, const char* condition,
                                      const char* statement) {
  if (!HasView(view)) throw NoSuchTable(view);
  throw SparkError(condition, {{"viewName", errors::QuoteName(view)}, {"operation", statement}});
}

plan::RelationPtr Session::ShowTableProperties(const spec::ShowTableProperties& show) {
  std::vector<CatalogColumn> columns = {Text("key"), Text("value")};
  if (HasView(show.table)) return MakeCatalogRows(columns, {});  // a temporary view has none
  catalog::TablePtr table = RequireTable(show.table);
  std::map<std::string, std::string> properties(table->properties.begin(), table->properties.end());
  std::vector<CatalogRow> rows;
  if (show.key) {
    auto found = properties.find(*show.key);
    std::string name = kCatalog + std::string(".") + table->database + "." + table->name;
    rows.push_back({*show.key, found != properties.end()
                                   ? found->second
                                   : "Table " + name + " does not have property: " + *show.key});
  } else {
    for (const auto& [key, value] : properties) rows.push_back({key, value});
  }
  return MakeCatalogRows(columns, rows);
}

plan::RelationPtr Session::RunShowStatement(const spec::Command& command) {
  using Kind = spec::CommandKind;
  switch (command.kind()) {
    case Kind::kShowTables: return ShowTables(command.As<spec::ShowTables>());
    case Kind::kShowViews: return ShowViews(command.As<spec::ShowViews>());
    case Kind::kShowColumns: return ShowColumns(command.As<spec::ShowColumns>());
    case Kind::kShowFunctions: return ShowFunctions(command.As<spec::ShowFunctions>());
    case Kind::kShowNamespaces: return ShowNamespaces(command.As<spec::ShowNamespaces>());
    case Kind::kShowTableProperties:
      return ShowTableProperties(command.As<spec::ShowTableProperties>());
    case Kind::kShowCatalogs:
      return TextRows(
          "catalog",
          FilterNames({kCatalog}, command.As<spec::ShowCatalogs>().pattern.value_or("*")));
    case Kind::kShowCurrentNamespace:
      return MakeCatalogRows({Text("catalog"), Text("namespace")},
                             {{std::string(kCatalog), CurrentDatabase()}});
    case Kind::kShowCreateTable: return ShowCreateTable(command.As<spec::ShowCreateTable>());
    case Kind::kShowPartitions: return ShowPartitions(command.As<spec::ShowPartitions>());
    default: throw errors::Internal("a SHOW of no kind");
  }
}

}  // namespace pyrite::session
