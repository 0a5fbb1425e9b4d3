#include "lower/python/task.h"

#include "base/type_json.h"

namespace pyrite::lower {
namespace {

constexpr size_t kParameters = 16;

duckdb::Value SchemaValue(const Schema& schema) {
  return duckdb::Value(TypeToJson(DataType::Struct(schema)));
}
Schema SchemaFrom(const duckdb::Value& value) {
  return TypeFromJson(duckdb::StringValue::Get(value)).fields();
}
duckdb::Value Number(int64_t value) { return duckdb::Value::BIGINT(value); }
int64_t NumberFrom(const duckdb::Value& value) { return value.GetValue<int64_t>(); }

}  // namespace

Schema PythonTask::result() const {
  Schema columns;
  if (keeps_columns()) {
    columns.assign(input.begin(), input.begin() + static_cast<ptrdiff_t>(kept));
  }
  columns.insert(columns.end(), output.begin(), output.end());
  return columns;
}

duckdb::vector<duckdb::Value> PythonTask::ToParameters() const {
  auto bytes = reinterpret_cast<duckdb::const_data_ptr_t>(request.data());
  return {Number(static_cast<int64_t>(mode)),
          duckdb::Value::BLOB(bytes, request.size()),
          duckdb::Value(folder),
          SchemaValue(input),
          SchemaValue(output),
          Number(static_cast<int64_t>(kept)),
          Number(static_cast<int64_t>(left_count)),
          Number(static_cast<int64_t>(sent)),
          Number(table_first ? static_cast<int64_t>(*table_first) : -1),
          Number(static_cast<int64_t>(table_width)),
          Number(as_struct ? 1 : 0),
          Number(from_struct ? 1 : 0),
          Number(in_one ? 1 : 0),
          Number(spreads ? 1 : 0),
          Number(batch_rows),
          duckdb::Value(time_zone)};
}

PythonTask PythonTask::FromParameters(const duckdb::vector<duckdb::Value>& parameters) {
  PythonTask task;
  size_t at = parameters.size() - kParameters;  // after the table's own place, where there is one
  task.mode = static_cast<Mode>(NumberFrom(parameters[at++]));
  task.request = duckdb::StringValue::Get(parameters[at++]);
  task.folder = duckdb::StringValue::Get(parameters[at++]);
  task.input = SchemaFrom(parameters[at++]);
  task.output = SchemaFrom(parameters[at++]);
  task.kept = static_cast<size_t>(NumberFrom(parameters[at++]));
  task.left_count = static_cast<size_t>(NumberFrom(parameters[at++]));
  task.sent = static_cast<size_t>(NumberFrom(parameters[at++]));
  int64_t table_first = NumberFrom(parameters[at++]);
  if (table_first >= 0) task.table_first = static_cast<size_t>(table_first);
  task.table_width = static_cast<size_t>(NumberFrom(parameters[at++]));
  task.as_struct = NumberFrom(parameters[at++]) != 0;
  task.from_struct = NumberFrom(parameters[at++]) != 0;
  task.in_one = NumberFrom(parameters[at++]) != 0;
  task.spreads = NumberFrom(parameters[at++]) != 0;
  task.batch_rows = NumberFrom(parameters[at++]);
  task.time_zone = duckdb::StringValue::Get(parameters[at++]);
  return task;
}

}  // namespace pyrite::lower
