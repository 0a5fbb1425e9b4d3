// spark.sql(text, args): the text parsed, its parameters bound.

#include <arrow/array.h>
#include <arrow/table.h>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "analyzer/session_options.h"
#include "base/value_arrow.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

bool IsConstant(const plan::Expression& expression) {
  return !plan::Any(expression, [](const plan::Expression& e) {
    return e.kind() == plan::ExpressionKind::kColumnRef || plan::SubqueryOf(e) != nullptr;
  });
}

// The text of the expression in IDENTIFIER(...).
std::string ConstantText(const spec::ExpressionPtr& text, Analysis& analysis) {
  Environment names{analysis, {}};
  plan::ExpressionPtr value = ResolveExpression(*text, names);
  auto refuse = [&](const char* why) {
    return errors::NotConstantText(why, PrettyName(*text, names), value->type);
  };
  if (!IsConstant(*value)) throw refuse("NOT_CONSTANT");
  if (!value->type.IsString()) throw refuse("WRONG_TYPE");
  plan::Column column{plan::NextColumnId(), "text", value->type, true, ""};
  plan::RelationPtr row =
      plan::MakeProject(plan::MakeRelation(plan::OneRow{}, {}), {{std::move(column), value}});
  auto table = analysis.context.run(row);
  Value found = ValueFromArrow(*table->column(0)->chunk(0), 0, value->type);
  if (found.is_null()) throw refuse("NULL");
  return found.as_string();
}

spec::ExpressionPtr Argument(const spec::SqlQuery& sql, const spec::Parameter& parameter) {
  if (parameter.name.empty()) {
    auto position = static_cast<size_t>(parameter.position);
    if (position < sql.positional_arguments.size()) return sql.positional_arguments[position];
  }
  for (const auto& [name, value] : sql.named_arguments) {
    if (name == parameter.name) return value;
  }
  bool unnamed = sql.named_arguments.size() < sql.positional_arguments.size();
  if (!parameter.name.empty() && unnamed) {
    throw SparkError("ALL_PARAMETERS_MUST_BE_NAMED", {{"exprs", ""}});
  }
  return nullptr;
}

}  // namespace

spec::Statement ParseStatement(const spec::SqlQuery& sql, Analysis& analysis) {
  sql::ParserOptions options = ParserOptionsOf(analysis);
  if (!sql.positional_arguments.empty() || !sql.named_arguments.empty()) {
    options.bind_parameter = [&](const spec::Parameter& parameter) {
      return Argument(sql, parameter);
    };
  }
  options.constant_text = [&](const spec::ExpressionPtr& text) {
    return ConstantText(text, analysis);
  };
  return sql::ParseStatement(sql.query, options);
}

Resolved ResolveSql(const spec::SqlQuery& node, Analysis& analysis) {
  spec::Statement statement = ParseStatement(node, analysis);
  if (statement.command) {
    Resolved rows;
    rows.plan = analysis.context.run_command(*statement.command);
    rows.scope = ScopeOf(rows.plan->output, nullptr, analysis.case_sensitive);
    return rows;
  }
  Resolved result = ResolveRelation(*statement.query, analysis);
  result.select = nullptr;
  return result;
}

}  // namespace pyrite::analyzer
