#include "passes/row_keys.h"

#include <algorithm>

#include "functions/build.h"
#include "passes/partitioned.h"
#include "passes/rewrite_plans.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;
using Kind = plan::RelationKind;

constexpr char kKey[] = "key";
constexpr int64_t kOpenCost = int64_t{4} << 20;  // bytes

ExpressionPtr Call(const char* name, plan::Expressions arguments) {
  return functions::CallFunction(name, std::move(arguments), functions::CallContext());
}
ExpressionPtr Long(int64_t value) { return plan::MakeConstant(Literal::Long(value)); }
plan::Column NewKey() { return {plan::NextColumnId(), kKey, DataType::Long(), false, ""}; }

// As one more column.
Keyed Computed(const RelationPtr& rows, ExpressionPtr key) {
  RelationPtr plan = WithColumn(rows, rows->output, kKey, std::move(key));
  return {plan, plan->output.back()};
}

bool ReadsMuch(const plan::Relation& relation) {
  int64_t size = 0;
  if (const auto* scan = relation.TryAs<plan::FileScan>()) {
    for (const plan::ScanFile& file : scan->files) size += file.size;
  }
  if (size > kOpenCost) return true;
  return std::ranges::any_of(plan::InputsOf(relation),
                             [](const RelationPtr& input) { return ReadsMuch(*input); });
}

// Rows that are few.
Keyed Counted(const RelationPtr& relation) {
  Partitioned rows{relation, nullptr};
  ExpressionPtr number = AddRowId(rows);
  return Computed(rows.plan, std::move(number));
}

std::optional<Keyed> OfFiles(const RelationPtr& relation) {
  plan::FileScan scan = relation->As<plan::FileScan>();
  if (scan.format != "parquet") {
    return ReadsMuch(*relation) ? std::nullopt : std::optional(Counted(relation));
  }
  plan::Columns output = relation->output;
  if (!scan.has_places) output.push_back(NewKey());
  scan.has_places = true;
  plan::Column place = output.back();
  return Keyed{plan::MakeRelation(std::move(scan), std::move(output)), std::move(place)};
}

using KeyedOf = std::optional<Keyed> (*)(const RelationPtr&);

std::optional<Keyed> OfProject(const plan::Project& node, KeyedOf of) {
  std::optional<Keyed> rows = of(node.input);
  if (!rows) return std::nullopt;
  plan::NamedExpressions items = node.expressions;
  items.push_back({rows->key, plan::MakeRef(rows->key)});
  return Keyed{plan::MakeProject(rows->plan, std::move(items)), rows->key};
}

std::optional<Keyed> OfFilter(const plan::Filter& node, KeyedOf of) {
  std::optional<Keyed> rows = of(node.input);
  if (!rows) return std::nullopt;
  return Keyed{plan::MakeFilter(rows->plan, node.condition), rows->key};
}

bool CanHash(const DataType& type) {
  if (type.Is(TypeKind::kArray)) return CanHash(type.element());
  if (type.Is(TypeKind::kStruct)) {
    return std::ranges::all_of(type.fields(),
                               [](const StructField& field) { return CanHash(field.type); });
  }
  return !type.Is(TypeKind::kMap) && !type.Is(TypeKind::kVariant);
}

// Of rows that these columns tell apart.
std::optional<Keyed> ByColumns(const RelationPtr& rows, const plan::Columns& columns) {
  if (columns.empty()) return Computed(rows, Long(0));
  plan::Expressions values;
  for (const plan::Column& column : columns) {
    if (!CanHash(column.type)) return std::nullopt;
    values.push_back(plan::MakeRef(column));
  }
  return Computed(rows, Call("xxhash64", std::move(values)));
}

std::optional<Keyed> OfAggregate(const RelationPtr& relation) {
  const auto& node = relation->As<plan::Aggregate>();
  plan::Columns groups;
  for (const plan::NamedExpression& group : node.groups) groups.push_back(group.column);
  if (node.grouping_id) groups.push_back(*node.grouping_id);
  return ByColumns(relation, groups);
}

std::optional<Keyed> OfDeduplicate(const RelationPtr& relation) {
  const auto& keys = relation->As<plan::Deduplicate>().keys;
  plan::Columns columns = relation->output;
  std::erase_if(columns, [&](const plan::Column& column) {
    return !keys.empty() && std::ranges::find(keys, column.id) == keys.end();
  });
  return ByColumns(relation, columns);
}

std::optional<Keyed> KeyedRows(const RelationPtr& relation);

std::optional<Keyed> OfJoin(const plan::Join& node) {
  bool only_left = node.type == plan::JoinType::kLeftSemi || node.type == plan::JoinType::kLeftAnti;
  std::optional<Keyed> left = KeyedRows(node.left);
  std::optional<Keyed> right = only_left ? left : KeyedRows(node.right);
  if (node.lateral || !left || !right) return std::nullopt;
  RelationPtr rows =
      plan::MakeJoin(left->plan, only_left ? node.right : right->plan, node.type, node.condition);
  if (only_left) return Keyed{std::move(rows), left->key};
  plan::Expressions keys;
  for (const plan::Column& column : rows->output) {
    bool is_key = column.id == left->key.id || column.id == right->key.id;
    if (is_key) keys.push_back(Call("coalesce", {plan::MakeRef(column), Long(-1)}));
  }
  return Computed(rows, Call("xxhash64", std::move(keys)));
}

std::optional<Keyed> OfSetOperation(const RelationPtr& relation) {
  plan::SetOperation node = relation->As<plan::SetOperation>();
  if (!node.is_all) return ByColumns(relation, relation->output);
  if (node.type != plan::SetOperationType::kUnion) return std::nullopt;
  for (size_t i = 0; i < node.inputs.size(); ++i) {
    std::optional<Keyed> rows = KeyedRows(node.inputs[i]);
    if (!rows) return std::nullopt;
    plan::Expressions made_of = {Long(static_cast<int64_t>(i)), plan::MakeRef(rows->key)};
    node.inputs[i] =
        WithColumn(rows->plan, node.inputs[i]->output, kKey, Call("xxhash64", std::move(made_of)));
  }
  plan::Columns output = relation->output;
  output.push_back(NewKey());
  plan::Column key = output.back();
  return Keyed{plan::MakeRelation(std::move(node), std::move(output)), std::move(key)};
}

std::optional<Keyed> KeyedRows(const RelationPtr& relation) {
  switch (relation->kind()) {
    case Kind::kOneRow:
    case Kind::kLocalData:
    case Kind::kValuesList: return Counted(relation);
    case Kind::kRange: return Keyed{relation, relation->output[0]};
    case Kind::kFileScan: return OfFiles(relation);
    case Kind::kProject: return OfProject(relation->As<plan::Project>(), KeyedRows);
    case Kind::kFilter: return OfFilter(relation->As<plan::Filter>(), KeyedRows);
    case Kind::kJoin: return OfJoin(relation->As<plan::Join>());
    case Kind::kAggregate: return OfAggregate(relation);
    case Kind::kDeduplicate: return OfDeduplicate(relation);
    case Kind::kSetOperation: return OfSetOperation(relation);
    case Kind::kWindow: {
      const auto& node = relation->As<plan::Window>();
      std::optional<Keyed> rows = KeyedRows(node.input);
      if (!rows) return std::nullopt;
      return Keyed{plan::MakeWindow(rows->plan, node.expressions), rows->key};
    }
    case Kind::kSort: {
      const auto& node = relation->As<plan::Sort>();
      std::optional<Keyed> rows = KeyedRows(node.input);
      if (!rows || node.is_for_draws) return rows;
      return Keyed{plan::MakeSort(rows->plan, node.keys, node.is_global), rows->key};
    }
    case Kind::kLimit: {
      const auto& node = relation->As<plan::Limit>();
      std::optional<Keyed> rows = KeyedRows(node.input);
      if (!rows) return std::nullopt;
      return Keyed{plan::MakeLimit(rows->plan, node.limit, node.offset), rows->key};
    }
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<Keyed> WithPlaces(const RelationPtr& relation) {
  switch (relation->kind()) {
    case Kind::kFileScan:
      return ReadsMuch(*relation) && relation->As<plan::FileScan>().format == "parquet"
                 ? OfFiles(relation)
                 : std::nullopt;
    case Kind::kProject: return OfProject(relation->As<plan::Project>(), WithPlaces);
    case Kind::kFilter: return OfFilter(relation->As<plan::Filter>(), WithPlaces);
    default: return std::nullopt;
  }
}

std::optional<Keyed> WithKeys(const RelationPtr& relation) {
  return ReadsMuch(*relation) ? KeyedRows(relation) : std::nullopt;
}

}  // namespace pyrite::passes
