// df.writeTo: what Spark's own catalog, whose tables are files, lets it do.
#include "base/errors.h"
#include "session/names.h"
#include "session/rows.h"
#include "session/session.h"
#include "spec/print.h"
#include "sql/parser.h"

namespace pyrite::session {
namespace {

// The columns of partitionedBy(...), of which files only know plain ones. Buckets are a hint about
// files: the rows are the same without them.
Names PartitionColumns(const spec::Expressions& partitioning) {
  Names columns;
  for (const spec::ExpressionPtr& expression : partitioning) {
    if (const auto* attribute = expression->TryAs<spec::UnresolvedAttribute>()) {
      columns.push_back(attribute->name_parts.back());
      continue;
    }
    const auto* call = expression->TryAs<spec::UnresolvedFunction>();
    std::string text = spec::Print(*expression);
    std::string name = call ? call->name_parts.back() : "";
    if (name == "bucket") continue;
    for (const char* transform : {"years", "months", "days", "hours"}) {
      if (name != transform) continue;
      throw SparkError("UNSUPPORTED_PARTITION_TRANSFORM", {{"transform", "`" + text + "`"}});
    }
    throw SparkError("_LEGACY_ERROR_TEMP_1316", {{"expr", text}});
  }
  return columns;
}

}  // namespace

plan::RelationPtr Session::RunWriteV2(const spec::WriteOperationV2& write) {
  Names parts = sql::ParseNameParts(write.table);
  if (write.mode == "replace" || write.mode == "createOrReplace") {
    catalog::Catalog::TableName name = TableNameOf(parts);
    throw SparkError("UNSUPPORTED_FEATURE.TABLE_OPERATION",
                     {{"tableName", errors::QuoteName({kCatalog, name.database, name.name})},
                      {"operation", "REPLACE TABLE AS SELECT"}});
  }
  if (write.mode == "create") {
    spec::CreateTable create;
    create.name_parts = parts;
    create.provider = write.provider;
    create.options = write.options;
    create.properties = write.properties;
    create.partition_columns = PartitionColumns(write.partitioning);
    create.query = write.input;
    return RunCreateTable(create);
  }
  if (HasView(parts)) {
    throw SparkError("VIEW_WRITE_NOT_ALLOWED", {{"name", errors::QuoteName(parts)}});
  }
  catalog::TablePtr table = FindTable(parts);
  if (table == nullptr) throw errors::TableNotFound(errors::QuoteName(parts));
  throw SparkError("_LEGACY_ERROR_TEMP_1012",
                   {{"identifier", errors::QuoteName({kCatalog, table->database, table->name})}});
}

}  // namespace pyrite::session
