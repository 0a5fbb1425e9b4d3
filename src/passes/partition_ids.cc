#include "passes/partition_ids.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "functions/build.h"
#include "passes/partitioned.h"
#include "passes/rewrite_plans.h"
#include "passes/row_keys.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;

constexpr std::string_view kPartitionId = "spark_partition_id", kRowId = "spark_row_id";

// A kernel that draws; a seed, which may be NULL, is its last argument.
struct Draws {
  std::string_view name;
  bool has_partitions;  // it may take the partition after the seed
  const char* keyed;    // the one that takes the row's key after the seed; null: there is none
};
constexpr Draws kDraws[] = {
    {"spark_rand", true, "spark_keyed_rand"},       {"spark_randn", true, "spark_keyed_randn"},
    {"spark_poisson", true, "spark_keyed_poisson"}, {"spark_randstr", false, "spark_keyed_randstr"},
    {"spark_uuid", false, "spark_keyed_uuid"},      {"spark_shuffle", false, nullptr}};

std::string_view NameOf(const plan::Expression& e) {
  const auto* call = e.TryAs<plan::Call>();
  return call == nullptr ? "" : functions::NameOf(*call->function);
}

// Null: it does not draw.
const Draws* DrawsOf(const plan::Expression& e) {
  const auto* found = std::ranges::find(kDraws, NameOf(e), &Draws::name);
  return found == std::end(kDraws) ? nullptr : found;
}

bool Asks(const plan::Relation& relation, bool (*test)(const plan::Expression&)) {
  bool asks = false;
  plan::ForEachExpression(
      relation, [&](const ExpressionPtr& root) { asks = asks || plan::Any(*root, test); });
  return asks;
}

bool IsPartitionId(const plan::Expression& e) { return NameOf(e) == kPartitionId; }
bool IsRowId(const plan::Expression& e) { return NameOf(e) == kRowId; }

bool DrawsWithSeed(const plan::Expression& e) {
  if (DrawsOf(e) == nullptr) return false;
  const auto* seed = e.As<plan::Call>().arguments.back()->TryAs<plan::Constant>();
  return seed == nullptr || !seed->value.is_null();
}

bool DrawsInOrder(const plan::Expression& e) {
  return DrawsWithSeed(e) && DrawsOf(e)->keyed == nullptr;
}

bool IsOfPartitions(const plan::Expression& e) {
  const Draws* draws = DrawsOf(e);
  return IsPartitionId(e) || IsRowId(e) || (draws != nullptr && draws->has_partitions) ||
         DrawsWithSeed(e);
}

// What is said of a row.
struct Numbers {
  ExpressionPtr partition;
  ExpressionPtr row_id;
  ExpressionPtr key;  // what it draws by; null: by its turn in the partition
};

ExpressionPtr Replaced(const ExpressionPtr& root, const Numbers& of) {
  return plan::Rewrite(root, [&](const ExpressionPtr& e) -> ExpressionPtr {
    if (IsPartitionId(*e)) return of.partition;
    if (IsRowId(*e)) return of.row_id;
    const Draws* draws = DrawsOf(*e);
    if (draws == nullptr) return nullptr;
    plan::Call call = e->As<plan::Call>();
    if (of.key != nullptr) {
      if (draws->keyed == nullptr || !DrawsWithSeed(*e)) return nullptr;
      call.arguments.push_back(of.key);
      return functions::Native(draws->keyed, std::move(call.arguments), e->type, e->nullable,
                               functions::CallContext());
    }
    if (!draws->has_partitions || of.partition->TryAs<plan::Constant>() != nullptr) return nullptr;
    call.arguments.push_back(of.partition);
    return plan::Make(std::move(call), e->type, e->nullable);
  });
}

RelationPtr WithNumbers(const RelationPtr& relation, const RelationPtr& rows, const Numbers& of) {
  using Kind = plan::RelationKind;
  RelationPtr result = plan::MapRelation(
      relation, [&](const RelationPtr&) { return rows; },
      [&](const ExpressionPtr& e) { return Replaced(e, of); });
  bool computes = relation->kind() == Kind::kProject || relation->kind() == Kind::kAggregate;
  if (computes || rows == plan::InputsOf(*relation)[0]) return result;
  return OverWiderInput(relation, result);
}

// Each row by what tells it from others; null: nothing does.
RelationPtr OverKeys(const RelationPtr& relation, const RelationPtr& input) {
  bool asks_ids = Asks(*relation, IsPartitionId) || Asks(*relation, IsRowId);
  if (!asks_ids && !Asks(*relation, DrawsWithSeed)) return nullptr;
  std::optional<Keyed> rows = asks_ids ? WithPlaces(input) : WithKeys(input);
  if (!rows) return nullptr;
  if (Asks(*relation, DrawsInOrder)) rows->plan = InOrder(rows->plan);
  ExpressionPtr key = plan::MakeRef(rows->key);
  ExpressionPtr partition = asks_ids ? PartitionOfRowId(key) : nullptr;
  return WithNumbers(relation, rows->plan, {partition, key, key});
}

RelationPtr OverPartitions(const RelationPtr& relation) {
  std::vector<RelationPtr> inputs = plan::InputsOf(*relation);
  if (inputs.size() != 1) {
    Numbers of{plan::MakeConstant(Literal::Int(0)), plan::MakeConstant(Literal::Long(0)), nullptr};
    return plan::MapRelation(
        relation, [](const RelationPtr& input) { return input; },
        [&](const ExpressionPtr& e) { return Replaced(e, of); });
  }
  Partitioned rows = WithPartitionId(inputs[0]);
  if (rows.count == 0) {
    if (RelationPtr result = OverKeys(relation, inputs[0])) return result;
  }
  ExpressionPtr row_id = Asks(*relation, IsRowId) ? AddRowId(rows) : nullptr;
  if (Asks(*relation, DrawsWithSeed)) rows.plan = InOrder(rows.plan);
  return WithNumbers(relation, rows.plan, {rows.id, row_id, nullptr});
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
