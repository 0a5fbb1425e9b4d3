// unpivot (melt): each row once for each value column, as an inline of an array of structs.

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

// Without given value columns: all that are no identifiers.
spec::Expressions ValuesOf(const spec::Unpivot& node, const Resolved& input, Environment& names) {
  if (node.values) return *node.values;
  std::vector<plan::ColumnId> identifiers;
  for (const spec::ExpressionPtr& id : node.ids) {
    plan::ExpressionPtr resolved = ResolveExpression(*id, names);
    if (auto* ref = resolved->TryAs<plan::ColumnRef>()) identifiers.push_back(ref->id);
  }
  spec::Expressions values;
  for (const ScopeColumn& column : input.scope->columns->all()) {
    plan::ColumnId id = column.column.id;
    if (std::find(identifiers.begin(), identifiers.end(), id) != identifiers.end()) continue;
    values.push_back(spec::Attribute(column.column.name));
  }
  return values;
}

bool IsNull(const DataType& type) { return type.Is(TypeKind::kNull); }

DataType CommonType(const spec::Expressions& values, Environment& names) {
  std::vector<DataType> types;
  std::string listed;
  for (const spec::ExpressionPtr& value : values) {
    types.push_back(ResolveExpression(*value, names)->type);
    listed += (listed.empty() ? "" : ", ") + types.back().ToSql();
  }
  auto type = functions::WiderType(types, names.analysis.call.ansi);
  // Strings and other values do not meet here.
  auto plain = [&type](const DataType& t) { return t.IsString() == type->IsString() || IsNull(t); };
  if (!type || !std::all_of(types.begin(), types.end(), plain)) {
    throw SparkError("UNPIVOT_VALUE_DATA_TYPE_MISMATCH", {{"types", listed}});
  }
  return *type;
}

}  // namespace

Resolved ResolveUnpivot(const spec::Unpivot& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  spec::Expressions values = ValuesOf(node, input, names);
  if (values.empty()) throw SparkError("UNPIVOT_REQUIRES_VALUE_COLUMNS", {});
  DataType type = CommonType(values, names);
  spec::Expressions rows;
  for (const spec::ExpressionPtr& value : values) {
    spec::ExpressionPtr name = spec::Constant(Literal::String(ColumnName(*value, names)));
    rows.push_back(spec::Call(
        "struct", {spec::Make(spec::Alias{name, {node.variable_column_name}, ""}),
                   spec::Make(spec::Alias{
                       spec::Make(spec::Cast{value, type}), {node.value_column_name}, ""})}));
  }
  spec::Project project{nullptr, node.ids};
  project.expressions.push_back(spec::Call("inline", {spec::Call("array", std::move(rows))}));
  return ResolveProject(project, std::move(input), analysis);
}

}  // namespace pyrite::analyzer
