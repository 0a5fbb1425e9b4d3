// Tables: CREATE, DROP, TRUNCATE, and the views that all sessions see.
#include <algorithm>

#include "base/errors.h"
#include "catalog/table.h"
#include "session/names.h"
#include "session/rows.h"
#include "session/session.h"
#include "sources/disk.h"
#include "sources/path.h"

namespace pyrite::session {
namespace {

bool IsOneOf(const std::string& name, const std::vector<std::string>& names) {
  for (const std::string& other : names) {
    if (LowerCase(name) == LowerCase(other)) return true;
  }
  return false;
}

// The columns with those of the partitions last, in the order in which the partitions are named.
DataType WithPartitionsLast(const DataType& schema, const std::vector<std::string>& partitions) {
  std::vector<StructField> fields;
  for (const StructField& field : schema.fields()) {
    if (!IsOneOf(field.name, partitions)) fields.push_back(field);
  }
  for (const std::string& name : partitions) {
    bool found = false;
    for (const StructField& field : schema.fields()) {
      if (LowerCase(field.name) != LowerCase(name)) continue;
      fields.push_back(field);
      found = true;
    }
    if (!found) {
      throw SparkError("COLUMN_NOT_DEFINED_IN_TABLE", {{"colType", "partition"},
                                                       {"colName", errors::QuoteName({name})},
                                                       {"tableName", "the table"},
                                                       {"tableCols", schema.ToDdl()}});
    }
  }
  return DataType::Struct(std::move(fields));
}

void RejectDuplicates(const DataType& schema, bool case_sensitive) {
  std::vector<std::string> seen;
  for (const StructField& field : schema.fields()) {
    std::string name = case_sensitive ? field.name : LowerCase(field.name);
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      throw errors::ColumnAlreadyExists(errors::QuoteName({name}));
    }
    seen.push_back(std::move(name));
  }
}

// Raises for a format that there is not.
void RequireFormat(const std::string& provider) {
  static const std::vector<std::string> kFormats = {"parquet", "csv",  "json", "text",
                                                    "orc",     "avro", "xml",  "binaryfile"};
  bool by_class = provider.starts_with("org.apache.spark.");
  if (!by_class && !IsOneOf(provider, kFormats)) throw errors::DataSourceNotFound(provider);
}

DataType TableSchemaOf(const plan::Columns& columns) {
  std::vector<StructField> fields;
  for (const plan::Column& column : columns) {
    fields.push_back({column.name, column.type, true, column.metadata});
  }
  return DataType::Struct(std::move(fields));
}

}  // namespace

catalog::Catalog::TableName Session::TableNameOf(const Names& parts) {
  std::lock_guard lock(mutex_);
  auto name = catalog_.NameOfTable(parts);
  if (!name) throw NotSinglePart(parts);
  return *name;
}

catalog::TablePtr Session::FindTable(const Names& parts) {
  std::lock_guard lock(mutex_);
  return catalog_.FindTable(parts);
}

catalog::TablePtr Session::RequireTable(const Names& parts) {
  catalog::TablePtr table = FindTable(parts);
  if (table == nullptr) throw NoSuchTable(parts);
  return table;
}

void Session::RemoveFiles(const catalog::Table& table) {
  if (table.type != catalog::TableType::kManaged) return;
  sources::Disk disk;
  disk.RemoveTree(table.location);
}

catalog::Table Session::DefineTable(const spec::CreateTable& create) {
  catalog::Catalog::TableName name = TableNameOf(create.name_parts);
  catalog::Database database = RequireDatabase({name.database});
  catalog::Table table;
  table.database = database.name;
  table.name = name.name;
  table.provider = create.provider.empty() ? ConfigurationNow().Get("spark.sql.sources.default")
                                           : LowerCase(create.provider);
  RequireFormat(table.provider);
  table.options = create.options;
  table.properties = create.properties;
  table.comment = create.comment;
  std::string location = create.location;
  for (const auto& [key, value] : create.options) {
    if (LowerCase(key) == "path" && location.empty()) location = value;
  }
  std::erase_if(table.options,
                [](const auto& option) { return LowerCase(option.first) == "path"; });
  if (!location.empty()) {
    table.type = catalog::TableType::kExternal;
    table.location = sources::ToLocalPath(location);
  } else {
    table.location = database.location + "/" + LowerCase(table.name);
  }
  return table;
}

plan::RelationPtr Session::RunCreateTable(const spec::CreateTable& create) {
  catalog::TablePtr existing = FindTable(create.name_parts);
  if (existing && create.if_not_exists) return MakeNoRows();
  if (create.replace) throw errors::UnsupportedFeature("CREATE OR REPLACE TABLE");
  catalog::Table table = DefineTable(create);
  catalog::Databases& databases = catalog_.shared().databases();
  if (existing) {
    throw SparkError("TABLE_OR_VIEW_ALREADY_EXISTS",
                     {{"relationName", errors::QuoteName({kCatalog, table.database, table.name})}});
  }
  bool managed = table.type == catalog::TableType::kManaged;
  if (managed && !sources::NamesIn(table.location).empty()) {
    throw SparkError("LOCATION_ALREADY_EXISTS",
                     {{"location", "'" + sources::ToUri(table.location) + "'"},
                      {"identifier", errors::QuoteName({kCatalog, table.database, table.name})}});
  }
  table.partition_columns = create.partition_columns;
  if (create.query) {
    table.schema = TableSchemaOf(AnalyzeQuery(*create.query)->output);
  } else if (create.schema) {
    table.schema = *create.schema;
  } else {  // of the files that are there
    spec::DataSource files;
    files.format = table.provider;
    files.options = table.options;
    files.paths = {table.location};
    if (managed) throw SparkError("UNABLE_TO_INFER_SCHEMA", {{"format", table.provider}});
    table.schema = TableSchemaOf(AnalyzeQuery(*spec::MakeRelation(std::move(files)))->output);
  }
  RejectDuplicates(table.schema, case_sensitive());
  table.schema = WithPartitionsLast(table.schema, table.partition_columns);
  sources::Disk().MakeFolders(table.location);
  databases.CreateTable(table, false);
  if (!create.query) return MakeNoRows();
  try {
    spec::InsertInto insert;
    insert.table = {table.database, table.name};
    insert.query = create.query;
    insert.by_name = true;
    return RunInsert(insert);
  } catch (...) {
    databases.DropTable(table.database, table.name);
    RemoveFiles(table);
    throw;
  }
}

plan::RelationPtr Session::RunTruncate(const spec::TruncateTable& truncate) {
  if (HasView(truncate.table)) throw NoSuchTable(truncate.table);
  catalog::TablePtr table = RequireTable(truncate.table);
  if (table->type != catalog::TableType::kManaged) {
    const char* operation = "TRUNCATE TABLE";
    if (table->type == catalog::TableType::kView) throw ExpectTable(truncate.table, operation);
    throw SparkError("_LEGACY_ERROR_TEMP_1266",
                     {{"tableIdentWithDB", errors::QuoteName(truncate.table)}});
  }
  sources::Disk disk;
  disk.RemoveTree(table->location);
  disk.MakeFolders(table->location);
  return MakeNoRows();
}

// Nothing is kept of the statistics: plans are made from those in the files.
plan::RelationPtr Session::RunAnalyzeTable(const spec::AnalyzeTable& analyze) {
  if (HasView(analyze.table)) return MakeNoRows();
  RequireTable(analyze.table);
  return MakeNoRows();
}

// Partitions are found anew at each use.
plan::RelationPtr Session::RunRepairTable(const spec::RepairTable& repair) {
  if (HasView(repair.table)) throw ExpectTable(repair.table, "MSCK REPAIR TABLE");
  catalog::TablePtr table = RequireTable(repair.table);
  if (!table->partition_columns.empty()) return MakeNoRows();
  throw SparkError(
      "NOT_A_PARTITIONED_TABLE",
      {{"operation", "MSCK REPAIR TABLE"},
       {"tableIdentWithDB", errors::QuoteName({kCatalog, table->database, table->name})}});
}

plan::RelationPtr Session::RunDropTable(const spec::DropView& drop) {
  catalog::TablePtr table = FindTable(drop.name_parts);
  if (table == nullptr) {
    if (drop.name_parts.size() > 2 && LowerCase(drop.name_parts[0]) != kCatalog) {
      throw NotSinglePart(drop.name_parts);
    }
    if (drop.if_exists) return MakeNoRows();
    Names shown = drop.name_parts;
    if (shown.size() == 1) shown.insert(shown.begin(), {kCatalog, CurrentDatabase()});
    throw SparkError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", errors::QuoteName(shown)},
                                                 {"searchPath", "[`spark_catalog`.`default`]"}});
  }
  Names full = {kCatalog, table->database, table->name};
  bool is_view = table->type == catalog::TableType::kView;
  if (!is_view && !drop.is_table) {
    throw SparkError("WRONG_COMMAND_FOR_OBJECT_TYPE", {{"operation", "DROP VIEW"},
                                                       {"requiredType", "VIEW"},
                                                       {"objectName", errors::QuoteName(full)},
                                                       {"foundType", "MANAGED"},
                                                       {"alternative", "DROP TABLE"}});
  }
  catalog_.shared().databases().DropTable(table->database, table->name);
  RemoveFiles(*table);
  return MakeNoRows();
}

plan::RelationPtr Session::RunPersistentView(const spec::CreateView& view) {
  if (FindTable(view.name_parts) && view.if_not_exists) return MakeNoRows();
  catalog::Catalog::TableName name = TableNameOf(view.name_parts);
  catalog::Table table;
  table.database = RequireDatabase({name.database}).name;
  table.name = name.name;
  table.type = catalog::TableType::kView;
  catalog::TablePtr existing = FindTable(view.name_parts);
  if (existing && existing->type != catalog::TableType::kView && view.replace) {
    throw SparkError("EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
                     {{"tableName", errors::QuoteName({kCatalog, table.database, table.name})},
                      {"operation", "CREATE OR REPLACE VIEW"}});
  }
  table.query = ViewQuery(table.name, view);
  table.query_text = view.text;
  table.schema = TableSchemaOf(AnalyzeQuery(*table.query)->output);
  catalog_.shared().databases().CreateTable(std::move(table), view.replace);
  return MakeNoRows();
}

SparkError Session::ExpectTable(const Names& view, const char* operation) {
  return SparkError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                    {{"viewName", errors::QuoteName(view)}, {"operation", operation}});
}

}  // namespace pyrite::session
