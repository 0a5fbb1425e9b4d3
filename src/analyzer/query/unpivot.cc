// unpivot (melt): each row once for each value column, as an inline of an array of structs.

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

using Groups = std::vector<spec::UnpivotGroup>;

// Without given value columns: all that are no identifiers.
Groups GroupsOf(const spec::Unpivot& node, const Resolved& input, Environment& names) {
  if (node.values) return *node.values;
  std::vector<plan::ColumnId> identifiers;
  for (const spec::ExpressionPtr& id : node.ids) {
    plan::ExpressionPtr resolved = ResolveExpression(*id, names);
    if (auto* ref = resolved->TryAs<plan::ColumnRef>()) identifiers.push_back(ref->id);
  }
  Groups groups;
  for (const ScopeColumn& column : input.scope->columns->all()) {
    plan::ColumnId id = column.column.id;
    if (std::find(identifiers.begin(), identifiers.end(), id) != identifiers.end()) continue;
    groups.push_back({{spec::Attribute(column.column.name)}, ""});
  }
  return groups;
}

bool IsNull(const DataType& type) { return type.Is(TypeKind::kNull); }

// Of the columns that stand at `place` in each group.
DataType CommonType(const Groups& groups, size_t place, Environment& names) {
  std::vector<DataType> types;
  std::string listed;
  for (const spec::UnpivotGroup& group : groups) {
    types.push_back(ResolveExpression(*group.columns[place], names)->type);
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

std::string NameOf(const spec::UnpivotGroup& group, Environment& names) {
  if (!group.alias.empty()) return group.alias;
  std::string name;
  for (const spec::ExpressionPtr& column : group.columns) {
    name += (name.empty() ? "" : "_") + ColumnName(*column, names);
  }
  return name;
}

void CheckSizes(const Groups& groups, const spec::Unpivot& node) {
  if (groups.empty()) throw SparkError("UNPIVOT_REQUIRES_VALUE_COLUMNS", {});
  std::string listed;
  for (const std::string& name : node.value_column_names) {
    listed += (listed.empty() ? "" : ", ") + errors::QuoteName({name});
  }
  for (const spec::UnpivotGroup& group : groups) {
    if (group.columns.size() == node.value_column_names.size()) continue;
    throw SparkError("UNPIVOT_VALUE_SIZE_MISMATCH", {{"names", listed}});
  }
}

}  // namespace

Resolved ResolveUnpivot(const spec::Unpivot& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  Groups groups = GroupsOf(node, input, names);
  CheckSizes(groups, node);
  std::vector<DataType> types;
  for (size_t i = 0; i < node.value_column_names.size(); ++i) {
    types.push_back(CommonType(groups, i, names));
  }
  spec::Expressions rows;
  for (const spec::UnpivotGroup& group : groups) {
    spec::ExpressionPtr name = spec::Constant(Literal::String(NameOf(group, names)));
    spec::Expressions fields = {spec::Make(spec::Alias{name, {node.variable_column_name}, ""})};
    for (size_t i = 0; i < types.size(); ++i) {
      fields.push_back(spec::Make(spec::Alias{
          spec::Make(spec::Cast{group.columns[i], types[i]}), {node.value_column_names[i]}, ""}));
    }
    rows.push_back(spec::Call("struct", std::move(fields)));
  }
  spec::Project project{nullptr, node.ids, ""};
  project.expressions.push_back(spec::Call("inline", {spec::Call("array", std::move(rows))}));
  return ResolveProject(project, std::move(input), analysis);
}

}  // namespace pyrite::analyzer
