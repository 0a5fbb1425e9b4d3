// Table functions of Python: a call for each row of their input.

#include <set>

#include "base/error.h"
#include "base/type_json.h"
#include "lower/lowering.h"
#include "lower/python_table.h"
#include "udf/request.h"

namespace pyrite::lower {
namespace {

using plan::EvalType;

// "_0", "_1", ...: what Spark calls the arguments.
std::string ArgumentName(size_t index) { return "_" + std::to_string(index); }

// Pickles may have two fields of one name, Arrow's structs not.
void CheckFieldNames(const Schema& fields) {
  std::set<std::string> names;
  std::string list;
  for (const StructField& field : fields) {
    names.insert(field.name);
    list += (list.empty() ? "[" : ", ") + field.name;
  }
  if (names.size() == fields.size()) return;
  throw SparkError("DUPLICATED_FIELD_NAME_IN_ARROW_STRUCT", {{"fieldNames", list + "]"}});
}

// The arguments as the worker sees them: the table is a struct.
Schema ArgumentsOf(const plan::Columns& input, const plan::TableFunctionCall& call,
                   PythonTask& task) {
  Schema arguments;
  size_t at = call.kept;
  for (size_t i = 0; i < call.argument_names.size(); ++i) {
    StructField& argument = arguments.emplace_back();
    argument.name = ArgumentName(i);
    if (call.table_argument != i) {
      argument.type = input[at].type;
      argument.nullable = input[at++].nullable;
      continue;
    }
    task.table_first = at - call.kept;
    task.table_width = call.table_width;
    Schema fields;
    for (size_t end = at + call.table_width; at < end; ++at) {
      fields.push_back({input[at].name, input[at].type, input[at].nullable, ""});
    }
    argument.type = DataType::Struct(std::move(fields));
    argument.nullable = false;
  }
  task.sent = at - call.kept;
  return arguments;
}

plan::PythonFunction::Settings SettingsOf(const plan::PythonFunction& function,
                                          const plan::TableFunctionCall& call,
                                          const Schema& arguments, const DataType& result) {
  plan::PythonFunction::Settings settings;
  settings.emplace_back("input_type", TypeToJson(DataType::Struct(arguments)));
  if (function.Is(EvalType::kArrowBatchTable) && call.table_argument) {
    settings.emplace_back("table_arg_offsets", std::to_string(*call.table_argument));
  }
  if (function.Is(EvalType::kTable)) {  // Pyrite's own: python/pyrite/_udf_pickled.py
    settings.emplace_back("output_type", TypeToJson(result));
    settings.emplace_back("batch_for_each_row", call.kept > 0 ? "true" : "false");
  }
  return settings;
}

}  // namespace

Select Lowering::LowerTableFunction(const plan::Relation& relation) {
  const auto& node = relation.As<plan::MapPython>();
  const plan::TableFunctionCall& call = *node.table;
  PythonTask task = TaskOf(*node.function, *node.input);
  task.mode = PythonTask::Mode::kTable;
  task.kept = call.kept;
  task.in_one = call.in_one;
  task.from_struct = !node.function->Is(EvalType::kTable);
  task.input = plan::SchemaOf(*node.input);
  Schema result = plan::SchemaOf(relation);
  task.output.assign(result.begin() + static_cast<ptrdiff_t>(call.kept), result.end());

  udf::FunctionCall sent{node.function.get(), {}, call.argument_names};
  for (size_t i = 0; i < call.argument_names.size(); ++i) {
    sent.offsets.push_back(static_cast<int32_t>(i));
  }
  Schema arguments = ArgumentsOf(node.input->output, call, task);
  if (call.table_argument && !node.function->Is(EvalType::kTable)) {
    CheckFieldNames(arguments[*call.table_argument].type.fields());
  }
  DataType type = DataType::Struct(task.output);
  task.request =
      udf::EncodeTableRequest(sent, call, type, SettingsOf(*node.function, call, arguments, type));

  Select rows = Lower(node.input);
  if (!call.order.empty()) rows.Order(LowerKeys(call.order), true);
  return Select(MakePythonTable(task, std::move(rows).IntoQuery(), relation.output));
}

}  // namespace pyrite::lower
