#include "passes/partitioned.h"

#include <algorithm>
#include <string_view>

#include "functions/build.h"
#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;

ExpressionPtr Long(int64_t value) { return plan::MakeConstant(Literal::Long(value)); }
ExpressionPtr Call(const char* name, plan::Expressions arguments) {
  return functions::CallFunction(name, std::move(arguments), functions::CallContext());
}
ExpressionPtr ToInt(ExpressionPtr value) {
  return plan::MakeCast(std::move(value), DataType::Integer(), plan::EvalMode::kAnsi);
}

// `count`: 1, or 0 when nobody has said so.
Partitioned One(const RelationPtr& relation, int64_t count = 0) {
  return {relation, plan::MakeConstant(Literal::Int(0)), count};
}

// Place `place`, from 0, of `rows` in `count` even parts whose bounds are rounded down.
ExpressionPtr EvenPart(ExpressionPtr place, int64_t rows, int64_t count) {
  ExpressionPtr after = Call("+", {std::move(place), Long(1)});
  ExpressionPtr scaled = Call("-", {Call("*", {std::move(after), Long(count)}), Long(1)});
  return ToInt(Call("div", {std::move(scaled), Long(rows)}));
}

Partitioned OfRange(const RelationPtr& relation) {
  const auto& node = relation->As<plan::Range>();
  auto distance = static_cast<__int128>(node.end) - node.start;
  __int128 step = node.step;
  __int128 rows = distance / step + (distance % step != 0 ? 1 : 0);
  if (node.partitions < 2 || rows < 1) return One(relation, node.partitions == 1 ? 1 : 0);
  ExpressionPtr place = Call("-", {plan::MakeRef(relation->output[0]), Long(node.start)});
  place = Call("div", {std::move(place), Long(node.step)});
  return {relation, EvenPart(std::move(place), static_cast<int64_t>(rows), node.partitions),
          node.partitions};
}

// `call` over the rows from the first to `upper`.
plan::WindowCall WindowOf(const ExpressionPtr& call, std::vector<plan::SortKey> order_by,
                          plan::WindowBound::Kind upper) {
  plan::WindowCall window;
  window.function = call->As<plan::AggregateCall>().function;
  window.is_range = false;
  window.order_by = std::move(order_by);
  window.lower.kind = plan::WindowBound::Kind::kUnboundedPreceding;
  window.upper.kind = upper;
  return window;
}

// `rows` with the columns that the windows make.
RelationPtr WithWindow(const RelationPtr& rows, plan::WindowCall window, plan::Column& column) {
  column = {plan::NextColumnId(), "place", DataType::Long(), false, ""};
  return plan::MakeWindow(rows, {{column, plan::Make(std::move(window), DataType::Long(), false)}});
}

ExpressionPtr WindowFunction(const char* name) {
  return functions::NativeWindow(name, {}, DataType::Long(), false, functions::CallContext());
}

RelationPtr Numbered(const RelationPtr& rows, plan::Column& place) {
  return WithWindow(
      rows, WindowOf(WindowFunction("row_number"), {}, plan::WindowBound::Kind::kCurrentRow),
      place);
}

Partitioned ByTurns(const RelationPtr& rows, int64_t count, Turns turns) {
  if (turns == Turns::kAnyhow) {
    ExpressionPtr turn = functions::NativeNondeterministic(
        "spark_turn", {Long(count), Long(0)}, DataType::Integer(), false, functions::CallContext());
    return WithIdColumn(rows, rows->output, std::move(turn), count);
  }
  plan::Column place;
  RelationPtr numbered = Numbered(rows, place);
  ExpressionPtr id = ToInt(Call("%", {plan::MakeRef(place), Long(count)}));
  return WithIdColumn(numbered, rows->output, std::move(id), count);
}

// As Spark's RangePartitioner, where it has seen all rows and no key is in several of the parts.
Partitioned ByRanges(const RelationPtr& rows, const std::vector<plan::SortKey>& keys, int64_t count,
                     Turns turns) {
  plan::Column rank, total;
  using Bound = plan::WindowBound::Kind;
  RelationPtr ranked =
      WithWindow(rows, WindowOf(WindowFunction("rank"), keys, Bound::kCurrentRow), rank);
  ExpressionPtr count_rows = functions::NativeAggregate("count_star", {}, DataType::Long(), false,
                                                        functions::CallContext());
  ranked = WithWindow(ranked, WindowOf(count_rows, {}, Bound::kUnboundedFollowing), total);
  ExpressionPtr before = Call("-", {plan::MakeRef(rank), Long(1)});
  ExpressionPtr id =
      ToInt(Call("div", {Call("*", {std::move(before), Long(count)}), plan::MakeRef(total)}));
  if (turns == Turns::kInOrder) ranked = plan::MakeSort(ranked, keys);
  return WithIdColumn(ranked, rows->output, std::move(id), count);
}

Partitioned Coalesced(const RelationPtr& relation, const plan::Repartition& node, Turns turns) {
  Partitioned rows = WithPartitionId(node.input, turns);
  if (node.num_partitions == 1) return One(relation, 1);
  if (rows.count <= 1) return One(relation, rows.count);
  if (rows.count <= node.num_partitions) return rows;
  rows.id = EvenPart(rows.id, rows.count, node.num_partitions);
  rows.count = node.num_partitions;
  return rows;
}

Partitioned Repartitioned(const RelationPtr& relation, Turns turns) {
  const auto& node = relation->As<plan::Repartition>();
  if (!node.shuffle) return Coalesced(relation, node, turns);
  if (node.num_partitions < 2) return One(relation, node.num_partitions);
  if (!node.range_keys.empty()) {
    return ByRanges(node.input, node.range_keys, node.num_partitions, turns);
  }
  if (node.expressions.empty()) return ByTurns(node.input, node.num_partitions, turns);
  ExpressionPtr number = node.is_direct ? node.expressions[0] : Call("hash", node.expressions);
  ExpressionPtr count = plan::MakeConstant(Literal::Int(node.num_partitions));
  return {node.input, Call("pmod", {std::move(number), std::move(count)}), node.num_partitions};
}

Partitioned OfProject(const RelationPtr& relation, Turns turns) {
  const auto& node = relation->As<plan::Project>();
  Partitioned rows = WithPartitionId(node.input, turns);
  if (rows.count <= 1) return One(relation, rows.count);
  plan::NamedExpressions items = node.expressions;
  plan::Column column{plan::NextColumnId(), "partition", DataType::Integer(), rows.id->nullable,
                      ""};
  items.push_back({column, rows.id});
  return {plan::MakeProject(rows.plan, std::move(items)), plan::MakeRef(column), rows.count};
}

// A relation whose rows are those of its input, or some of them.
Partitioned Passing(const RelationPtr& relation, Turns turns) {
  RelationPtr input = plan::InputsOf(*relation).at(0);
  Partitioned rows = WithPartitionId(input, turns);
  if (rows.count <= 1) return One(relation, rows.count);
  RelationPtr over = plan::MapRelation(
      relation, [&](const RelationPtr&) { return rows.plan; },
      [](const ExpressionPtr& e) { return e; });
  plan::Columns output = rows.plan->output;
  output.insert(output.end(),
                relation->output.begin() + static_cast<ptrdiff_t>(input->output.size()),
                relation->output.end());
  rows.plan = plan::MakeRelation(over->node, std::move(output));
  return rows;
}

// Numbers rows as they come.
bool OnlyNumbers(const plan::Window& window) {
  return std::ranges::all_of(window.expressions, [](const plan::NamedExpression& item) {
    const auto& call = item.expression->As<plan::WindowCall>();
    return call.partition_by.empty() && call.order_by.empty() && call.function != nullptr &&
           std::string_view(functions::NameOf(*call.function)) == "row_number";
  });
}

}  // namespace

Partitioned WithPartitionId(const RelationPtr& relation, Turns turns) {
  switch (relation->kind()) {
    case plan::RelationKind::kRange: return OfRange(relation);
    case plan::RelationKind::kRepartition: return Repartitioned(relation, turns);
    case plan::RelationKind::kProject: return OfProject(relation, turns);
    case plan::RelationKind::kFilter: return Passing(relation, turns);
    case plan::RelationKind::kSort:
      return relation->As<plan::Sort>().is_global ? One(relation) : Passing(relation, turns);
    case plan::RelationKind::kWindow:
      return OnlyNumbers(relation->As<plan::Window>()) ? Passing(relation, turns) : One(relation);
    default: return One(relation);
  }
}

Partitioned WithIdColumn(const RelationPtr& rows, const plan::Columns& passing, ExpressionPtr id,
                         int64_t count) {
  RelationPtr plan = WithColumn(rows, passing, "partition", std::move(id));
  ExpressionPtr column = plan::MakeRef(plan->output.back());
  return {std::move(plan), std::move(column), count};
}

RelationPtr InOrder(const RelationPtr& rows) {
  plan::Column place;
  RelationPtr numbered = Numbered(rows, place);
  // True: they are numbered only where somebody reads the number.
  return plan::MakeFilter(std::move(numbered), Call(">", {plan::MakeRef(place), Long(0)}));
}

ExpressionPtr AddRowId(Partitioned& rows) {
  plan::Column place;
  rows.plan = Numbered(rows.plan, place);
  if (rows.count <= 1) return Call("-", {plan::MakeRef(place), Long(1)});
  plan::Column inner;
  plan::WindowCall window =
      WindowOf(WindowFunction("row_number"), {{plan::MakeRef(place), true, true}},
               plan::WindowBound::Kind::kCurrentRow);
  window.partition_by = {rows.id};
  rows.plan = WithWindow(rows.plan, std::move(window), inner);
  ExpressionPtr first = Call("*", {rows.id, Long(kRowsOfPartition)});
  return Call("+", {std::move(first), Call("-", {plan::MakeRef(inner), Long(1)})});
}

ExpressionPtr PartitionOfRowId(ExpressionPtr row_id) {
  return ToInt(Call("div", {std::move(row_id), Long(kRowsOfPartition)}));
}

}  // namespace pyrite::passes
