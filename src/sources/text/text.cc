#include "sources/text/text.h"

#include "base/errors.h"
#include "sources/file_table.h"
#include "sources/text/text_options.h"

namespace pyrite::sources {

LinesOptions LinesOptions::Read(const plan::Options& settled) {
  Options options(settled);
  LinesOptions read;
  read.whole_text = options.FindBool("wholetext").value_or(false);
  auto separator = options.Find("lineSep");
  if (separator && separator->empty()) {
    throw errors::IllegalArgument("requirement failed: 'lineSep' cannot be an empty string.");
  }
  read.lines.separator = separator.value_or("");
  return read;
}

plan::RelationPtr ResolveText(const ReadRequest& request, const Configuration& configuration) {
  Schema schema = {{"value", DataType::String(), true, ""}};
  FileTable table = OpenFileTable(request, configuration);
  if (request.schema) {
    schema.clear();
    for (const StructField& field : request.schema->fields()) {
      bool is_partition = false;
      for (const StructField& partition : table.partition_columns) {
        is_partition = is_partition || EqualsIgnoreCase(partition.name, field.name);
      }
      if (!is_partition) schema.push_back(field);
    }
    for (const StructField& field : schema) {
      if (field.type.IsString()) continue;
      throw errors::UnsupportedDataTypeForDataSource(field.name, field.type.ToSql(), "Text");
    }
  }
  return MakeFileScan(request, std::move(table), schema, configuration);
}

plan::RelationPtr ResolveBinaryFile(const ReadRequest& request,
                                    const Configuration& configuration) {
  const Schema schema = {{"path", DataType::String(), false, ""},
                         {"modificationTime", DataType::Timestamp(), false, ""},
                         {"length", DataType::Long(), false, ""},
                         {"content", DataType::Binary(), true, ""}};
  FileTable table = OpenFileTable(request, configuration);
  return MakeFileScan(request, std::move(table), request.schema ? request.schema->fields() : schema,
                      configuration);
}

}  // namespace pyrite::sources
