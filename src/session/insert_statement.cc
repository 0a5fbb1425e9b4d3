// INSERT, df.write.saveAsTable and insertInto: rows into a table's files.
#include <algorithm>

#include "base/errors.h"
#include "catalog/table.h"
#include "functions/registry.h"
#include "session/names.h"
#include "session/plan_parts.h"
#include "session/rows.h"
#include "session/session.h"
#include "sources/path.h"

namespace pyrite::session {
namespace {

using Fields = std::vector<StructField>;

// What ANSI store assignment lets into a column.
bool CanStore(const DataType& from, const DataType& to) {
  if (from.Is(TypeKind::kNull) || from.SameStructure(to)) return true;
  if (from.Is(TypeKind::kArray) && to.Is(TypeKind::kArray)) {
    return CanStore(from.element(), to.element());
  }
  if (from.Is(TypeKind::kMap) && to.Is(TypeKind::kMap)) {
    return CanStore(from.key(), to.key()) && CanStore(from.value(), to.value());
  }
  if (from.Is(TypeKind::kStruct) && to.Is(TypeKind::kStruct)) {
    if (from.fields().size() != to.fields().size()) return false;
    for (size_t i = 0; i < from.fields().size(); ++i) {
      if (!CanStore(from.fields()[i].type, to.fields()[i].type)) return false;
    }
    return true;
  }
  if (from.IsNested() || to.IsNested()) return false;
  if (to.IsString()) return true;
  if (from.IsNumeric() && to.IsNumeric()) return true;
  auto is_time = [](const DataType& type) {
    return type.Is(TypeKind::kDate) || type.Is(TypeKind::kTimestamp) ||
           type.Is(TypeKind::kTimestampNtz);
  };
  if (is_time(from) && is_time(to)) return true;
  return from.IsAnsiInterval() && from.kind() == to.kind();
}

std::string NameList(const Names& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + errors::QuoteName({name});
  }
  return out;
}

SparkError Arity(const catalog::Table& table, const Names& targets, const plan::Columns& data) {
  Names given;
  for (const plan::Column& column : data) given.push_back(column.name);
  const char* kind =
      data.size() > targets.size() ? "TOO_MANY_DATA_COLUMNS" : "NOT_ENOUGH_DATA_COLUMNS";
  return SparkError(std::string("INSERT_COLUMN_ARITY_MISMATCH.") + kind,
                    {{"tableName", errors::QuoteName({kCatalog, table.database, table.name})},
                     {"tableColumns", NameList(targets)},
                     {"dataColumns", NameList(given)}});
}

const spec::ExpressionPtr* PartitionValue(const spec::InsertInto& insert, const std::string& name) {
  for (const auto& [column, value] : insert.partition) {
    if (value && LowerCase(column) == LowerCase(name)) return &value;
  }
  return nullptr;
}

// The columns that the query's columns go to, in their order.
Names Targets(const spec::InsertInto& insert, const catalog::Table& table,
              const plan::Columns& data) {
  if (!insert.columns.empty()) return insert.columns;
  Names targets;
  if (insert.by_name) {
    for (const plan::Column& column : data) targets.push_back(column.name);
    return targets;
  }
  for (const StructField& field : table.schema.fields()) {
    if (!PartitionValue(insert, field.name)) targets.push_back(field.name);
  }
  return targets;
}

// Column `i` of the query, renamed, goes to `field`.
spec::ExpressionPtr Stored(const catalog::Table& table, const StructField& field,
                           spec::ExpressionPtr value, const DataType& from) {
  if (!CanStore(from, field.type)) {
    throw SparkError("INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
                     {{"tableName", errors::QuoteName({kCatalog, table.database, table.name})},
                      {"colName", errors::QuoteName({field.name})},
                      {"srcType", errors::Quoted(from.ToSql())},
                      {"targetType", errors::Quoted(field.type.ToSql())}});
  }
  if (!from.SameStructure(field.type)) {
    value = spec::Make(spec::Cast{std::move(value), field.type, spec::CastMode::kAnsi});
  }
  return spec::Make(spec::Alias{std::move(value), {field.name}, ""});
}

bool ReadsTable(const plan::RelationPtr& plan, const catalog::Table& table) {
  std::string folder = sources::ToLocalPath(table.location);
  return AnyRelation(plan, [&](const plan::Relation& relation) {
    const auto* scan = relation.TryAs<plan::FileScan>();
    return scan && std::any_of(scan->root_paths.begin(), scan->root_paths.end(),
                               [&](const std::string& root) {
                                 return sources::ToLocalPath(root) == folder;
                               });
  });
}

std::string DataName(size_t index) { return "data" + std::to_string(index); }

}  // namespace

spec::RelationPtr Session::RowsFor(const catalog::Table& table, const spec::InsertInto& insert) {
  plan::Columns data = AnalyzeQuery(*insert.query)->output;
  Names targets = Targets(insert, table, data);
  for (size_t i = 0; i < targets.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      if (LowerCase(targets[i]) != LowerCase(targets[k])) continue;
      throw errors::ColumnAlreadyExists(errors::QuoteName({LowerCase(targets[i])}));
    }
  }
  if (targets.size() != data.size()) throw Arity(table, targets, data);
  Names names;
  for (size_t i = 0; i < data.size(); ++i) names.push_back(DataName(i));
  spec::Project project{spec::MakeRelation(spec::ToDf{insert.query, names}), {}};
  size_t used = 0;
  for (const StructField& field : table.schema.fields()) {
    size_t place = 0;
    while (place < targets.size() && LowerCase(targets[place]) != LowerCase(field.name)) ++place;
    if (place < targets.size()) {
      ++used;
      project.expressions.push_back(
          Stored(table, field, spec::Attribute(DataName(place)), data[place].type));
    } else if (const spec::ExpressionPtr* value = PartitionValue(insert, field.name)) {
      project.expressions.push_back(
          spec::Make(spec::Alias{spec::Make(spec::Cast{*value, field.type}), {field.name}, ""}));
    } else {
      spec::ExpressionPtr null = spec::Constant(Literal::Null(field.type));
      project.expressions.push_back(spec::Make(spec::Alias{null, {field.name}, ""}));
    }
  }
  if (used < targets.size()) {
    for (const std::string& target : targets) {
      bool known = false;
      Names columns;
      for (const StructField& field : table.schema.fields()) {
        columns.push_back(errors::QuoteName({field.name}));
        known |= LowerCase(field.name) == LowerCase(target);
      }
      if (!known) throw errors::UnresolvedColumn(errors::QuoteName({target}), columns);
    }
  }
  return spec::MakeRelation(std::move(project));
}

plan::RelationPtr Session::RunInsert(const spec::InsertInto& insert) {
  if (HasView(insert.table)) throw ExpectTable(insert.table, "INSERT");
  catalog::TablePtr table = RequireTable(insert.table);
  if (table->type == catalog::TableType::kView) throw ExpectTable(insert.table, "INSERT");
  if (insert.overwrite && ReadsTable(AnalyzeOnly(*insert.query), *table)) {
    throw SparkError("UNSUPPORTED_OVERWRITE.TABLE",
                     {{"table", errors::QuoteName({kCatalog, table->database, table->name})}});
  }
  spec::WriteOperation write;
  write.input = RowsFor(*table, insert);
  write.format = table->provider;
  write.path = table->location;
  write.mode = insert.overwrite ? spec::SaveMode::kOverwrite : spec::SaveMode::kAppend;
  write.partition_columns = table->partition_columns;
  write.options = table->options;
  bool static_partition = false;
  for (const auto& [name, value] : insert.partition) static_partition |= value != nullptr;
  if (insert.overwrite && static_partition) {
    write.options.emplace_back("partitionOverwriteMode", "dynamic");
  }
  return RunWrite(write);
}

namespace {

// Whether the rows come from the table's own files.
bool Reads(const plan::RelationPtr& plan, const catalog::Table& table) {
  return AnyRelation(plan, [&](const plan::Relation& relation) {
    const auto* scan = relation.TryAs<plan::FileScan>();
    if (scan == nullptr) return false;
    return std::any_of(
        scan->root_paths.begin(), scan->root_paths.end(),
        [&](const std::string& root) { return sources::ToLocalPath(root) == table.location; });
  });
}

void CheckBuckets(const spec::WriteOperation& write, const plan::Columns& columns) {
  if (!write.sort_columns.empty() && write.bucket_columns.empty()) {
    throw errors::SortByWithoutBucketing();
  }
  for (const std::string& name : write.bucket_columns) {
    bool known = std::any_of(columns.begin(), columns.end(), [&](const plan::Column& column) {
      return LowerCase(column.name) == LowerCase(name);
    });
    if (known) continue;
    throw SparkError("COLUMN_NOT_DEFINED_IN_TABLE", {{"colType", "bucket"},
                                                     {"colName", errors::QuoteName({name})},
                                                     {"tableName", errors::QuoteName(write.table)},
                                                     {"tableCols", "the rows' columns"}});
  }
}

std::string FullName(const catalog::Table& table) {
  return std::string(kCatalog) + "." + table.database + "." + table.name;
}

// What saveAsTable appends has to be like the table.
void CheckAppend(const spec::WriteOperation& write, const catalog::Table& table,
                 const plan::Columns& columns) {
  if (!write.format.empty() && LowerCase(write.format) != table.provider) {
    throw SparkError("_LEGACY_ERROR_TEMP_1159", {{"tableName", FullName(table)},
                                                 {"existingProvider", table.provider},
                                                 {"specifiedProvider", write.format}});
  }
  if (columns.size() != table.schema.fields().size()) {
    throw SparkError("_LEGACY_ERROR_TEMP_1161",
                     {{"tableName", FullName(table)},
                      {"existCols", std::to_string(table.schema.fields().size())},
                      {"newCols", std::to_string(columns.size())}});
  }
  bool same = write.partition_columns.empty() ||
              write.partition_columns.size() == table.partition_columns.size();
  for (size_t i = 0; same && i < write.partition_columns.size(); ++i) {
    same = LowerCase(write.partition_columns[i]) == LowerCase(table.partition_columns[i]);
  }
  if (!same) {
    throw SparkError("_LEGACY_ERROR_TEMP_1163",
                     {{"tableName", FullName(table)},
                      {"specifiedPartCols", NameList(write.partition_columns)},
                      {"existingPartCols", NameList(table.partition_columns)}});
  }
}

}  // namespace

// df.write.insertInto goes by position, saveAsTable by name.
plan::RelationPtr Session::RunWriteTable(const spec::WriteOperation& write) {
  using Mode = spec::SaveMode;
  spec::InsertInto insert;
  insert.table = write.table;
  insert.query = write.input;
  insert.overwrite = write.mode == Mode::kOverwrite;
  if (write.insert_into) {
    if (!write.partition_columns.empty()) {
      throw SparkError("PARTITION_BY_NOT_ALLOWED_WITH_INSERT_INTO",
                       {{"tableName", errors::QuoteName(write.table)}});
    }
    if (!write.bucket_columns.empty()) {
      throw SparkError("_LEGACY_ERROR_TEMP_1312", {{"operation", "insertInto"}});
    }
    return RunInsert(insert);
  }
  catalog::TablePtr existing = FindTable(write.table);
  if (existing && write.mode == Mode::kIgnore) return MakeNoRows();
  plan::RelationPtr plan = NoStream(AnalyzeQuery(*write.input), "write");
  CheckBuckets(write, plan->output);
  if (existing && write.mode == Mode::kAppend) {
    CheckAppend(write, *existing, plan->output);
    insert.by_name = true;
    return RunInsert(insert);
  }
  spec::CreateTable create;
  create.name_parts = write.table;
  create.provider = write.format;
  create.options = write.options;
  create.partition_columns = write.partition_columns;
  create.location = write.path;
  create.query = write.input;
  if (existing && write.mode == Mode::kOverwrite) {
    if (Reads(plan, *existing)) {
      throw SparkError(
          "UNSUPPORTED_OVERWRITE.TABLE",
          {{"table", errors::QuoteName({kCatalog, existing->database, existing->name})}});
    }
    RunDropTable({write.table, false, true});
  }
  return RunCreateTable(create);
}

}  // namespace pyrite::session
