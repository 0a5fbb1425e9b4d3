// Calls of spark.catalog about databases and tables that are statements too.
#include "base/errors.h"
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

bool Flag(const spec::CatalogCall& call, const char* name) {
  return Argument(call, name) == "true";
}

Names NameIn(const spec::CatalogCall& call, const char* name) {
  return sql::ParseNameParts(Argument(call, name));
}

}  // namespace

// What the call's statement answers; nullopt for other calls.
std::optional<plan::RelationPtr> Session::RunStatementCall(const spec::CatalogCall& call) {
  const std::string& method = call.method;
  if (method == "dropTable" || method == "dropView") {
    bool is_table = method == "dropTable";
    spec::DropView drop{NameIn(call, is_table ? "table_name" : "view_name"),
                        Flag(call, "if_exists"), is_table};
    return RunDropView(drop);
  }
  if (method == "createDatabase") {
    return RunCreateNamespace(
        {NameIn(call, "db_name"), Flag(call, "if_not_exists"), "", "", call.options});
  }
  if (method == "dropDatabase") {
    return RunDropNamespace(
        {NameIn(call, "db_name"), Flag(call, "if_exists"), Flag(call, "cascade")});
  }
  if (method == "truncateTable") return RunTruncate({NameIn(call, "table_name")});
  if (method == "analyzeTable") return RunAnalyzeTable({NameIn(call, "table_name")});
  if (method == "recoverPartitions") {
    Names name = NameIn(call, "table_name");
    if (HasView(name)) throw ExpectTable(name, "recoverPartitions()");
    return RunRepairTable({std::move(name)});
  }
  if (method == "listPartitions") return ShowPartitions({NameIn(call, "table_name")});
  if (method == "getTableProperties") return ShowTableProperties({NameIn(call, "table_name"), {}});
  if (method == "getCreateTableString") return ShowCreateTable({NameIn(call, "table_name")});
  if (method == "createTable" || method == "createExternalTable") {
    spec::CreateTable create;
    create.name_parts = NameIn(call, "table_name");
    create.provider = Argument(call, "source");
    create.location = Argument(call, "path");
    create.comment = Argument(call, "description");
    create.options = call.options;
    std::string schema = Argument(call, "schema");
    if (!schema.empty()) create.schema = sql::ParseDataType(schema);
    if (create.schema && create.schema->fields().empty()) create.schema.reset();
    RunCreateTable(create);
    return AnalyzeQuery(*spec::MakeRelation(spec::NamedTable{create.name_parts, {}}));
  }
  return std::nullopt;
}

CatalogRow TableRow(const catalog::Table& table) {
  const char* type = table.type == catalog::TableType::kView      ? "VIEW"
                     : table.type == catalog::TableType::kManaged ? "MANAGED"
                                                                  : "EXTERNAL";
  CatalogCell comment;
  if (!table.comment.empty()) comment = table.comment;
  return {table.name,         std::string(kCatalog), std::vector<std::string>{table.database},
          std::move(comment), std::string(type),     false};
}

}  // namespace pyrite::session
