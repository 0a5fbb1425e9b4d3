#include "analyzer/query/table_argument.h"

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "analyzer/session_options.h"
#include "sql/parser.h"

namespace pyrite::analyzer {
namespace {

using Answer = plan::TableFunctionAnalysis;

spec::ExpressionPtr Parse(const std::string& text, const Analysis& analysis) {
  return sql::ParseExpression(text, ParserOptionsOf(analysis));
}

spec::ExpressionPtr OrderOf(const Answer::Order& order, const Analysis& analysis) {
  spec::ExpressionPtr key = Parse(order.text, analysis);
  if (auto* alias = key->TryAs<spec::Alias>()) {
    throw SparkError("UDTF_INVALID_ALIAS_IN_REQUESTED_ORDERING_STRING_FROM_ANALYZE_METHOD",
                     {{"aliasName", alias->names.at(0)}});
  }
  auto nulls = spec::NullOrdering::kDefault;
  if (order.nulls_first) {
    nulls = *order.nulls_first ? spec::NullOrdering::kFirst : spec::NullOrdering::kLast;
  }
  auto direction =
      order.ascending ? spec::SortDirection::kAscending : spec::SortDirection::kDescending;
  return spec::Make(spec::SortOrder{std::move(key), direction, nulls});
}

spec::ExpressionPtr ItemOf(const Answer::Item& item, const TableOfCall& table, Analysis analysis) {
  spec::ExpressionPtr value = Parse(item.text, analysis);
  if (!item.alias.empty()) return spec::Make(spec::Alias{std::move(value), {item.alias}, ""});
  Environment names{analysis, {table.rows.scope}};
  if (value->kind() == spec::ExpressionKind::kUnresolvedAttribute) return value;
  throw SparkError("UDTF_INVALID_REQUESTED_SELECTED_EXPRESSION_FROM_ANALYZE_METHOD_REQUIRES_ALIAS",
                   {{"expression", PrettyName(*value, names)}});
}

void CheckAnswer(const Answer& answer, const std::string& function) {
  const char* reason = nullptr;
  if (answer.with_single_partition && !answer.partition_by.empty()) {
    reason = "it asks for a single partition and for partitions by expressions at once";
  } else if (!answer.order_by.empty() && !answer.with_single_partition &&
             answer.partition_by.empty()) {
    reason = "it asks for an order without partitions that the order could be in";
  }
  if (!reason) return;
  throw SparkError("TABLE_VALUED_FUNCTION_REQUIRED_METADATA_INVALID",
                   {{"functionName", errors::QuoteName({function})}, {"reason", reason}});
}

[[noreturn]] void RaiseIncompatible(const std::string& function, const char* metadata,
                                    const char* clause) {
  throw SparkError("TABLE_VALUED_FUNCTION_REQUIRED_METADATA_INCOMPATIBLE_WITH_CALL",
                   {{"functionName", errors::QuoteName({function})},
                    {"requestedMetadata", metadata},
                    {"invalidFunctionCallProperty", clause}});
}

plan::NamedExpression Named(const std::string& name, plan::ExpressionPtr value) {
  plan::Column column{plan::NextColumnId(), name, value->type, value->nullable, ""};
  return {std::move(column), std::move(value)};
}

plan::NamedExpressions Selected(const TableOfCall& table, Environment& names) {
  plan::NamedExpressions items;
  for (const spec::ExpressionPtr& item : table.select) {
    auto* alias = item->TryAs<spec::Alias>();
    std::string name = alias ? alias->names.at(0) : ColumnName(*item, names);
    items.push_back(Named(name, ResolveExpression(*item, names)));
  }
  if (!table.select.empty()) return items;
  for (const plan::Column& column : table.rows.plan->output) {
    items.push_back(Named(column.name, plan::MakeRef(column)));
  }
  return items;
}

}  // namespace

TableOfCall ResolveTableArgument(const spec::TableArgument& argument, const Analysis& analysis) {
  spec::RelationPtr relation = argument.plan;
  if (!relation) {
    const auto* references = analysis.references;
    auto found = references ? references->find(*argument.plan_id) : decltype(references->begin()){};
    if (!references || found == references->end()) {
      throw errors::Internal("a table argument that the request does not hold");
    }
    relation = found->second;
  }
  Analysis inner = analysis;
  inner.outer = nullptr;
  inner.windows = nullptr;
  Resolved rows = ResolveRelation(*relation, inner);
  DropHidden(rows);
  return {std::move(rows), argument.partition_by, argument.order_by,
          argument.with_single_partition};
}

void Apply(const Answer& answer, const std::string& function, TableOfCall& table,
           const Analysis& analysis) {
  CheckAnswer(answer, function);
  if (answer.with_single_partition || !answer.partition_by.empty()) {
    constexpr char kPartitions[] = "asks for partitions of its own";
    if (table.with_single_partition) {
      RaiseIncompatible(function, kPartitions, "has WITH SINGLE PARTITION");
    }
    if (!table.partition_by.empty()) {
      RaiseIncompatible(function, kPartitions, "has PARTITION BY");
    }
  }
  if (!answer.order_by.empty() && !table.order_by.empty()) {
    RaiseIncompatible(function, "asks for an order of its own", "has ORDER BY");
  }
  table.with_single_partition |= answer.with_single_partition;
  for (const std::string& text : answer.partition_by) {
    table.partition_by.push_back(Parse(text, analysis));
  }
  for (const Answer::Order& order : answer.order_by) {
    table.order_by.push_back(OrderOf(order, analysis));
  }
  for (const Answer::Item& item : answer.select) {
    table.select.push_back(ItemOf(item, table, analysis));
  }
}

plan::NamedExpressions ColumnsOf(const TableOfCall& table, plan::TableFunctionCall& node,
                                 plan::NamedExpressions& keys, Analysis& analysis) {
  Environment names{analysis, {table.rows.scope}};
  plan::NamedExpressions items = Selected(table, names);
  const size_t own = items.size();
  for (const spec::ExpressionPtr& given : table.partition_by) {
    // The worker takes these columns away before the function sees the row.
    node.partition_indexes.push_back(static_cast<int32_t>(items.size()));
    items.push_back(Named("partition_by_" + std::to_string(items.size() - own),
                          ResolveExpression(*given, names)));
    node.order.push_back({plan::MakeRef(items.back().column), true, true});
  }
  for (const spec::ExpressionPtr& given : table.order_by) {
    plan::SortKey key = ResolveSortKey(*given, names);
    keys.push_back(Named("order_by", key.child));
    node.order.push_back({plan::MakeRef(keys.back().column), key.ascending, key.nulls_first});
  }
  node.table_width = items.size();
  node.in_one = table.with_single_partition || !table.partition_by.empty();
  return items;
}

}  // namespace pyrite::analyzer
