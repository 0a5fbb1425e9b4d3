// A file scan on its way to another process. Its options are settled (sources/text/text_options.h),
// so that they mean there what they mean here.
#include "base/errors.h"
#include "base/type_json.h"
#include "duckdb/common/serializer/deserializer.hpp"
#include "duckdb/common/serializer/serializer.hpp"
#include "lower/files/file_scan_data.h"

namespace pyrite::lower {
namespace {

using duckdb::Deserializer;
using duckdb::idx_t;
using duckdb::Serializer;

template <typename T>
using List = duckdb::vector<T>;

// Values of partition columns, whose types Spark finds in the names of folders.
duckdb::Value ToBytes(const Value& value) {
  struct Visitor {
    duckdb::Value operator()(std::monostate) const { return duckdb::Value(); }
    duckdb::Value operator()(bool truth) const { return duckdb::Value::BOOLEAN(truth); }
    duckdb::Value operator()(int64_t number) const { return duckdb::Value::BIGINT(number); }
    duckdb::Value operator()(double number) const { return duckdb::Value::DOUBLE(number); }
    duckdb::Value operator()(const std::string& text) const {
      return duckdb::Value::BLOB_RAW(text);
    }
    duckdb::Value operator()(Int128 number) const {
      return duckdb::Value::HUGEINT(
          duckdb::hugeint_t(static_cast<int64_t>(number >> 64), static_cast<uint64_t>(number)));
    }
    duckdb::Value operator()(const CalendarInterval&) const { return Raise(); }
    duckdb::Value operator()(const std::shared_ptr<const Values>&) const { return Raise(); }
    static duckdb::Value Raise() { throw errors::Internal("a partition value of a nested type"); }
  };
  return std::visit(Visitor(), value.storage);
}

Value FromBytes(const duckdb::Value& value) {
  if (value.IsNull()) return Value();
  switch (value.type().id()) {
    case duckdb::LogicalTypeId::BOOLEAN: return Value(value.GetValue<bool>());
    case duckdb::LogicalTypeId::BIGINT: return Value(value.GetValue<int64_t>());
    case duckdb::LogicalTypeId::DOUBLE: return Value(value.GetValue<double>());
    case duckdb::LogicalTypeId::HUGEINT: {
      auto number = value.GetValue<duckdb::hugeint_t>();
      return Value(static_cast<Int128>(number.upper) << 64 | number.lower);
    }
    default: return Value(duckdb::StringValue::Get(value));
  }
}

void WriteFile(Serializer& to, const plan::ScanFile& file) {
  List<duckdb::Value> values;
  for (const Value& value : file.partition_values) values.push_back(ToBytes(value));
  to.WriteProperty(1, "path", file.path);
  to.WriteProperty(2, "size", file.size);
  to.WriteProperty(3, "modification_time", file.modification_time);
  to.WriteProperty(4, "values", values);
}

plan::ScanFile ReadFile(Deserializer& from) {
  plan::ScanFile file;
  file.path = from.ReadProperty<std::string>(1, "path");
  file.size = from.ReadProperty<int64_t>(2, "size");
  file.modification_time = from.ReadProperty<int64_t>(3, "modification_time");
  for (const auto& value : from.ReadProperty<List<duckdb::Value>>(4, "values")) {
    file.partition_values.push_back(FromBytes(value));
  }
  return file;
}

void WriteColumn(Serializer& to, const plan::Column& column) {
  to.WriteProperty(1, "id", static_cast<uint64_t>(column.id));
  to.WriteProperty(2, "name", column.name);
  to.WriteProperty(3, "type", TypeToJson(column.type));
}

plan::Column ReadColumn(Deserializer& from) {
  plan::Column column;
  column.id = static_cast<plan::ColumnId>(from.ReadProperty<uint64_t>(1, "id"));
  column.name = from.ReadProperty<std::string>(2, "name");
  column.type = TypeFromJson(from.ReadProperty<std::string>(3, "type"));
  return column;
}

void WritePart(Serializer& to, const sources::NumberedPart& part) {
  to.WriteProperty(1, "file", static_cast<uint64_t>(part.file));
  to.WriteProperty(2, "begin", part.part.begin);
  to.WriteProperty(3, "end", part.part.end);
}

template <typename T, typename Write>
void WriteAll(Serializer& to, int field, const char* tag, const std::vector<T>& items,
              Write write) {
  to.WriteList(static_cast<duckdb::field_id_t>(field), tag, items.size(),
               [&](Serializer::List& list, idx_t i) {
                 list.WriteObject([&](Serializer& object) { write(object, items[i]); });
               });
}

template <typename T, typename Read>
std::vector<T> ReadAll(Deserializer& from, int field, const char* tag, Read read) {
  std::vector<T> items;
  from.ReadList(static_cast<duckdb::field_id_t>(field), tag, [&](Deserializer::List& list, idx_t) {
    list.ReadObject([&](Deserializer& object) { items.push_back(read(object)); });
  });
  return items;
}

}  // namespace

void SerializeFileScan(Serializer& to, duckdb::optional_ptr<duckdb::FunctionData> bound,
                       const duckdb::BoundTableFunction&) {
  const auto& data = bound->Cast<FileScanData>();
  const auto& scan = data.scan->As<plan::FileScan>();
  List<std::string> options;
  for (const auto& [name, value] : scan.options) {
    options.push_back(name);
    options.push_back(value);
  }
  to.WriteProperty(100, "format", scan.format);
  to.WriteProperty(101, "options", options);
  const auto& names = scan.file_column_names;
  to.WriteProperty(102, "file_columns", List<std::string>(names.begin(), names.end()));
  to.WriteProperty(103, "partition_columns", static_cast<uint64_t>(scan.partition_column_count));
  WriteAll(to, 104, "columns", data.scan->output, WriteColumn);
  WriteAll(to, 105, "files", scan.files, WriteFile);
  to.WriteProperty(106, "has_parts", data.parts.has_value());
  WriteAll(to, 107, "parts", data.parts.value_or(FileParts()), WritePart);
}

duckdb::unique_ptr<duckdb::FunctionData> DeserializeFileScan(Deserializer& from,
                                                             duckdb::BoundTableFunction&) {
  plan::FileScan scan;
  scan.format = from.ReadProperty<std::string>(100, "format");
  auto options = from.ReadProperty<List<std::string>>(101, "options");
  for (size_t i = 0; i + 1 < options.size(); i += 2) {
    scan.options.emplace_back(options[i], options[i + 1]);
  }
  for (auto& name : from.ReadProperty<List<std::string>>(102, "file_columns")) {
    scan.file_column_names.push_back(std::move(name));
  }
  scan.partition_column_count = from.ReadProperty<uint64_t>(103, "partition_columns");
  auto columns = ReadAll<plan::Column>(from, 104, "columns", ReadColumn);
  scan.files = ReadAll<plan::ScanFile>(from, 105, "files", ReadFile);
  bool has_parts = from.ReadProperty<bool>(106, "has_parts");
  auto parts = ReadAll<sources::NumberedPart>(from, 107, "parts", [&](Deserializer& part) {
    auto file = part.ReadProperty<uint64_t>(1, "file");
    auto begin = part.ReadProperty<int64_t>(2, "begin");
    auto end = part.ReadProperty<int64_t>(3, "end");
    return sources::NumberedPart{{scan.files[file].path, begin, end}, file};
  });
  auto data =
      duckdb::make_uniq<FileScanData>(plan::MakeRelation(std::move(scan), std::move(columns)));
  if (has_parts) data->parts = std::move(parts);
  return data;
}

}  // namespace pyrite::lower
