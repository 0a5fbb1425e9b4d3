// Functions that stand for tables: range, generators over one row, sql_keywords.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/collation_table.h"
#include "analyzer/query/generator.h"
#include "analyzer/query/query.h"
#include "analyzer/session_options.h"
#include "sql/keywords.h"

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

Resolved MakeRange(int64_t start, int64_t end, int64_t step, int32_t partitions,
                   Analysis& analysis) {
  if (step == 0) {
    throw SparkError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", {{"sqlExpr", "\"range\""},
                                                              {"exprName", "step"},
                                                              {"valueRange", "not 0"},
                                                              {"currentValue", "0"}});
  }
  plan::Columns output = {{plan::NextColumnId(), "id", DataType::Long(), false, ""}};
  return Of(plan::MakeRelation(plan::Range{start, end, step, partitions}, std::move(output)),
            analysis);
}

Resolved RangeTable(const spec::TableValuedFunction& node, Analysis& analysis) {
  Environment names{analysis, {}};
  std::vector<int64_t> numbers;
  for (const spec::ExpressionPtr& argument : node.arguments) {
    plan::ExpressionPtr value = ResolveExpression(*argument, names);
    numbers.push_back(AsLong(*value));
  }
  if (numbers.empty() || numbers.size() > 4) {
    throw errors::WrongNumArgs("range", "[1, 2, 3, 4]", numbers.size());
  }
  if (numbers.size() == 1) return MakeRange(0, numbers[0], 1, 0, analysis);
  int64_t step = numbers.size() > 2 ? numbers[2] : 1;
  auto partitions = static_cast<int32_t>(numbers.size() > 3 ? numbers[3] : 0);
  return MakeRange(numbers[0], numbers[1], step, partitions, analysis);
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

Resolved KeywordTable(Analysis& analysis) {
  plan::ValuesList list;
  bool enforced = analysis.call.ansi && ParserOptionsOf(analysis).enforce_reserved_keywords;
  for (sql::Keyword keyword : sql::AllKeywords()) {
    std::string word(sql::KeywordText(keyword));
    list.rows.push_back(
        {plan::MakeConstant(Literal::String(std::move(word))),
         plan::MakeConstant(Literal::Boolean(enforced && sql::IsReserved(keyword)))});
  }
  plan::Columns output = {{plan::NextColumnId(), "keyword", DataType::String(), false, ""},
                          {plan::NextColumnId(), "reserved", DataType::Boolean(), false, ""}};
  return Of(plan::MakeRelation(std::move(list), std::move(output)), analysis);
}

}  // namespace

Resolved ResolveRange(const spec::Range& node, Analysis& analysis) {
  return MakeRange(node.start, node.end, node.step, node.num_partitions.value_or(0), analysis);
}

Resolved ResolveTableFunction(const spec::TableValuedFunction& node, Analysis& analysis) {
  spec::ExpressionPtr python = node.function;
  if (!python) python = analysis.context.catalog->FindTableFunction(node.name_parts);
  if (python) {
    return ResolvePythonTable(python->As<spec::PythonTableFunction>(), node.arguments, analysis);
  }
  std::string name = FoldCase(node.name_parts.back(), false);
  if (name == "range") return RangeTable(node, analysis);
  if (name == "sql_keywords" && node.arguments.empty()) return KeywordTable(analysis);
  if (name == "collations" && node.arguments.empty()) return CollationTable(analysis);
  const functions::Function* function = functions::Find(name);
  if (function && function->kind == functions::FunctionClass::kGenerator) {
    return GeneratedTable(node, analysis);
  }
  static const char* const kKnown[] = {
      "collations",         "variant_explode", "variant_explode_outer",
      "python_worker_logs", "range",           "sql_keywords"};
  for (const char* known : kKnown) {
    if (name == known) throw errors::UnsupportedFeature("the table-valued function " + name);
  }
  if (function && std::holds_alternative<functions::Unsupported>(function->means)) {
    throw errors::UnsupportedFeature("the function " + name);
  }
  if (function) {
    throw SparkError("NOT_A_TABLE_FUNCTION",
                     {{"functionName", errors::QuoteName(node.name_parts)}});
  }
  throw SparkError("UNRESOLVABLE_TABLE_VALUED_FUNCTION",
                   {{"name", errors::QuoteName(node.name_parts)}});
}

}  // namespace pyrite::analyzer
