// Relations as text, one node a line, inputs indented below; the plans of subqueries come right
// after the line that uses them.

#include "plan/print_internal.h"

namespace pyrite::plan {
namespace {

const char* JoinName(JoinType type) {
  switch (type) {
    case JoinType::kInner: return "Inner";
    case JoinType::kCross: return "Cross";
    case JoinType::kLeftOuter: return "LeftOuter";
    case JoinType::kRightOuter: return "RightOuter";
    case JoinType::kFullOuter: return "FullOuter";
    case JoinType::kLeftSemi: return "LeftSemi";
    case JoinType::kLeftAnti: return "LeftAnti";
  }
  return "";
}

const char* SetName(SetOperationType type) {
  switch (type) {
    case SetOperationType::kUnion: return "Union";
    case SetOperationType::kIntersect: return "Intersect";
    case SetOperationType::kExcept: return "Except";
  }
  return "";
}

}  // namespace

std::string Printer::Named(const NamedExpressions& expressions) {
  std::string out;
  for (const NamedExpression& named : expressions) {
    std::string text = Text(*named.expression);
    std::string id = Id(named.column.id, named.column.name);
    out += (out.empty() ? "" : ", ") + (text == id ? text : text + " AS " + id);
  }
  return "[" + out + "]";
}

std::string Printer::ColumnList(const Columns& columns) {
  std::string out;
  for (const Column& column : columns) {
    out += (out.empty() ? "" : ", ") + Id(column.id, column.name) + ": " + column.type.ToDdl() +
           (column.nullable ? "" : " not null");
  }
  return "[" + out + "]";
}

std::string Printer::LineOfAggregate(const Relation& relation) {
  auto& node = relation.As<Aggregate>();
  std::string out = "Aggregate groups=" + Named(node.groups) + " " + Named(node.aggregates);
  if (node.grouping_sets.empty()) return out;
  out += " sets=";
  for (auto& set : node.grouping_sets) {
    std::string items;
    for (size_t index : set) items += (items.empty() ? "" : ", ") + std::to_string(index);
    out += "(" + items + ")";
  }
  return out + " " + Id(node.grouping_id->id, node.grouping_id->name);
}

std::string Printer::LineOfLimit(const Limit& node) {
  std::string out = "Limit";
  if (node.limit) out += " " + Text(*node.limit);
  if (node.offset) out += " OFFSET " + Text(*node.offset);
  return out;
}

std::string Printer::Line(const Relation& relation) {
  switch (relation.kind()) {
    case RelationKind::kOneRow: return "OneRow";
    case RelationKind::kLocalData: return "LocalData " + ColumnList(relation.output);
    case RelationKind::kStoredScan: return "StoredScan " + ColumnList(relation.output);
    case RelationKind::kValuesList: {
      std::string rows;
      for (auto& row : relation.As<ValuesList>().rows) rows += " (" + List(row) + ")";
      return "Values " + ColumnList(relation.output) + rows;
    }
    case RelationKind::kRange: {
      auto& node = relation.As<Range>();
      return "Range " + std::to_string(node.start) + ", " + std::to_string(node.end) + ", " +
             std::to_string(node.step) + " " + ColumnList(relation.output);
    }
    case RelationKind::kFileScan:
      return "FileScan " + relation.As<FileScan>().format + " " + ColumnList(relation.output);
    case RelationKind::kProject: return "Project " + Named(relation.As<Project>().expressions);
    case RelationKind::kFilter: return "Filter " + Text(*relation.As<Filter>().condition);
    case RelationKind::kJoin: {
      auto& node = relation.As<Join>();
      return std::string("Join ") + (node.lateral ? "Lateral " : "") + JoinName(node.type) +
             (node.condition ? " " + Text(*node.condition) : "");
    }
    case RelationKind::kAggregate: return LineOfAggregate(relation);
    case RelationKind::kWindow: return "Window " + Named(relation.As<Window>().expressions);
    case RelationKind::kSort:
      return std::string("Sort ") + (relation.As<Sort>().is_global ? "" : "local ") +
             Keys(relation.As<Sort>().keys);
    case RelationKind::kLimit: return LineOfLimit(relation.As<Limit>());
    case RelationKind::kTail: return "Tail " + std::to_string(relation.As<Tail>().count);
    case RelationKind::kDeduplicate: {
      std::string keys;
      for (ColumnId id : relation.As<Deduplicate>().keys) keys += " " + Id(id, "");
      return "Deduplicate" + keys;
    }
    case RelationKind::kSetOperation:
      return std::string(SetName(relation.As<SetOperation>().type)) +
             (relation.As<SetOperation>().is_all ? " All " : " ") + ColumnList(relation.output);
    case RelationKind::kGenerate: {
      auto& node = relation.As<Generate>();
      return std::string("Generate ") + (node.outer ? "outer " : "") +
             functions::NameOf(*node.generator) + "(" + List(node.arguments) + ") " +
             ColumnList(relation.output);
    }
    case RelationKind::kWith: {
      std::string names;
      for (auto& definition : relation.As<With>().definitions) {
        names += (definition.step ? " recursive " : " ") + definition.name;
        ctes_.emplace(definition.id, ctes_.size() + 1);
      }
      return "With" + names;
    }
    case RelationKind::kCteRef: {
      auto& node = relation.As<CteRef>();
      auto found = ctes_.emplace(node.cte_id, ctes_.size() + 1).first;
      return "CteRef " + std::to_string(found->second) + " " + ColumnList(relation.output);
    }
    case RelationKind::kCollectMetrics:
      return "CollectMetrics " + relation.As<CollectMetrics>().name + " " +
             Named(relation.As<CollectMetrics>().metrics);
    case RelationKind::kEvalPython:
      return "EvalPython " + Named(relation.As<EvalPython>().calls) +
             (relation.As<EvalPython>().group_count ? " of groups" : "");
    case RelationKind::kMapPython: {
      auto& node = relation.As<MapPython>();
      std::string how = node.is_grouped ? std::to_string(node.key_count) + " keys" : "";
      if (node.table) how = std::to_string(node.table->kept) + " kept";
      return "MapPython " + node.function->name + "(" + how + ") " + ColumnList(relation.output);
    }
    case RelationKind::kRepartition:
      return "Repartition " + std::to_string(relation.As<Repartition>().num_partitions) + " " +
             List(relation.As<Repartition>().expressions);
  }
  return "";
}

// The inputs go first through the ids (so that they count from the leaves up), but print below.
void Printer::Tree(const Relation& relation, int depth, std::string& out) {
  std::string below;
  for (const RelationPtr& input : InputsOf(relation)) Tree(*input, depth + 1, below);
  size_t first = subqueries_.size();
  std::string line = Line(relation);
  std::vector<RelationPtr> plans(subqueries_.begin() + first, subqueries_.end());
  std::string nested;
  for (size_t i = 0; i < plans.size(); ++i) {
    nested += std::string(2 * depth + 2, ' ') + "subquery " + std::to_string(first + i + 1) + ":\n";
    Tree(*plans[i], depth + 2, nested);
  }
  out += std::string(2 * depth, ' ') + line + "\n" + nested + below;
}

std::string Print(const Relation& relation) {
  std::string out;
  Printer().Tree(relation, 0, out);
  return out;
}

}  // namespace pyrite::plan
