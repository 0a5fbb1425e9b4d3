#include "engine/physical_plan.h"

#include <cctype>
#include <unordered_map>

#include "base/json.h"

namespace pyrite::engine {
namespace {

using Names = std::unordered_map<std::string, std::string>;

// A hash join has all rows of its right side in the memory of this process: it is a broadcast one.
constexpr std::pair<std::string_view, std::string_view> kOperators[] = {
    {"ARROW_SCAN_DUMB", "LocalTableScan"},
    {"BLOCKWISE_NL_JOIN", "BroadcastNestedLoopJoin"},
    {"COLUMN_DATA_SCAN", "InMemoryTableScan"},
    {"CROSS_PRODUCT", "CartesianProduct"},
    {"DUMMY_SCAN", "Scan OneRowRelation"},
    {"EMPTY_RESULT", "LocalTableScan <empty>"},
    {"FILTER", "Filter"},
    {"HASH_GROUP_BY", "HashAggregate"},
    {"HASH_JOIN", "BroadcastHashJoin"},
    {"IE_JOIN", "SortMergeJoin"},
    {"LIMIT", "GlobalLimit"},
    {"NESTED_LOOP_JOIN", "BroadcastNestedLoopJoin"},
    {"ORDER_BY", "Sort"},
    {"PARTITIONED_AGGREGATE", "HashAggregate"},
    {"PERFECT_HASH_GROUP_BY", "HashAggregate"},
    {"PIECEWISE_MERGE_JOIN", "SortMergeJoin"},
    {"PROJECTION", "Project"},
    {"RANGE", "Range"},
    {"READ_PARQUET", "FileScan parquet"},
    {"RESERVOIR_SAMPLE", "Sample"},
    {"STREAMING_LIMIT", "GlobalLimit"},
    {"STREAMING_SAMPLE", "Sample"},
    {"STREAMING_WINDOW", "Window"},
    {"TOP_N", "TakeOrderedAndProject"},
    {"UNGROUPED_AGGREGATE", "HashAggregate"},
    {"UNION", "Union"},
    {"UNNEST", "Generate"},
    {"WINDOW", "Window"},
};

// Others by DuckDB's name: CteScan for CTE_SCAN.
std::string OperatorName(std::string_view name) {
  while (name.ends_with(' ')) name.remove_suffix(1);
  for (const auto& [duckdb, spark] : kOperators) {
    if (name == duckdb) return std::string(spark);
  }
  std::string words;
  bool begins = true;
  for (char c : name) {
    bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (letter) words += static_cast<char>(begins ? c : std::tolower(c));
    begins = !letter;
  }
  return words;
}

// Columns are "c4" to DuckDB, "name#4" in the logical plan.
void CollectNames(const plan::Relation& relation, Names& names) {
  for (const plan::Column& column : relation.output) {
    std::string id = std::to_string(column.id);
    names.emplace("c" + id, column.name + "#" + id);
  }
  for (const plan::RelationPtr& input : plan::InputsOf(relation)) CollectNames(*input, names);
}

bool InWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Puts names for columns, and for "#2" the third of the columns below.
std::string Renamed(std::string_view text, const Names& names,
                    const std::vector<std::string>& below) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    while (end < text.size() && InWord(text[end])) ++end;
    std::string word(text.substr(at, end - at));
    at = end;
    if (word[0] == '#' && word.size() > 1 && std::isdigit(word[1])) {
      size_t index = std::stoul(word.substr(1));
      out += index < below.size() ? below[index] : word;
    } else if (InWord(word[0])) {
      auto known = names.find(word);
      out += known == names.end() ? word : known->second;
    } else {
      out += word[0];
      at -= word.size() - 1;
    }
  }
  return out;
}

// The columns of leaves, which DuckDB does not tell: of those that are the only one of their kind.
void CollectLeaves(const plan::Relation& relation, Names& leaves) {
  std::string kind;
  switch (relation.kind()) {
    case plan::RelationKind::kStoredScan: kind = "InMemoryTableScan"; break;
    case plan::RelationKind::kLocalData: kind = "LocalTableScan"; break;
    case plan::RelationKind::kRange: kind = "Range"; break;
    default: break;
  }
  if (!kind.empty()) {
    std::string columns;
    for (const plan::Column& column : relation.output) {
      columns += (columns.empty() ? "" : ", ") + column.name + "#" + std::to_string(column.id);
    }
    auto [leaf, is_first] = leaves.emplace(kind, " [" + columns + "]");
    if (!is_first) leaf->second.clear();
  }
  for (const plan::RelationPtr& input : plan::InputsOf(relation)) CollectLeaves(*input, leaves);
}

class Printer {
 public:
  Printer(const plan::Relation& plan, bool statistics) : statistics_(statistics) {
    CollectNames(plan, names_);
    CollectLeaves(plan, leaves_);
  }

  // Prints a node; gives the columns that are known of it.
  std::vector<std::string> Print(const Json& node, const std::string& first,
                                 const std::string& rest) {
    const Json* children = node.Find("children");
    size_t line = text_.size();
    std::vector<std::string> below;
    for (size_t i = 0; i < children->items.size(); ++i) {
      bool last = i + 1 == children->items.size();
      auto columns =
          Print(children->items[i], rest + (last ? "+- " : ":- "), rest + (last ? "   " : ":  "));
      below.insert(below.end(), columns.begin(), columns.end());
    }
    std::vector<std::string> made;
    std::string name = OperatorName(node.Find("name")->text);
    std::string details = Details(*node.Find("extra_info"), below, made);
    if (auto leaf = leaves_.find(name); leaf != leaves_.end()) name += leaf->second;
    text_.insert(line, first + name + details + "\n");
    // What passes its rows on has the columns below.
    bool passes = name == "Filter" || name == "Sort" || name == "GlobalLimit" ||
                  name == "TakeOrderedAndProject" || name == "Sample";
    return passes ? below : made;
  }

  std::string Take() { return std::move(text_); }

 private:
  std::string Details(const Json& details, const std::vector<std::string>& below,
                      std::vector<std::string>& made) {
    std::string out, rows;
    for (const auto& [key, value] : details.members) {
      if (key == "Estimated Cardinality") {
        rows = value.text;
      } else if (key != "Function" && key != "Type") {
        std::string part = Detail(key, value, below, made);
        if (!part.empty()) out += (out.empty() ? " " : ", ") + part;
      }
    }
    if (statistics_ && !rows.empty()) out += ", Statistics(rowCount=" + rows + ")";
    return out;
  }

  std::string Detail(const std::string& key, const Json& value,
                     const std::vector<std::string>& below, std::vector<std::string>& made) {
    bool makes = key == "Projections" || key == "Groups" || key == "Aggregates";
    bool is_list = value.kind == Json::Kind::kArray;
    std::string out;
    for (const Json& item : is_list ? value.items : std::vector<Json>{value}) {
      std::string text = Renamed(item.text, names_, below);
      if (text.empty()) continue;
      if (makes) made.push_back(text);
      out += (out.empty() ? "" : ", ") + text;
    }
    if (key == "Join Type") {
      for (size_t i = 1; i < out.size(); ++i) out[i] = static_cast<char>(std::tolower(out[i]));
      return out;
    }
    if (key == "Conditions" || key == "Expression" || key == "Top" || key == "Limit") return out;
    std::string label = key == "Groups" ? "keys=" : key == "Aggregates" ? "functions=" : "";
    if (label.empty() && !makes && key != "Order By") label = key + ": ";
    return label + "[" + out + "]";
  }

  Names names_, leaves_;
  const bool statistics_;
  std::string text_;
};

}  // namespace

std::string PhysicalPlanText(const std::string& explained, const plan::Relation& plan,
                             bool statistics) {
  Printer printer(plan, statistics);
  for (const Json& root : ParseJson(explained).items) printer.Print(root, "", "");
  return printer.Take();
}

}  // namespace pyrite::engine
