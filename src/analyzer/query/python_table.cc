// Calls of Python's table functions: their arguments, and the type of their rows.

#include <set>

#include "analyzer/errors.h"
#include "analyzer/expr/constant.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/map_python.h"
#include "analyzer/query/table_argument.h"

namespace pyrite::analyzer {
namespace {

struct Argument {
  std::string name;           // of a keyword argument; empty: positional
  plan::ExpressionPtr value;  // null: the table
};

struct Call {
  std::vector<Argument> arguments;
  std::optional<TableOfCall> table;
};

// Positional arguments stand first, and no name twice.
void CheckNames(const spec::Expressions& arguments, const std::string& function) {
  std::set<std::string> names;
  std::string last;
  for (const spec::ExpressionPtr& argument : arguments) {
    auto* named = argument->TryAs<spec::NamedArgument>();
    if (!named && !last.empty()) {
      throw SparkError("UNEXPECTED_POSITIONAL_ARGUMENT",
                       {{"routineName", errors::QuoteName({function})},
                        {"parameterName", errors::QuoteName({last})}});
    }
    if (!named) continue;
    last = named->name;
    if (names.insert(last).second) continue;
    throw SparkError("DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE",
                     {{"routineName", errors::QuoteName({function})},
                      {"parameterName", errors::QuoteName({last})}});
  }
}

const spec::Expression& Unnamed(const spec::Expression& argument) {
  auto* named = argument.TryAs<spec::NamedArgument>();
  return named ? *named->value : argument;
}

Call ResolveArguments(const spec::Expressions& arguments, Analysis& analysis) {
  Call call;
  size_t tables = 0;
  Environment names{analysis, {}};
  for (const spec::ExpressionPtr& argument : arguments) {
    auto* named = argument->TryAs<spec::NamedArgument>();
    const spec::Expression& value = Unnamed(*argument);
    call.arguments.push_back({named ? named->name : "", nullptr});
    if (auto* table = value.TryAs<spec::TableArgument>()) {
      if (++tables == 1) call.table = ResolveTableArgument(*table, analysis);
    } else {
      call.arguments.back().value = ResolveExpression(value, names);
    }
  }
  if (tables > 1) {
    throw SparkError("TABLE_VALUED_FUNCTION_TOO_MANY_TABLE_ARGUMENTS",
                     {{"num", std::to_string(tables)}});
  }
  return call;
}

plan::TableFunctionAnalysis Ask(const plan::PythonFunction& function, const Call& call,
                                const Analysis& analysis) {
  std::vector<plan::AnalyzedArgument> told;
  for (const Argument& argument : call.arguments) {
    plan::AnalyzedArgument& about = told.emplace_back();
    about.name = argument.name;
    about.is_table = !argument.value;
    if (about.is_table) {
      about.type = DataType::Struct(plan::SchemaOf(*call.table->rows.plan));
    } else {
      about.type = argument.value->type;
      if (IsFoldable(*argument.value)) about.constant = ValueOf(argument.value, analysis);
    }
  }
  return analysis.context.analyze_table_function(function, told);
}

// The rows that the function is called for: its arguments, and what they are ordered by.
plan::RelationPtr InputOf(const Call& call, plan::TableFunctionCall& node, Analysis& analysis) {
  plan::NamedExpressions items, keys;
  for (const Argument& argument : call.arguments) {
    node.argument_names.push_back(argument.name);
    if (argument.value) {
      plan::Column column{plan::NextColumnId(), "argument", argument.value->type,
                          argument.value->nullable, ""};
      items.push_back({std::move(column), argument.value});
      continue;
    }
    node.table_argument = node.argument_names.size() - 1;
    plan::NamedExpressions columns = ColumnsOf(*call.table, node, keys, analysis);
    items.insert(items.end(), columns.begin(), columns.end());
  }
  items.insert(items.end(), keys.begin(), keys.end());
  plan::RelationPtr rows =
      call.table ? call.table->rows.plan : plan::MakeRelation(plan::OneRow{}, {});
  return plan::MakeProject(std::move(rows), std::move(items));
}

}  // namespace

Resolved ResolvePythonTable(const spec::PythonTableFunction& function,
                            const spec::Expressions& arguments, Analysis& analysis) {
  CheckNames(arguments, function.name);
  Call call = ResolveArguments(arguments, analysis);
  plan::MapPython map;
  map.function = PythonFunctionOf(function, analysis);
  map.table.emplace();
  DataType type;
  if (function.output_type) {
    type = *function.output_type;
  } else {
    plan::TableFunctionAnalysis answer = Ask(*map.function, call, analysis);
    type = answer.schema;
    map.table->analysis = answer.pickled;
    if (call.table) Apply(answer, function.name, *call.table, analysis);
  }
  map.input = InputOf(call, *map.table, analysis);
  return RowsOfPython(std::move(map), type, analysis);
}

}  // namespace pyrite::analyzer
