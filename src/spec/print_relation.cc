#include "spec/print_internal.h"

namespace pyrite::spec {
namespace {

const char* Name(RelationKind kind) {
#define PYRITE_SPEC_NAME(Name) #Name,
  static constexpr const char* kNames[] = {PYRITE_SPEC_RELATIONS(PYRITE_SPEC_NAME)};
#undef PYRITE_SPEC_NAME
  return kNames[static_cast<size_t>(kind)];
}

const char* Name(JoinType type) {
  switch (type) {
    case JoinType::kInner: return "inner";
    case JoinType::kCross: return "cross";
    case JoinType::kLeftOuter: return "left outer";
    case JoinType::kRightOuter: return "right outer";
    case JoinType::kFullOuter: return "full outer";
    case JoinType::kLeftSemi: return "left semi";
    case JoinType::kLeftAnti: return "left anti";
  }
  return "";
}

const char* Name(GroupType type) {
  switch (type) {
    case GroupType::kGroupBy: return "";
    case GroupType::kRollup: return " rollup";
    case GroupType::kCube: return " cube";
    case GroupType::kPivot: return " pivot";
    case GroupType::kGroupingSets: return " grouping sets";
  }
  return "";
}

std::string OptionsText(const Options& options) {
  std::string out;
  for (const auto& [key, value] : options) out += " " + key + "='" + value + "'";
  return out;
}

std::string Columns(const std::vector<std::string>& names) {
  return names.empty() ? "" : "(" + NameList(names) + ")";
}

std::string SampleFields(const Sample& node) {
  std::string out = node.rows ? " rows " + std::to_string(*node.rows)
                              : " " + DoubleToString(node.lower_bound) + " to " +
                                    DoubleToString(node.upper_bound);
  return node.seed ? out + " seed " + std::to_string(*node.seed) : out;
}

}  // namespace

void Printer::Add(const Relation& relation) {
  Relations inputs;
  std::string fields = Fields(relation, inputs);
  std::string id = relation.plan_id ? " {plan " + std::to_string(*relation.plan_id) + "}" : "";
  Line(Name(relation.kind()) + fields + id);
  Children(inputs);
}

std::string Printer::AggregateFields(const Aggregate& node) {
  std::string out = Name(node.group_type);
  out += node.group_by_all ? " all" : " [" + List(node.grouping) + "]";
  if (!node.grouping_sets.empty()) {
    std::string sets;
    for (const Expressions& set : node.grouping_sets) {
      sets += (sets.empty() ? "(" : ", (") + List(set) + ")";
    }
    out += " sets " + sets;
  }
  if (node.pivot) {
    out += " for " + Text(node.pivot->column) + " in (" + List(node.pivot->values) + ")";
  }
  return out + " [" + List(node.aggregates) + "]" + (node.grouping_in_output ? " with keys" : "");
}

std::string Printer::JoinFields(const Join& node) {
  std::string out = std::string(" ") + Name(node.type);
  if (node.natural) out += " natural";
  if (node.lateral) out += " lateral";
  if (!node.using_columns.empty()) out += " using (" + NameList(node.using_columns) + ")";
  if (node.condition) out += " on " + Text(node.condition);
  return out;
}

std::string Printer::SetOperationFields(const SetOperation& node) {
  std::string out = node.type == SetOperationType::kUnion       ? " union"
                    : node.type == SetOperationType::kIntersect ? " intersect"
                                                                : " except";
  if (node.is_all) out += " all";
  if (node.by_name) out += " by name";
  return out;
}

// The nodes that SQL text makes are shown with all their fields; of the others, DataFrame
// functions mostly, the inputs.
std::string Printer::Fields(const Relation& r, Relations& inputs) {
  if (auto* n = r.TryAs<NamedTable>()) return " " + Dotted(n->name_parts) + OptionsText(n->options);
  if (auto* n = r.TryAs<Values>()) {
    std::string rows;
    for (const Expressions& row : n->rows) rows += (rows.empty() ? "(" : ", (") + List(row) + ")";
    return " " + rows;
  }
  if (auto* n = r.TryAs<TableValuedFunction>()) {
    return " " + Dotted(n->name_parts) + "(" + List(n->arguments) + ")";
  }
  if (auto* n = r.TryAs<Project>()) return inputs = {n->input}, " [" + List(n->expressions) + "]";
  if (auto* n = r.TryAs<Filter>()) return inputs = {n->input}, " " + Text(n->condition);
  if (auto* n = r.TryAs<Having>()) return inputs = {n->input}, " " + Text(n->condition);
  if (auto* n = r.TryAs<Aggregate>()) return inputs = {n->input}, AggregateFields(*n);
  if (auto* n = r.TryAs<Sort>()) {
    return inputs = {n->input}, (n->is_global ? " [" : " local [") + List(n->order) + "]";
  }
  if (auto* n = r.TryAs<Limit>()) return inputs = {n->input}, " " + Text(n->count);
  if (auto* n = r.TryAs<Offset>()) return inputs = {n->input}, " " + Text(n->count);
  if (auto* n = r.TryAs<Deduplicate>()) {
    return inputs = {n->input}, n->all_columns ? " all columns" : " " + NameList(n->column_names);
  }
  if (auto* n = r.TryAs<Sample>()) return inputs = {n->input}, SampleFields(*n);
  if (auto* n = r.TryAs<SubqueryAlias>()) {
    return inputs = {n->input}, " " + Dotted({n->alias}) + Columns(n->column_aliases);
  }
  if (auto* n = r.TryAs<RepartitionByExpression>()) {
    return inputs = {n->input}, " [" + List(n->expressions) + "]";
  }
  if (auto* n = r.TryAs<Hint>()) {
    return inputs = {n->input}, " " + n->name + "(" + List(n->parameters) + ")";
  }
  if (auto* n = r.TryAs<LateralView>()) {
    inputs = {n->input};
    return (n->outer ? " outer " : " ") + Text(n->generator) + " " + n->table_alias +
           Columns(n->column_aliases);
  }
  if (auto* n = r.TryAs<WithWindows>()) {
    inputs = {n->input};
    std::string out;
    for (const WindowDefinition& d : n->definitions) out += " " + d.name + " " + Text(d.window);
    return out;
  }
  if (auto* n = r.TryAs<Join>()) return inputs = {n->left, n->right}, JoinFields(*n);
  if (auto* n = r.TryAs<MapPartitions>()) {
    return inputs = {n->input}, " " + Text(n->function);
  }
  if (auto* n = r.TryAs<GroupMap>()) {
    return inputs = {n->input}, " [" + List(n->grouping) + "] " + Text(n->function);
  }
  if (auto* n = r.TryAs<CoGroupMap>()) {
    inputs = {n->left, n->right};
    return " [" + List(n->left_grouping) + "] [" + List(n->right_grouping) + "] " +
           Text(n->function);
  }
  if (auto* n = r.TryAs<SetOperation>()) {
    return inputs = {n->left, n->right}, SetOperationFields(*n);
  }
  if (auto* n = r.TryAs<With>()) {
    for (const CommonTable& table : n->tables) {
      subqueries_.emplace_back(Dotted({table.name}) + Columns(table.column_aliases), table.plan);
    }
    return inputs = {n->input}, n->recursive ? " recursive" : "";
  }
  return "";
}

}  // namespace pyrite::spec
