#include "lower/lowering.h"
#include "lower/python_table.h"
#include "udf/request.h"

namespace pyrite::lower {
namespace {

using plan::EvalType;

// Spark's form of "these columns are keys, those are values": their number, that of the keys, each.
void AppendOffsets(std::vector<int32_t>& offsets, size_t key_count, size_t columns) {
  offsets.push_back(static_cast<int32_t>(1 + columns));
  offsets.push_back(static_cast<int32_t>(key_count));
  for (size_t i = 0; i < columns; ++i) offsets.push_back(static_cast<int32_t>(i));
}

std::vector<int32_t> OffsetsOf(const plan::MapPython& node) {
  if (!node.is_grouped) return {0};
  std::vector<int32_t> offsets;
  size_t columns = node.input->output.size();
  if (!node.left_count) {
    AppendOffsets(offsets, node.key_count, columns);
  } else {
    AppendOffsets(offsets, node.key_count, *node.left_count);
    AppendOffsets(offsets, node.key_count, columns - node.key_count - 1 - *node.left_count);
  }
  return offsets;
}

bool TakesStructs(const plan::PythonFunction& function) {
  return function.Is(EvalType::kMapPandas) || function.Is(EvalType::kMapArrow) ||
         function.Is(EvalType::kGroupedMapArrow) || function.Is(EvalType::kGroupedMapArrowIterator);
}

}  // namespace

Select Lowering::LowerMapPython(const plan::Relation& relation) {
  const auto& node = relation.As<plan::MapPython>();
  if (node.table) return LowerTableFunction(relation);
  PythonTask task = TaskOf(*node.function, *node.input);
  task.mode = node.left_count   ? PythonTask::Mode::kCogroups
              : node.is_grouped ? PythonTask::Mode::kGroups
                                : PythonTask::Mode::kMap;
  task.request = udf::EncodeRequest({{node.function.get(), OffsetsOf(node), {}}});
  task.input = plan::SchemaOf(*node.input);
  task.output = plan::SchemaOf(relation);
  task.kept = node.key_count;
  task.left_count = node.left_count.value_or(0);
  task.as_struct = TakesStructs(*node.function);
  task.from_struct = true;
  const auto* repartition = node.input->TryAs<plan::Repartition>();
  task.in_one = repartition && repartition->num_partitions == 1;

  Select rows = Lower(node.input);
  std::vector<plan::SortKey> keys;
  for (size_t i = 0; i < node.key_count + (node.left_count ? 1 : 0); ++i) {
    keys.push_back({plan::MakeRef(node.input->output[i]), true, true});
  }
  if (!keys.empty()) rows.Order(LowerKeys(keys), true);
  return Select(MakePythonTable(task, std::move(rows).IntoQuery(), relation.output));
}

}  // namespace pyrite::lower
