#include "duckdb/catalog/catalog.hpp"
#include "duckdb/catalog/catalog_entry/aggregate_function_catalog_entry.hpp"
#include "duckdb/function/function_binder.hpp"
#include "duckdb/function/scalar/generic_common.hpp"
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using duckdb::BoundAggregateExpression;

duckdb::unique_ptr<duckdb::Expression> ColumnOf(const duckdb::LogicalType& type,
                                                duckdb::TableIndex table, size_t column) {
  return duckdb::make_uniq<duckdb::BoundColumnRefExpression>(
      type, duckdb::ColumnBinding(table, duckdb::ProjectionIndex(column)));
}

Expressions CopyAll(const Expressions& items) {
  Expressions copies;
  for (const auto& item : items) copies.push_back(item->Copy());
  return copies;
}

// combine_aggr(state): the state of all states.
duckdb::unique_ptr<duckdb::Expression> Combine(duckdb::ClientContext& context,
                                               duckdb::unique_ptr<duckdb::Expression> state) {
  auto& entry =
      duckdb::Catalog::GetSystemCatalog(context).GetEntry<duckdb::AggregateFunctionCatalogEntry>(
          context, duckdb::QualifiedName(duckdb::Identifier(SYSTEM_CATALOG),
                                         duckdb::Identifier::DefaultSchema(),
                                         duckdb::Identifier("combine_aggr")));
  Expressions children;
  children.push_back(std::move(state));
  return duckdb::FunctionBinder(context).BindAggregateFunction(
      entry.functions.GetFunctionByOffset(0), std::move(children));
}

duckdb::unique_ptr<duckdb::Expression> Finalize(duckdb::ClientContext& context,
                                                duckdb::unique_ptr<duckdb::Expression> state) {
  Expressions children;
  children.push_back(std::move(state));
  return duckdb::FunctionBinder(context).BindScalarFunction(
      duckdb::Identifier::DefaultSchema(), duckdb::Identifier("finalize"), std::move(children));
}

// The groups that are columns of the rows.
std::vector<Carried> GroupsOf(const duckdb::LogicalAggregate& aggregate) {
  std::vector<Carried> columns;
  for (size_t i = 0; i < aggregate.groups.size(); ++i) {
    const auto& group = *aggregate.groups[i];
    if (group.GetExpressionClass() != duckdb::ExpressionClass::BOUND_COLUMN_REF) continue;
    columns.push_back({group.Cast<duckdb::BoundColumnRefExpression>().Binding(),
                       {aggregate.group_index, duckdb::ProjectionIndex(i)},
                       Carried::As::kIs,
                       {}});
  }
  return columns;
}

bool CanExport(const BoundAggregateExpression& call) {
  return !call.IsDistinct() && !call.GetOrderBys() && call.Function().HasStateCombineCallback() &&
         call.Function().HasGetStateTypeCallback() &&
         call.StateExportMode() == duckdb::AggregateStateExportMode::NONE;
}

}  // namespace

// The aggregates as first halves, giving their states; none when one has no state that travels.
std::optional<Expressions> Cutter::ExportAggregates(const duckdb::LogicalAggregate& aggregate) {
  Expressions exported;
  for (const auto& item : aggregate.expressions) {
    const auto& call = item->Cast<BoundAggregateExpression>();
    if (!CanExport(call)) return std::nullopt;
    try {
      auto copy =
          duckdb::unique_ptr_cast<duckdb::Expression, BoundAggregateExpression>(call.Copy());
      auto half = duckdb::ExportAggregateFunction::Bind(std::move(copy));
      auto state = ColumnOf(half->GetReturnType(), duckdb::TableIndex(0), 0);
      auto whole = Finalize(context_, Combine(context_, std::move(state)));
      if (whole->GetReturnType() != call.GetReturnType()) return std::nullopt;
      exported.push_back(std::move(half));
    } catch (const duckdb::Exception&) {
      return std::nullopt;  // a function that DuckDB cannot bind again from its state
    }
  }
  return exported;
}

Distribution Cutter::VisitAggregate(Operator& op) {
  auto& aggregate = op->Cast<duckdb::LogicalAggregate>();
  WantGroupsOf(aggregate);
  Distribution rows = Visit(op->children[0]);
  bool has_sets = aggregate.grouping_sets.size() > 1 || !aggregate.grouping_functions.empty();
  if (rows.IsSingle() || has_sets) return Single(op, {rows});

  if (Collocate(rows, aggregate.groups)) return CarriedBy(rows, GroupsOf(aggregate));
  if (auto partial = ExportAggregates(aggregate)) {
    return SplitAggregate(op, rows, std::move(*partial));
  }
  if (aggregate.groups.empty()) return Single(op, {rows});
  Expressions keys;
  for (int group : KeysOfGroups(aggregate)) keys.push_back(aggregate.groups[group]->Copy());
  Distribution shuffled = Shuffle(op->children[0], rows, keys);
  return CarriedBy(shuffled, GroupsOf(aggregate));
}

// first half -> boundary by the groups -> combined states -> results
Distribution Cutter::SplitAggregate(Operator& op, const Distribution& rows, Expressions partial) {
  auto& whole = op->Cast<duckdb::LogicalAggregate>();
  Bindings old_columns = whole.GetColumnBindings();
  size_t group_count = whole.groups.size();
  double groups = RowsOf(whole);

  auto first = duckdb::make_uniq<duckdb::LogicalAggregate>(
      binder_.GenerateTableIndex(), binder_.GenerateTableIndex(), std::move(partial));
  first->groups = CopyAll(whole.groups);
  first->grouping_sets = whole.grouping_sets;
  first->distinct_validity = whole.distinct_validity;
  first->children.push_back(std::move(op->children[0]));
  first->SetEstimatedCardinality(static_cast<duckdb::idx_t>(groups * options_.tasks));
  first->ResolveOperatorTypes();
  auto types = first->types;
  Partitioning output;
  if (group_count > 0) {
    output = {Partitioning::Kind::kHash, KeysOfGroups(whole), options_.tasks, {}};
  }
  std::vector<int> keys = output.keys;
  int stage = AddStage(std::move(first), rows, std::move(output));
  auto table = binder_.GenerateTableIndex();
  Operator read = ReadStage(stage, group_count > 0 ? Read::kPartition : Read::kAll, table);

  Expressions combined;
  for (size_t i = group_count; i < types.size(); ++i) {
    combined.push_back(Combine(context_, ColumnOf(types[i], table, i)));
  }
  auto second = duckdb::make_uniq<duckdb::LogicalAggregate>(
      binder_.GenerateTableIndex(), binder_.GenerateTableIndex(), std::move(combined));
  for (size_t i = 0; i < group_count; ++i) {
    second->groups.push_back(ColumnOf(types[i], table, i));
  }
  second->grouping_sets = whole.grouping_sets;
  second->children.push_back(std::move(read));
  second->SetEstimatedCardinality(static_cast<duckdb::idx_t>(groups));

  Expressions results;
  for (size_t i = 0; i < group_count; ++i) {
    results.push_back(ColumnOf(types[i], second->group_index, i));
  }
  for (size_t i = group_count; i < types.size(); ++i) {
    auto state = ColumnOf(types[i], second->aggregate_index, i - group_count);
    results.push_back(Finalize(context_, std::move(state)));
  }
  auto project = duckdb::make_uniq<duckdb::LogicalProjection>(binder_.GenerateTableIndex(),
                                                              std::move(results));
  project->children.push_back(std::move(second));
  project->SetEstimatedCardinality(static_cast<duckdb::idx_t>(groups));
  op = std::move(project);
  op->ResolveOperatorTypes();
  Bindings columns = op->GetColumnBindings();
  Rebind(old_columns, columns);
  Distribution to;
  if (group_count == 0) return to;
  to.kind = Distribution::Kind::kHash;
  for (int key : keys) to.keys.push_back({types[key], {columns[key]}, {}, {}});
  return to;
}

}  // namespace pyrite::stages
