#include "base/type_json.h"
#include "lower/lowering.h"
#include "lower/python_table.h"
#include "udf/request.h"

namespace pyrite::lower {
namespace {

// "_0", "_1", ...: what Spark calls the arguments.
std::string ArgumentName(size_t index) { return "_" + std::to_string(index); }

}  // namespace

Select Lowering::LowerEvalPython(const plan::Relation& relation) {
  const auto& node = relation.As<plan::EvalPython>();
  const plan::PythonFunction& first = *node.calls.at(0).expression->As<plan::PythonCall>().function;
  PythonTask task = TaskOf(first, *node.input);
  plan::Columns kept = node.input->output;
  if (node.group_count) kept.resize(*node.group_count);
  task.mode = node.group_count ? PythonTask::Mode::kAggregate : PythonTask::Mode::kExtend;
  for (const plan::Column& column : kept) {
    task.input.push_back({column.name, column.type, column.nullable, ""});
  }
  task.kept = kept.size();

  AstExpressions arguments;
  Schema argument_schema;
  std::vector<udf::FunctionCall> calls;
  for (const plan::NamedExpression& item : node.calls) {
    const auto& call = item.expression->As<plan::PythonCall>();
    udf::FunctionCall sent{call.function.get(), {}, call.argument_names};
    for (const plan::ExpressionPtr& argument : call.arguments) {
      size_t index = argument_schema.size();
      sent.offsets.push_back(static_cast<int32_t>(index));
      argument_schema.push_back({ArgumentName(index), argument->type, argument->nullable, ""});
      arguments.push_back(Named(Lower(argument), plan::NextColumnId()));
    }
    calls.push_back(std::move(sent));
    task.output.push_back({item.column.name, item.column.type, true, ""});
  }
  plan::PythonFunction::Settings evaluation;
  if (first.Is(plan::EvalType::kArrowBatched) || first.Is(plan::EvalType::kBatched)) {
    evaluation.emplace_back("input_type", TypeToJson(DataType::Struct(argument_schema)));
  }
  task.request = udf::EncodeRequest(calls, evaluation);
  task.input.insert(task.input.end(), argument_schema.begin(), argument_schema.end());

  Select rows = Lower(node.input);
  if (!arguments.empty() || kept.size() < node.input->output.size()) {
    AstExpressions items;
    for (const plan::Column& column : kept) items.push_back(MakeColumn(column.id));
    for (AstExpression& argument : arguments) items.push_back(std::move(argument));
    rows.Items(std::move(items));
  }
  if (node.group_count && !kept.empty()) {
    std::vector<plan::SortKey> keys;
    for (const plan::Column& column : kept) keys.push_back({plan::MakeRef(column), true, true});
    rows.Order(LowerKeys(keys), true);
  }
  return Select(MakePythonTable(task, std::move(rows).IntoQuery(), relation.output));
}

}  // namespace pyrite::lower
