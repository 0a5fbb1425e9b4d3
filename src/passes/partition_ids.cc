#include "passes/partition_ids.h"

#include <string_view>

#include "passes/partitioned.h"
#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;

constexpr std::string_view kPartitionId = "spark_partition_id", kRowId = "spark_row_id";

// Kernels that draw, and take the partition as a last argument.
bool Draws(std::string_view name) {
  return name == "spark_rand" || name == "spark_randn" || name == "spark_poisson";
}

std::string_view NameOf(const plan::Expression& e) {
  const auto* call = e.TryAs<plan::Call>();
  return call == nullptr ? "" : functions::NameOf(*call->function);
}

bool Asks(const plan::Relation& relation, bool (*test)(const plan::Expression&)) {
  bool asks = false;
  plan::ForEachExpression(
      relation, [&](const ExpressionPtr& root) { asks = asks || plan::Any(*root, test); });
  return asks;
}

bool IsRowId(const plan::Expression& e) { return NameOf(e) == kRowId; }

// Without a seed, that is NULL.
bool DrawsWithSeed(const plan::Expression& e) {
  std::string_view name = NameOf(e);
  if (!Draws(name) && name != "spark_randstr" && name != "spark_shuffle" && name != "spark_uuid") {
    return false;
  }
  const auto* seed = e.As<plan::Call>().arguments.back()->TryAs<plan::Constant>();
  return seed == nullptr || !seed->value.is_null();
}

bool IsOfPartitions(const plan::Expression& e) {
  std::string_view name = NameOf(e);
  return name == kPartitionId || name == kRowId || Draws(name) || DrawsWithSeed(e);
}

// `row_id` may be null where nothing asks for it.
ExpressionPtr Replaced(const ExpressionPtr& root, const ExpressionPtr& id,
                       const ExpressionPtr& row_id) {
  bool is_known = id->TryAs<plan::Constant>() == nullptr;
  return plan::Rewrite(root, [&](const ExpressionPtr& e) -> ExpressionPtr {
    if (NameOf(*e) == kPartitionId) return id;
    if (NameOf(*e) == kRowId) return row_id;
    if (!is_known || !Draws(NameOf(*e))) return nullptr;
    plan::Call call = e->As<plan::Call>();
    call.arguments.push_back(id);
    return plan::Make(std::move(call), e->type, e->nullable);
  });
}

RelationPtr OverPartitions(const RelationPtr& relation) {
  using Kind = plan::RelationKind;
  std::vector<RelationPtr> inputs = plan::InputsOf(*relation);
  if (inputs.size() != 1) {
    return plan::MapRelation(
        relation, [](const RelationPtr& input) { return input; },
        [](const ExpressionPtr& e) {
          return Replaced(e, plan::MakeConstant(Literal::Int(0)),
                          plan::MakeConstant(Literal::Long(0)));
        });
  }
  Partitioned rows = WithPartitionId(inputs[0]);
  ExpressionPtr row_id = Asks(*relation, IsRowId) ? AddRowId(rows) : nullptr;
  if (Asks(*relation, DrawsWithSeed)) rows.plan = InOrder(rows.plan);
  RelationPtr result = plan::MapRelation(
      relation, [&](const RelationPtr&) { return rows.plan; },
      [&](const ExpressionPtr& e) { return Replaced(e, rows.id, row_id); });
  bool computes = relation->kind() == Kind::kProject || relation->kind() == Kind::kAggregate;
  if (computes || rows.plan == inputs[0]) return result;
  return OverWiderInput(relation, result);
}

}  // namespace

RelationPtr PartitionIds(RelationPtr plan) {
  plan = RewritePlans(plan, [](RelationPtr relation) -> RelationPtr {
    return Asks(*relation, IsOfPartitions) ? OverPartitions(relation) : relation;
  });
  // Partitions that are ranges come one after the other.
  return RewritePlans(plan, [](RelationPtr relation) -> RelationPtr {
    const auto* node = relation->TryAs<plan::Repartition>();
    if (node == nullptr || node->range_keys.empty() || node->num_partitions < 2) return relation;
    plan::Repartition sorted = *node;
    sorted.input = plan::MakeSort(node->input, node->range_keys);
    return plan::MakeRelation(std::move(sorted), relation->output);
  });
}

}  // namespace pyrite::passes
