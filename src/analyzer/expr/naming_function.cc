// Names of calls: operators in infix form, CASE, and name(arguments) for the rest.

#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming_internal.h"
#include "functions/whole_bound.h"

namespace pyrite::analyzer {
namespace {

using Texts = std::vector<std::string>;

const char* InfixOf(const std::string& name) {
  static const std::unordered_map<std::string, const char*> kInfix = {
      {"+", "+"},   {"-", "-"}, {"*", "*"},     {"/", "/"}, {"%", "%"},     {"div", "div"},
      {"==", "="},  {"=", "="}, {"<=>", "<=>"}, {"<", "<"}, {"<=", "<="},   {">", ">"},
      {">=", ">="}, {"&", "&"}, {"|", "|"},     {"^", "^"}, {"and", "AND"}, {"or", "OR"}};
  auto found = kInfix.find(name);
  return found == kInfix.end() ? nullptr : found->second;
}

std::string Join(const Texts& texts, size_t first = 0) {
  std::string out;
  for (size_t i = first; i < texts.size(); ++i) out += (i == first ? "" : ", ") + texts[i];
  return out;
}

std::string CaseName(const Texts& texts) {
  std::string out = "CASE";
  size_t i = 0;
  for (; i + 1 < texts.size(); i += 2) out += " WHEN " + texts[i] + " THEN " + texts[i + 1];
  if (i < texts.size()) out += " ELSE " + texts[i];
  return out + " END";
}

// int(x) and its kind are casts that do not show.
bool IsCastFunction(const std::string& name) {
  static const std::unordered_set<std::string> kTypes = {
      "boolean", "tinyint", "smallint", "int",  "bigint",    "float",
      "double",  "decimal", "string",   "date", "timestamp", "binary"};
  return kTypes.contains(name);
}

// Forms that are no plain name(arguments); empty when the name has none.
std::string SpecialForm(const std::string& name, const Texts& texts) {
  if (texts.size() == 2) {
    if (const char* infix = InfixOf(name)) {
      return "(" + texts[0] + " " + infix + " " + texts[1] + ")";
    }
    if (name == "!=" || name == "<>") return "(NOT (" + texts[0] + " = " + texts[1] + "))";
    if (name == "like" || name == "ilike") {
      return (name == "ilike" ? "ilike(" + texts[0] + ", " + texts[1] + ")"
                              : texts[0] + " LIKE " + texts[1]);
    }
    if (name == "rlike") return "RLIKE(" + texts[0] + ", " + texts[1] + ")";
    if (name == "extract" || name == "datepart")
      return name + "(" + texts[0] + " FROM " + texts[1] + ")";
    if (name == "<<" || name == ">>" || name == ">>>") {
      return "(" + texts[0] + " " + name + " " + texts[1] + ")";
    }
  }
  if (texts.size() == 1) {
    if (name == "not" || name == "!") return "(NOT " + texts[0] + ")";
    if (name == "isnull") return "(" + texts[0] + " IS NULL)";
    if (name == "isnotnull") return "(" + texts[0] + " IS NOT NULL)";
    if (name == "-" || name == "negative") {
      return name == "-" ? "(- " + texts[0] + ")" : "negative(" + texts[0] + ")";
    }
    if (name == "+" || name == "positive") return "(+ " + texts[0] + ")";
    if (name == "~") return "~" + texts[0];
  }
  if (texts.size() == 3 && name == "like") {
    return texts[0] + " LIKE " + texts[1] + " ESCAPE '" + texts[2] + "'";
  }
  if (texts.size() == 1 && IsCastFunction(name)) return texts[0];
  if (texts.size() == 2 && (name == "trim" || name == "ltrim" || name == "rtrim")) {
    const char* side = name[0] == 'l' ? "LEADING " : name[0] == 'r' ? "TRAILING " : "BOTH ";
    return "TRIM(" + std::string(side) + texts[0] + " FROM " + texts[1] + ")";
  }
  if (name == "when" || name == "case") return CaseName(texts);
  if (name == "in" && !texts.empty()) return "(" + texts[0] + " IN (" + Join(texts, 1) + "))";
  if (name == "if" && texts.size() == 3) return "(IF(" + Join(texts) + "))";
  if (name == "||") return "concat(" + Join(texts) + ")";
  return "";
}

Texts ArgumentTexts(const spec::UnresolvedFunction& node, const std::string& name,
                    Environment& names) {
  Texts texts;
  for (const spec::ExpressionPtr& given : node.arguments) {
    spec::ExpressionPtr argument = Parsed(given, names.analysis);
    auto* star = argument->TryAs<spec::UnresolvedStar>();
    if (!star) {
      texts.push_back(PrettyName(*argument, names));
    } else if (name == "count" && node.arguments.size() == 1 && !node.is_distinct) {
      texts.push_back("1");
    } else {
      for (const plan::NamedExpression& item : ExpandStar(*star, names)) {
        texts.push_back(item.column.name);
      }
    }
  }
  return texts;
}

// The type of an operand that is quickly resolved: nothing for sums of sums, which can be deep.
std::optional<DataType> TypeOf(const spec::Expression& operand, Environment& names) {
  if (auto* literal = operand.TryAs<spec::LiteralValue>()) return literal->literal.type;
  auto* call = operand.TryAs<spec::UnresolvedFunction>();
  bool plain = operand.kind() == spec::ExpressionKind::kUnresolvedAttribute ||
               operand.kind() == spec::ExpressionKind::kCast;
  if (!plain && (!call || InfixOf(FoldCase(call->name_parts.back(), false)))) return std::nullopt;
  try {
    return ResolveExpression(operand, names)->type;
  } catch (const SparkError&) {  // the name is for a message about it
    return std::nullopt;
  }
}

bool IsCalendar(const std::optional<DataType>& type) {
  return type && type->Is(TypeKind::kCalendarInterval);
}

// An interval times a number, or divided by one.
std::string ScaledInterval(const spec::UnresolvedFunction& node, const std::string& name,
                           const Texts& texts, Environment& names) {
  if ((name != "*" && name != "/") || texts.size() != 2) return "";
  if (IsCalendar(TypeOf(*node.arguments[0], names))) {
    return std::string(name == "*" ? "multiply" : "divide") + "_interval(" + Join(texts) + ")";
  }
  if (name == "/" || !IsCalendar(TypeOf(*node.arguments[1], names))) return "";
  return "multiply_interval(" + texts[1] + ", " + texts[0] + ")";
}

bool IsDays(const std::optional<DataType>& type) { return type && type->IsIntegral(); }

// Whether a moment, perhaps in a text, is moved by the interval.
bool IsMovedBy(const std::optional<DataType>& moment, const std::optional<DataType>& interval) {
  if (!moment || !interval) return false;
  if (!interval->IsAnsiInterval() && !IsCalendar(interval)) return false;
  return moment->IsDatetime() ||
         (moment->IsString() && !interval->Is(TypeKind::kYearMonthInterval));
}

// date + interval, date + days: Spark's names say which expression came of them.
std::string TemporalSum(const spec::UnresolvedFunction& node, const std::string& name, Texts texts,
                        Environment& names) {
  if ((name != "+" && name != "-") || texts.size() != 2) return "";
  auto left = TypeOf(*node.arguments[0], names);
  auto right = TypeOf(*node.arguments[1], names);
  const std::string days = name == "+" ? "date_add(" : "date_sub(";
  if (name == "+" && IsMovedBy(right, left)) {
    std::swap(left, right);
    std::swap(texts[0], texts[1]);
  }
  bool is_date = left && left->Is(TypeKind::kDate);
  if (is_date && IsDays(right)) return days + Join(texts) + ")";
  if (name == "+" && IsDays(left) && right && right->Is(TypeKind::kDate)) {
    return days + texts[1] + ", " + texts[0] + ")";
  }
  if (!IsMovedBy(left, right)) return "";
  if (is_date && right->ToSql() == "INTERVAL DAY") {
    return days + texts[0] + ", extractansiintervaldays(" + texts[1] + "))";
  }
  return texts[0] + " " + name + " " + texts[1];
}

// integer < 2.5 is shown as integer < 3; empty for other comparisons.
std::string ComparisonWithWhole(const spec::UnresolvedFunction& node, const std::string& name,
                                const Texts& texts, Environment& names) {
  if (texts.size() != 2 || (name[0] != '<' && name[0] != '>')) return "";
  for (size_t side = 0; side < 2; ++side) {
    const auto* literal = node.arguments[side]->TryAs<spec::LiteralValue>();
    if (!literal) continue;
    auto bound =
        functions::FindWholeBound(side == 1 ? name : functions::Flipped(name), literal->literal);
    if (!bound || !ResolveExpression(*node.arguments[1 - side], names)->type.IsIntegral()) continue;
    if (!bound->number) return bound->result ? "true" : "false";
    std::string number = std::to_string(*bound->number);
    return "(" +
           (side == 1 ? texts[0] + " " + name + " " + number
                      : number + " " + name + " " + texts[1]) +
           ")";
  }
  return "";
}

}  // namespace

namespace {

// The order of WITHIN GROUP without what is the default: "x", "x DESC".
std::string OrderText(const spec::Expression& order, Environment& names) {
  std::string text = SortText(order, names);
  for (const char* suffix : {" NULLS FIRST", " NULLS LAST", " ASC"}) {
    if (text.ends_with(suffix)) text.resize(text.size() - std::string_view(suffix).size());
  }
  return text;
}

bool IsPercentile(const std::string& name) {
  return name == "percentile_cont" || name == "percentile_disc";
}

}  // namespace

namespace {

// (a, 1) is shown as the function that it becomes.
std::string RowText(const spec::UnresolvedFunction& node, const Texts& texts) {
  Texts fields;
  for (size_t i = 0; i < texts.size(); ++i) {
    const spec::Expression& field = *node.arguments[i];
    std::string name = "col" + std::to_string(i + 1);
    if (auto* alias = field.TryAs<spec::Alias>()) name = alias->names.at(0);
    if (auto* column = field.TryAs<spec::UnresolvedAttribute>()) name = column->name_parts.back();
    fields.push_back(std::move(name));
    fields.push_back(texts[i]);
  }
  return "named_struct(" + Join(fields) + ")";
}

}  // namespace

spec::ExpressionPtr RegisteredFunction(const spec::UnresolvedFunction& node,
                                       const Environment& names) {
  const catalog::Catalog* catalog = names.analysis.context.catalog;
  if (!catalog || functions::Find(FoldCase(node.name_parts.back(), false))) return nullptr;
  return catalog->FindFunction(node.name_parts);
}

std::string FunctionText(const spec::UnresolvedFunction& node, Environment& names) {
  if (spec::ExpressionPtr registered = RegisteredFunction(node, names)) {
    Texts texts;
    for (const spec::ExpressionPtr& argument : node.arguments) {
      texts.push_back(PrettyName(*argument, names));
    }
    return registered->As<spec::PythonUdf>().name + "(" + Join(texts) + ")";
  }
  std::string name = FoldCase(node.name_parts.back(), false);
  if (const plan::Column* window = TimeWindowColumn(names); window && window->name == name) {
    return name;
  }
  Texts texts = ArgumentTexts(node, name, names);
  if (node.is_row && texts.size() == node.arguments.size()) return RowText(node, texts);
  // The least of the most frequent values is the first one in descending order.
  if (name == "mode" && texts.size() == 2 && texts[1] == "true") {
    return "mode() WITHIN GROUP (ORDER BY " + texts[0] + " DESC)";
  }
  if (name == "mode" && texts.empty() && node.within_group.size() == 1) {
    std::string order = OrderText(*node.within_group[0], names);
    return "mode() WITHIN GROUP (ORDER BY " + order + (order.ends_with(" DESC") ? "" : " DESC") +
           ")";
  }
  if (name == "from_json" && texts.size() > 1 && FoldCase(texts[1], false).starts_with("map<")) {
    return "entries";
  }
  std::string out = TemporalSum(node, name, texts, names);
  if (out.empty()) out = ScaledInterval(node, name, texts, names);
  if (out.empty()) out = ComparisonWithWhole(node, name, texts, names);
  if (out.empty()) out = SpecialForm(name, texts);
  if (out.empty()) {
    std::string shown = DisplayName(name, texts);
    // Spark forgets under which name these were called.
    if (node.ignore_nulls && shown == "first_value") shown = "first";
    if (node.ignore_nulls && shown == "last_value") shown = "last";
    out = shown + "(" + (node.is_distinct ? "DISTINCT " : "") + Join(texts) + ")";
  }
  if (node.ignore_nulls && name == "nth_value") out += " ignore nulls";
  if (!node.within_group.empty()) {
    Texts orders;
    for (const spec::ExpressionPtr& order : node.within_group) {
      orders.push_back(IsPercentile(name) ? OrderText(*order, names) : SortText(*order, names));
    }
    out += " WITHIN GROUP (ORDER BY " + Join(orders) + ")";
  }
  if (node.filter) out += " FILTER (WHERE " + PrettyName(*node.filter, names) + ")";
  return out;
}

}  // namespace pyrite::analyzer
