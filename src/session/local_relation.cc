#include "session/local_relation.h"

#include <arrow/api.h>

#include <optional>

#include "base/error.h"
#include "base/type_arrow.h"
#include "base/type_json.h"
#include "sources/local_data.h"
#include "sql/parser.h"

namespace pyrite::session {
namespace {

// A schema comes as JSON or as DDL; a type that is no struct stands for one column.
DataType ParseSchemaText(const std::string& text) {
  size_t first = text.find_first_not_of(" \t\r\n");
  bool json = first != std::string::npos && (text[first] == '{' || text[first] == '"');
  DataType type = json ? TypeFromJson(text) : sql::ParseSchema(text);
  if (type.Is(TypeKind::kStruct)) return type;
  return DataType::Struct({StructField{"value", type, true, ""}});
}

}  // namespace

std::shared_ptr<const arrow::Table> DecodeLocalRelation(const spec::LocalRelation& relation,
                                                        const std::string& time_zone) {
  std::optional<DataType> schema;
  if (!relation.schema.empty()) schema = ParseSchemaText(relation.schema);
  if (relation.arrow_ipc != nullptr) {
    return sources::DecodeLocalData(relation.arrow_ipc, schema, time_zone);
  }
  if (!schema) {
    throw SparkError("CONNECT_INVALID_PLAN.SCHEMA_REQUIRED_FOR_LOCAL_RELATION", {});
  }
  return *arrow::Table::MakeEmpty(ToArrow(schema->fields(), time_zone));
}

}  // namespace pyrite::session
