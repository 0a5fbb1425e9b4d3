// Rows made of rows by Python: mapInPandas, and the same for groups and cogroups.

#include "analyzer/query/map_python.h"

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"

namespace pyrite::analyzer {
namespace {

using plan::EvalType;

plan::PythonFunctionPtr FunctionOf(const spec::Expression& expression,
                                   std::initializer_list<EvalType> types, const char* what,
                                   const Analysis& analysis) {
  auto* udf = expression.TryAs<spec::PythonUdf>();
  if (!udf)
    throw errors::UnsupportedFeature(std::string(what) + " by a function of another language");
  plan::PythonFunctionPtr function = PythonFunctionOf(*udf, analysis);
  for (EvalType type : types) {
    if (function->Is(type)) return function;
  }
  throw errors::UnsupportedFeature(std::string(what) + " by a function of this kind");
}

const DataType& ResultType(const spec::Expression& function) {
  return function.As<spec::PythonUdf>().output_type;
}

// The keys as columns of their own.
plan::NamedExpressions KeysOf(const spec::Expressions& grouping, const Resolved& input,
                              Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  plan::NamedExpressions keys;
  for (const spec::ExpressionPtr& expression : grouping) {
    plan::ExpressionPtr key = ResolveExpression(*expression, names);
    plan::Column column{plan::NextColumnId(), ColumnName(*expression, names), key->type,
                        key->nullable, ""};
    keys.push_back({column, std::move(key)});
  }
  return keys;
}

plan::NamedExpression Renewed(const plan::Column& column) {
  plan::Column renewed = column;
  renewed.id = plan::NextColumnId();
  return {renewed, plan::MakeRef(column)};
}

// A side of a cogroup: the keys, which side it is, its keys and columns; NULL where the other side
// has its own.
plan::RelationPtr Side(const Resolved& side, const plan::NamedExpressions& keys, bool is_right,
                       const plan::Columns& left, const plan::Columns& right) {
  plan::NamedExpressions items;
  for (const plan::NamedExpression& key : keys) items.push_back(key);
  plan::Column mark{plan::NextColumnId(), "side", DataType::Boolean(), false, ""};
  items.push_back({mark, plan::MakeConstant(Literal::Boolean(is_right))});
  auto own = [&] {
    for (const plan::NamedExpression& key : keys) {
      items.push_back({key.column, key.expression});
      items.back().column.id = plan::NextColumnId();
    }
    for (const plan::Column& column : side.plan->output) items.push_back(Renewed(column));
  };
  auto nothing = [&](const plan::Columns& columns) {
    for (plan::Column column : columns) {
      column.id = plan::NextColumnId();
      items.push_back({column, plan::MakeConstant(Literal::Null(column.type))});
    }
  };
  if (is_right) nothing(left);
  own();
  if (!is_right) nothing(right);
  return plan::MakeProject(side.plan, std::move(items));
}

plan::Columns WithKeys(const plan::NamedExpressions& keys, const Resolved& side) {
  plan::Columns columns;
  for (const plan::NamedExpression& key : keys) columns.push_back(key.column);
  columns.insert(columns.end(), side.plan->output.begin(), side.plan->output.end());
  return columns;
}

// Both sides' rows under one another.
plan::RelationPtr BothSides(const plan::RelationPtr& left, const plan::RelationPtr& right,
                            const plan::Columns& left_columns, size_t key_count) {
  plan::Columns output;
  for (size_t i = 0; i < left->output.size(); ++i) {
    bool of_right = i > key_count + left_columns.size();
    plan::Column column = (of_right ? right : left)->output[i];
    column.id = plan::NextColumnId();
    column.nullable = column.nullable || left->output[i].nullable || right->output[i].nullable;
    output.push_back(std::move(column));
  }
  return plan::MakeRelation(plan::SetOperation{{left, right}, plan::SetOperationType::kUnion, true},
                            std::move(output));
}

}  // namespace

Resolved RowsOfPython(plan::MapPython node, const DataType& type, const Analysis& analysis) {
  plan::Columns output;
  for (const StructField& field : type.fields()) {
    output.push_back(
        {plan::NextColumnId(), field.name, field.type, field.nullable, field.metadata});
  }
  Resolved result;
  result.scope = ScopeOf(output, nullptr, analysis.case_sensitive);
  result.plan = plan::MakeRelation(std::move(node), std::move(output));
  return result;
}

Resolved ResolveMapPartitions(const spec::MapPartitions& node, Resolved input, Analysis& analysis) {
  DropHidden(input);
  plan::MapPython map;
  map.function = FunctionOf(*node.function, {EvalType::kMapPandas, EvalType::kMapArrow},
                            "mapping of partitions", analysis);
  map.input = input.plan;
  return RowsOfPython(std::move(map), ResultType(*node.function), analysis);
}

Resolved ResolveGroupMap(const spec::GroupMap& node, Resolved input, Analysis& analysis) {
  DropHidden(input);
  plan::MapPython map;
  map.function =
      FunctionOf(*node.function,
                 {EvalType::kGroupedMapPandas, EvalType::kGroupedMapArrow,
                  EvalType::kGroupedMapPandasIterator, EvalType::kGroupedMapArrowIterator},
                 "mapping of groups", analysis);
  map.is_grouped = true;
  map.key_count = node.grouping.size();
  plan::NamedExpressions items = KeysOf(node.grouping, input, analysis);
  for (const plan::Column& column : input.plan->output) items.push_back(Renewed(column));
  map.input = plan::MakeProject(input.plan, std::move(items));
  return RowsOfPython(std::move(map), ResultType(*node.function), analysis);
}

Resolved ResolveCoGroupMap(const spec::CoGroupMap& node, Analysis& analysis) {
  Resolved left = ResolveRelation(*node.left, analysis);
  Resolved right = ResolveRelation(*node.right, analysis);
  DropHidden(left);
  DropHidden(right);
  plan::NamedExpressions left_keys = KeysOf(node.left_grouping, left, analysis);
  plan::NamedExpressions right_keys = KeysOf(node.right_grouping, right, analysis);
  if (left_keys.size() != right_keys.size()) {
    throw errors::UnsupportedFeature("cogroups by keys of different numbers");
  }
  plan::MapPython map;
  map.function =
      FunctionOf(*node.function, {EvalType::kCogroupedMapPandas, EvalType::kCogroupedMapArrow},
                 "mapping of cogroups", analysis);
  map.is_grouped = true;
  map.key_count = left_keys.size();
  for (size_t i = 0; i < left_keys.size(); ++i) {
    if (left_keys[i].column.type.SameType(right_keys[i].column.type)) continue;
    throw errors::UnsupportedFeature("cogroups by keys of different types");
  }
  plan::Columns left_columns = WithKeys(left_keys, left);
  plan::Columns right_columns = WithKeys(right_keys, right);
  map.left_count = left_columns.size();
  map.input = BothSides(Side(left, left_keys, false, left_columns, right_columns),
                        Side(right, right_keys, true, left_columns, right_columns), left_columns,
                        map.key_count);
  return RowsOfPython(std::move(map), ResultType(*node.function), analysis);
}

}  // namespace pyrite::analyzer
