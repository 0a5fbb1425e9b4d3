#include "engine/write_lines.h"

#include "base/errors.h"
#include "engine/write_statement.h"
#include "lower/files/csv_line.h"
#include "lower/files/json_line.h"
#include "lower/files/lines_copy.h"
#include "sources/csv/csv_write.h"
#include "sources/options.h"
#include "sources/text/byte_sink.h"
#include "sources/text/text_options.h"

namespace pyrite::engine {
namespace {

std::vector<std::string> WrittenNames(const WriteRequest& request) {
  std::vector<std::string> names;
  for (const plan::Column& column : DataColumns(request)) {
    if (PartitionName(request, column.name) == nullptr) names.push_back(column.name);
  }
  return names;
}

lower::AstExpressions ValuesOf(const plan::Columns& columns) {
  lower::AstExpressions values;
  for (const plan::Column& column : columns) values.push_back(lower::MakeColumn(column.id));
  return values;
}

DataType RowType(const plan::Columns& columns) {
  Schema fields;
  for (const plan::Column& column : columns) {
    fields.push_back({column.name, column.type, true, ""});
  }
  return DataType::Struct(std::move(fields));
}

}  // namespace

bool IsLinesFormat(const std::string& format) {
  std::string name = sources::ToLower(format);
  return name == "csv" || name == "json" || name == "text";
}

lower::AstExpression MakeLine(const WriteRequest& request, const plan::Columns& columns) {
  std::string format = sources::ToLower(request.format);
  lower::AstExpression line;
  if (format == "text") {
    line = lower::MakeColumn(columns.at(0).id);
  } else if (format == "csv") {
    line = lower::MakeCsvLine(lower::MakeFunction("row", ValuesOf(columns)), RowType(columns),
                              request.options);
  } else {
    line = lower::MakeJsonLine(ValuesOf(columns), RowType(columns), request.options);
  }
  line->SetAlias(duckdb::Identifier("__pyrite_line"));
  return line;
}

void SetLinesOptions(const WriteRequest& request, duckdb::CopyInfo& info) {
  info.format = lower::kLinesFormat;
  const auto set = [&](const char* name, const std::string& value) {
    info.options[duckdb::Identifier(name)] = {duckdb::Value(value)};
  };
  set("codec", request.compression);
  if (sources::ToLower(request.format) == "csv") {
    auto csv = sources::CsvWriteOptions::Read(request.options);
    set("line_separator", csv.line_separator);
    set("charset", csv.charset);
    if (csv.header) set("header", sources::CsvHeader(csv, WrittenNames(request)));
    return;
  }
  sources::Options options(request.options);
  auto separator = options.Find("lineSep");
  if (separator && separator->empty()) {
    throw errors::IllegalArgument("requirement failed: 'lineSep' cannot be an empty string.");
  }
  set("line_separator", separator.value_or("\n"));
  auto charset = options.Find("encoding");
  set("charset", charset ? *charset : options.Find("charset").value_or("UTF-8"));
}

std::string LinesSuffix(const WriteRequest& request) {
  std::string format = sources::ToLower(request.format);
  return "." + (format == "text" ? std::string("txt") : format) +
         sources::FindTextCodec(request.compression).file_suffix;
}

}  // namespace pyrite::engine
