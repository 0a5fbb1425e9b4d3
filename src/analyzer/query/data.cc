// Rows that need no table: the client's own, VALUES, ranges, checkpoints.

#include <arrow/table.h>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/generator.h"
#include "analyzer/query/query.h"
#include "base/type_arrow.h"

namespace pyrite::analyzer {
namespace {

Resolved Of(plan::RelationPtr plan, Analysis& analysis) {
  ScopePtr scope = ScopeOf(plan->output, nullptr, analysis.case_sensitive);
  return {std::move(plan), std::move(scope), nullptr};
}

int64_t AsLong(const plan::Expression& argument) {
  auto* constant = argument.TryAs<plan::Constant>();
  auto* number = constant ? std::get_if<int64_t>(&constant->value.storage) : nullptr;
  if (!number) throw errors::UnsupportedFeature("range() of an expression that is no constant");
  return *number;
}

Resolved MakeRange(int64_t start, int64_t end, int64_t step, Analysis& analysis) {
  if (step == 0) {
    throw SparkError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", {{"sqlExpr", "\"range\""},
                                                              {"exprName", "step"},
                                                              {"valueRange", "not 0"},
                                                              {"currentValue", "0"}});
  }
  plan::Columns output = {{plan::NextColumnId(), "id", DataType::Long(), false, ""}};
  return Of(plan::MakeRelation(plan::Range{start, end, step}, std::move(output)), analysis);
}

// explode(...) and its kind in FROM: over one row.
Resolved GeneratedTable(const spec::TableValuedFunction& node, Analysis& analysis) {
  Environment names{analysis, {}};
  plan::Expressions arguments;
  for (const spec::ExpressionPtr& argument : node.arguments) {
    arguments.push_back(ResolveExpression(*argument, names));
  }
  plan::ExpressionPtr generator =
      CallFunction(node.name_parts.back(), std::move(arguments), analysis);
  Resolved row = Of(plan::MakeRelation(plan::OneRow{}, {}), analysis);
  return Of(Generate(row, generator, false, {}, nullptr, analysis).plan, analysis);
}

}  // namespace

Resolved ResolveLocal(const spec::LocalRelation& node, Analysis& analysis) {
  auto table = analysis.context.decode_local(node);
  plan::Columns output;
  for (const StructField& field : FromArrow(*table->schema())) {
    output.push_back(
        {plan::NextColumnId(), field.name, field.type, field.nullable, field.metadata});
  }
  return Of(plan::MakeRelation(plan::LocalData{std::move(table)}, std::move(output)), analysis);
}

// The kept relation under ids of its own: it may be joined with itself.
Resolved ResolveCachedRemote(const spec::CachedRemoteRelation& node, Analysis& analysis) {
  plan::RelationPtr kept = analysis.context.find_cached_relation(node.relation_id);
  plan::NamedExpressions items;
  for (const plan::Column& column : kept->output) {
    plan::Column fresh = column;
    fresh.id = plan::NextColumnId();
    items.push_back({std::move(fresh), plan::MakeRef(column)});
  }
  return Of(plan::MakeProject(std::move(kept), std::move(items)), analysis);
}

Resolved ResolveRange(const spec::Range& node, Analysis& analysis) {
  return MakeRange(node.start, node.end, node.step, analysis);
}

Resolved ResolveTableFunction(const spec::TableValuedFunction& node, Analysis& analysis) {
  std::string name = FoldCase(node.name_parts.back(), false);
  const functions::Function* function = functions::Find(name);
  if (function && function->kind == functions::FunctionClass::kGenerator) {
    return GeneratedTable(node, analysis);
  }
  if (name != "range") throw errors::UnsupportedFeature("the table-valued function " + name);
  Environment names{analysis, {}};
  std::vector<int64_t> numbers;
  for (const spec::ExpressionPtr& argument : node.arguments) {
    plan::ExpressionPtr value = ResolveExpression(*argument, names);
    numbers.push_back(AsLong(*value));
  }
  if (numbers.empty() || numbers.size() > 4) {
    throw errors::WrongNumArgs("range", "[1, 2, 3, 4]", numbers.size());
  }
  if (numbers.size() == 1) return MakeRange(0, numbers[0], 1, analysis);
  return MakeRange(numbers[0], numbers[1], numbers.size() > 2 ? numbers[2] : 1, analysis);
}

Resolved ResolveValues(const spec::Values& node, Analysis& analysis) {
  Environment names{analysis, {}};
  plan::ValuesList list;
  size_t width = node.rows.at(0).size();
  for (size_t row = 0; row < node.rows.size(); ++row) {
    if (node.rows[row].size() != width) {
      throw errors::InlineTableColumns(width, node.rows[row].size(), row);
    }
    plan::Expressions values;
    for (const spec::ExpressionPtr& value : node.rows[row]) {
      values.push_back(ResolveExpression(*value, names));
    }
    list.rows.push_back(std::move(values));
  }
  plan::Columns output;
  for (size_t i = 0; i < width; ++i) {
    std::string name = "col" + std::to_string(i + 1);
    std::vector<DataType> types;
    for (auto& row : list.rows) types.push_back(row[i]->type);
    auto common = functions::WiderType(types, analysis.call.ansi);
    if (!common) throw errors::InlineTableIncompatible(name);
    bool nullable = false;
    for (auto& row : list.rows) {
      row[i] = functions::Coerce(row[i], *common, analysis.call);
      nullable |= row[i]->nullable;
    }
    output.push_back({plan::NextColumnId(), name, *common, nullable, ""});
  }
  return Of(plan::MakeRelation(std::move(list), std::move(output)), analysis);
}

}  // namespace pyrite::analyzer
