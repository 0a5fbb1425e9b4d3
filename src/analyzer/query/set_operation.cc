// UNION, INTERSECT, EXCEPT: chains of UNION ALL become one node; columns get Spark's common types.

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/by_name.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

plan::SetOperationType PlanType(spec::SetOperationType type) {
  return static_cast<plan::SetOperationType>(type);
}

const char* NameOf(spec::SetOperationType type, bool is_all) {
  switch (type) {
    case spec::SetOperationType::kUnion: return "UNION";
    case spec::SetOperationType::kIntersect: return is_all ? "INTERSECT ALL" : "INTERSECT";
    case spec::SetOperationType::kExcept: return is_all ? "EXCEPT ALL" : "EXCEPT";
  }
  return "";
}

bool IsPlainUnion(const spec::SetOperation& node) {
  return node.type == spec::SetOperationType::kUnion && node.is_all && !node.by_name;
}

// The operands of a left-deep chain of plain UNION ALL, or the two of any other operation.
std::vector<const spec::Relation*> Operands(const spec::SetOperation& node) {
  std::vector<const spec::Relation*> reversed = {node.right.get()};
  const spec::Relation* left = node.left.get();
  while (IsPlainUnion(node)) {
    auto* below = left->TryAs<spec::SetOperation>();
    if (!below || !IsPlainUnion(*below)) break;
    reversed.push_back(below->right.get());
    left = below->left.get();
  }
  reversed.push_back(left);
  return {reversed.rbegin(), reversed.rend()};
}

std::vector<DataType> CommonTypes(const std::vector<plan::RelationPtr>& inputs, const char* name,
                                  const Analysis& analysis) {
  std::vector<DataType> types;
  for (size_t column = 0; column < inputs[0]->output.size(); ++column) {
    DataType common = inputs[0]->output[column].type;
    for (size_t i = 1; i < inputs.size(); ++i) {
      const DataType& other = inputs[i]->output[column].type;
      auto wider = functions::WiderType(common, other, analysis.call.ansi);
      // Fields of structs go by their places; the first operand names them.
      if (!wider && common.SameStructure(other)) wider = common.AsNullable();
      if (!wider) throw errors::IncompatibleColumnType(name, i + 1, column + 1, common, other);
      common = std::move(*wider);
    }
    types.push_back(std::move(common));
  }
  return types;
}

plan::RelationPtr CastTo(plan::RelationPtr input, const std::vector<DataType>& types,
                         const Analysis& analysis) {
  bool same = true;
  for (size_t i = 0; i < types.size(); ++i) {
    same &= input->output[i].type.SameType(types[i]);
  }
  if (same) return input;
  plan::NamedExpressions items;
  for (size_t i = 0; i < types.size(); ++i) {
    plan::Column column = input->output[i];
    plan::ExpressionPtr value = plan::MakeRef(column);
    if (!column.type.SameType(types[i])) {
      // Fields go by their places, whatever their names.
      bool renamed = column.type.SameStructure(types[i]);
      value = renamed ? plan::MakeCast(value, types[i], plan::EvalMode::kLegacy)
                      : functions::Coerce(value, types[i], analysis.call);
      column = {plan::NextColumnId(), column.name, value->type, value->nullable, ""};
    }
    items.push_back({std::move(column), std::move(value)});
  }
  return plan::MakeProject(std::move(input), std::move(items));
}

plan::Columns OutputOf(const std::vector<plan::RelationPtr>& inputs,
                       const std::vector<DataType>& types, spec::SetOperationType type) {
  plan::Columns output;
  for (size_t i = 0; i < types.size(); ++i) {
    plan::Column column = inputs[0]->output[i];
    column.id = plan::NextColumnId();
    column.type = types[i];
    for (size_t k = 1; k < inputs.size(); ++k) {
      bool other = inputs[k]->output[i].nullable;
      if (type == spec::SetOperationType::kUnion) column.nullable |= other;
      if (type == spec::SetOperationType::kIntersect) column.nullable &= other;
    }
    output.push_back(std::move(column));
  }
  return output;
}

bool HoldsMap(const DataType& type) {
  if (type.Is(TypeKind::kMap)) return true;
  if (type.Is(TypeKind::kArray)) return HoldsMap(type.element());
  if (!type.Is(TypeKind::kStruct)) return false;
  const auto& fields = type.fields();
  return std::any_of(fields.begin(), fields.end(),
                     [](const StructField& field) { return HoldsMap(field.type); });
}

// Rows with maps cannot be compared.
void RefuseMaps(const plan::Columns& columns) {
  for (const plan::Column& column : columns) {
    if (!HoldsMap(column.type)) continue;
    throw SparkError("UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                     {{"colName", errors::QuoteName({column.name})},
                      {"dataType", errors::Quoted(column.type.ToSql())}});
  }
}

// The columns under the first operand's qualifiers.
ColumnListPtr ListedAs(const Scope& first, const plan::Columns& output, bool case_sensitive) {
  const ScopeColumns& named = first.columns->all();
  ScopeColumns columns;
  for (size_t i = 0; i < output.size(); ++i) {
    Qualifier qualifier = named.size() == output.size() ? named[i].qualifier : nullptr;
    columns.push_back({output[i], std::move(qualifier), output[i].id});
  }
  return ColumnList::Make(std::move(columns), case_sensitive);
}

// A union whose first operand is one, too, has that one's operands: hundreds of unionByName, one
// over the other, are a single node.
void Splice(std::vector<plan::RelationPtr>& inputs) {
  auto* first = inputs[0]->TryAs<plan::SetOperation>();
  if (!first || first->type != plan::SetOperationType::kUnion || !first->is_all) return;
  std::vector<plan::RelationPtr> all = first->inputs;
  all.insert(all.end(), std::make_move_iterator(inputs.begin() + 1),
             std::make_move_iterator(inputs.end()));
  inputs = std::move(all);
}

}  // namespace

Resolved ResolveSetOperation(const spec::SetOperation& node, Analysis& analysis) {
  std::vector<plan::RelationPtr> inputs;
  std::vector<ScopePtr> scopes;
  for (const spec::Relation* operand : Operands(node)) {
    Resolved resolved = ResolveRelation(*operand, analysis);
    inputs.push_back(Materialize(resolved));
    scopes.push_back(resolved.scope);
  }
  const char* name = NameOf(node.type, node.is_all);
  if (node.by_name) {
    AlignByName(inputs[0], inputs[1], node.allow_missing_columns, analysis);
  }
  for (size_t i = 1; i < inputs.size(); ++i) {
    if (inputs[i]->output.size() != inputs[0]->output.size()) {
      throw errors::NumColumnsMismatch(name, inputs[0]->output.size(), i + 1,
                                       inputs[i]->output.size());
    }
  }
  std::vector<DataType> types = CommonTypes(inputs, name, analysis);
  bool compares = node.type != spec::SetOperationType::kUnion || !node.is_all;
  if (compares) RefuseMaps(inputs[0]->output);
  for (plan::RelationPtr& input : inputs) input = CastTo(std::move(input), types, analysis);
  plan::Columns output = OutputOf(inputs, types, node.type);
  if (node.type == spec::SetOperationType::kUnion && node.is_all) Splice(inputs);
  Resolved result;
  auto scope = std::make_shared<Scope>();
  scope->columns = ListedAs(*scopes[0], output, analysis.case_sensitive);
  scope->inputs = std::move(scopes);
  result.scope = std::move(scope);
  plan::SetOperation operation{std::move(inputs), PlanType(node.type), node.is_all};
  result.plan = plan::MakeRelation(std::move(operation), std::move(output));
  return result;
}

}  // namespace pyrite::analyzer
