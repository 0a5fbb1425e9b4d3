// DESCRIBE: a query's columns, a view's, a function, the database.
#include "base/errors.h"
#include "base/json.h"
#include "functions/registry.h"
#include "session/catalog_rows.h"
#include "session/names.h"
#include "session/session.h"
#include "sources/path.h"

namespace pyrite::session {
namespace {

CatalogColumn Text(const char* name) { return {name, DataType::String(), false}; }

std::vector<CatalogColumn> DescribedColumns() {
  return {Text("col_name"), Text("data_type"), {"comment", DataType::String(), true}};
}

CatalogCell CommentOf(const plan::Column& column) {
  if (column.metadata.empty()) return {};
  Json metadata = ParseJson(column.metadata);
  const Json* comment = metadata.Find("comment");
  if (comment == nullptr) return {};
  return comment->text;
}

plan::RelationPtr ColumnRows(const plan::Columns& columns) {
  std::vector<CatalogRow> rows;
  for (const plan::Column& column : columns) {
    rows.push_back({column.name, column.type.ToDdl(), CommentOf(column)});
  }
  return MakeCatalogRows(DescribedColumns(), rows);
}

plan::RelationPtr OneColumn(const plan::Column& column, bool extended) {
  CatalogCell comment = CommentOf(column);
  if (std::holds_alternative<std::monostate>(comment)) comment = std::string("NULL");
  std::vector<CatalogRow> rows = {{std::string("col_name"), column.name},
                                  {std::string("data_type"), column.type.ToDdl()},
                                  {std::string("comment"), comment}};
  if (extended) {  // statistics, of which a view has none
    for (const char* name :
         {"min", "max", "num_nulls", "distinct_count", "avg_col_len", "max_col_len", "histogram"}) {
      rows.push_back({std::string(name), std::string("NULL")});
    }
  }
  return MakeCatalogRows({Text("info_name"), Text("info_value")}, rows);
}

}  // namespace

plan::RelationPtr Session::DescribeCatalogTable(const catalog::Table& table, bool extended) {
  std::vector<CatalogRow> rows;
  auto add = [&rows](const std::string& name, const std::string& value) {
    rows.push_back({name, value, std::string()});
  };
  auto add_column = [&rows](const StructField& field) {
    plan::Column column{0, field.name, field.type, field.nullable, field.metadata};
    rows.push_back({field.name, field.type.ToDdl(), CommentOf(column)});
  };
  for (const StructField& field : table.schema.fields()) add_column(field);
  if (!table.partition_columns.empty()) {
    add("# Partition Information", "");
    rows.push_back({std::string("# col_name"), std::string("data_type"), std::string("comment")});
    const auto& fields = table.schema.fields();
    for (size_t i = fields.size() - table.partition_columns.size(); i < fields.size(); ++i) {
      add_column(fields[i]);
    }
  }
  if (extended) {
    add("", "");
    add("# Detailed Table Information", "");
    add("Catalog", kCatalog);
    add("Database", table.database);
    add("Table", table.name);
    bool is_view = table.type == catalog::TableType::kView;
    bool managed = table.type == catalog::TableType::kManaged;
    add("Type", is_view ? "VIEW" : managed ? "MANAGED" : "EXTERNAL");
    if (is_view) {
      add("View Text", table.query_text);
    } else {
      add("Provider", table.provider);
      add("Location", sources::ToUri(table.location));
    }
    if (!table.comment.empty()) add("Comment", table.comment);
  }
  return MakeCatalogRows(DescribedColumns(), rows);
}

plan::RelationPtr Session::DescribeTable(const spec::DescribeTable& describe) {
  bool temporary = HasView(describe.table);
  catalog::TablePtr table = temporary ? nullptr : RequireTable(describe.table);
  if (describe.of_partition && table) throw errors::UnsupportedFeature("DESCRIBE ... PARTITION");
  if (describe.of_partition) {
    throw SparkError("FORBIDDEN_OPERATION",
                     {{"statement", "DESC PARTITION"},
                      {"objectType", "TEMPORARY VIEW"},
                      {"objectName", errors::QuoteName({describe.table.back()})}});
  }
  if (describe.as_json) throw errors::UnsupportedFeature("DESCRIBE ... AS JSON");
  plan::Columns columns = ColumnsOfTable(describe.table);
  if (describe.column.empty() && table) return DescribeCatalogTable(*table, describe.extended);
  if (describe.column.empty()) return ColumnRows(columns);
  Names wanted = describe.column;
  bool qualified = wanted.size() == 2 && LowerCase(wanted[0]) == LowerCase(describe.table.back());
  if (qualified) wanted.erase(wanted.begin());
  for (const plan::Column& column : columns) {
    if (LowerCase(column.name) != LowerCase(wanted[0])) continue;
    if (wanted.size() == 1) return OneColumn(column, describe.extended);
    throw SparkError("_LEGACY_ERROR_TEMP_1060",
                     {{"command", "DESC TABLE COLUMN"}, {"column", errors::QuoteName(wanted)}});
  }
  throw SparkError("COLUMN_NOT_FOUND", {{"colName", errors::QuoteName(wanted)},
                                        {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}});
}

plan::RelationPtr Session::DescribeFunction(const spec::DescribeFunction& describe) {
  const functions::Function* found =
      describe.function.size() == 1 ? functions::Find(describe.function[0]) : nullptr;
  bool works = found != nullptr && !std::holds_alternative<functions::Unsupported>(found->means);
  if (describe.function.size() > 2) throw NotSinglePart(describe.function);
  if (!works) {
    throw SparkError("UNRESOLVED_ROUTINE", {{"routineName", errors::QuoteName(describe.function)},
                                            {"searchPath",
                                             "[`system`.`builtin`, `system`.`session`, "
                                             "`spark_catalog`.`default`]"}});
  }
  std::string name = found->name;
  std::vector<CatalogRow> rows = {{"Function: " + name}, {"Usage: " + std::string(found->doc)}};
  if (describe.extended) {
    rows.push_back({"Extended Usage:\n    Arguments: " + std::string(found->signatures)});
  }
  return MakeCatalogRows({Text("function_desc")}, rows);
}

plan::RelationPtr Session::DescribeNamespace(const spec::DescribeNamespace& describe) {
  catalog::Database database = RequireSingleDatabase(describe.name_space);
  auto row = [](const char* name, std::string value) -> CatalogRow {
    return {std::string(name), std::move(value)};
  };
  std::vector<CatalogRow> rows = {
      row("Catalog Name", kCatalog),
      row("Namespace Name", database.name),
      row("Comment", database.comment),
      row("Location", sources::ToUri(database.location)),
  };
  if (describe.extended) rows.push_back(row("Properties", ""));
  return MakeCatalogRows({Text("info_name"), Text("info_value")}, rows);
}

plan::RelationPtr Session::RunDescribe(const spec::Command& command) {
  using Kind = spec::CommandKind;
  switch (command.kind()) {
    case Kind::kDescribeQuery:
      return ColumnRows(Analyze(*command.As<spec::DescribeQuery>().input)->output);
    case Kind::kDescribeTable: return DescribeTable(command.As<spec::DescribeTable>());
    case Kind::kDescribeFunction: return DescribeFunction(command.As<spec::DescribeFunction>());
    case Kind::kDescribeNamespace: return DescribeNamespace(command.As<spec::DescribeNamespace>());
    default: throw errors::Internal("a DESCRIBE of no kind");
  }
}

}  // namespace pyrite::session
