// Session variables and EXECUTE IMMEDIATE.
#include <arrow/array.h>
#include <arrow/table.h>

#include <set>

#include "base/errors.h"
#include "base/value_arrow.h"
#include "session/names.h"
#include "session/rows.h"
#include "session/session.h"

namespace pyrite::session {
namespace {

Names QualifiedVariable(const std::string& name) { return {"system", "session", name}; }

// The name of a variable to be made or dropped: behind nothing, or behind its schema.
std::string VariableName(const Names& parts) {
  bool plain = parts.size() == 1;
  bool in_session = parts.size() == 2 && LowerCase(parts[0]) == "session";
  bool in_system =
      parts.size() == 3 && LowerCase(parts[0]) == "system" && LowerCase(parts[1]) == "session";
  if (plain || in_session || in_system) return parts.back();
  throw SparkError("UNRESOLVED_VARIABLE", {{"variableName", errors::QuoteName(parts)},
                                           {"searchPath", "`SYSTEM`.`SESSION`"}});
}

SparkError NoSuchVariable(const Names& parts) {
  return SparkError("UNRESOLVED_VARIABLE", {{"variableName", errors::QuoteName(parts)},
                                            {"searchPath", "`SYSTEM`.`SESSION`"}});
}

void RejectDuplicates(const std::vector<Names>& names) {
  std::set<std::string> seen;
  for (const Names& name : names) {
    if (seen.insert(LowerCase(name.back())).second) continue;
    throw SparkError("DUPLICATE_ASSIGNMENTS", {{"nameList", errors::QuoteName({name.back()})}});
  }
}

}  // namespace

std::vector<Literal> Session::OneRow(const spec::RelationPtr& query) {
  plan::RelationPtr plan = AnalyzeQuery(*query);
  plan = plan::MakeLimit(plan, plan::MakeConstant(Literal::Int(2)), nullptr);
  std::shared_ptr<arrow::Table> table = Collect(plan);
  if (table->num_rows() > 1) throw SparkError("ROW_SUBQUERY_TOO_MANY_ROWS", {});
  std::vector<Literal> row;
  for (size_t i = 0; i < plan->output.size(); ++i) {
    const DataType& type = plan->output[i].type;
    row.push_back(Literal::Null(type));
    for (const auto& chunk : table->column(static_cast<int>(i))->chunks()) {
      if (chunk->length() > 0) row.back().value = ValueFromArrow(*chunk, 0, type);
    }
  }
  return row;
}

Literal Session::Evaluate(const spec::ExpressionPtr& expression,
                          const std::optional<DataType>& type) {
  spec::ExpressionPtr value = expression;
  if (type) value = spec::Make(spec::Cast{value, *type, spec::CastMode::kAnsi}, value->origin);
  spec::RelationPtr row = spec::MakeRelation(spec::OneRow{});
  return OneRow(spec::MakeRelation(spec::Project{std::move(row), {std::move(value)}})).at(0);
}

plan::RelationPtr Session::RunDeclare(const spec::DeclareVariable& declare) {
  std::vector<catalog::Variable> made;
  if (declare.default_value && declare.default_value->TryAs<spec::ScalarSubquery>()) {
    throw SparkError("INVALID_DEFAULT_VALUE.SUBQUERY_EXPRESSION",
                     {{"statement", "DECLARE VARIABLE"},
                      {"colName", errors::QuoteName(declare.names.at(0))},
                      {"defaultValue", declare.default_text}});
  }
  for (const Names& parts : declare.names) {
    catalog::Variable variable{VariableName(parts), {}, declare.default_value};
    if (declare.default_value != nullptr) {
      variable.value = Evaluate(declare.default_value, declare.type);
    } else {
      variable.value = Literal::Null(*declare.type);
    }
    made.push_back(std::move(variable));
  }
  std::lock_guard lock(mutex_);
  for (const catalog::Variable& variable : made) {
    if (declare.replace || catalog_.FindVariable({variable.name}) == nullptr) continue;
    throw SparkError("VARIABLE_ALREADY_EXISTS",
                     {{"variableName", errors::QuoteName(QualifiedVariable(variable.name))}});
  }
  for (catalog::Variable& variable : made) catalog_.SetVariable(std::move(variable));
  return MakeNoRows();
}

// The values are computed before any of them is assigned.
void Session::AssignRow(const std::vector<Names>& names, const spec::RelationPtr& row) {
  std::vector<catalog::Variable> variables;
  std::unique_lock lock(mutex_);
  for (const Names& name : names) {
    auto found = catalog_.FindVariable(name);
    if (found == nullptr) throw NoSuchVariable(name);
    variables.push_back(*found);
  }
  lock.unlock();
  RejectDuplicates(names);
  size_t width = AnalyzeQuery(*row)->output.size();
  if (width != names.size()) {
    throw SparkError("ASSIGNMENT_ARITY_MISMATCH", {{"numTarget", std::to_string(names.size())},
                                                   {"numExpr", std::to_string(width)}});
  }
  Names columns;
  for (size_t i = 0; i < width; ++i) columns.push_back("value" + std::to_string(i));
  spec::Project casts{spec::MakeRelation(spec::ToDf{row, columns}), {}};
  for (size_t i = 0; i < width; ++i) {
    casts.expressions.push_back(spec::Make(
        spec::Cast{spec::Attribute(columns[i]), variables[i].value.type, spec::CastMode::kAnsi}));
  }
  std::vector<Literal> values = OneRow(spec::MakeRelation(std::move(casts)));
  lock.lock();
  for (size_t i = 0; i < width; ++i) {
    variables[i].value = std::move(values[i]);
    catalog_.SetVariable(std::move(variables[i]));
  }
}

plan::RelationPtr Session::RunSetVariable(const spec::SetVariable& set) {
  if (set.query != nullptr) {
    AssignRow(set.names, set.query);
    return MakeNoRows();
  }
  spec::Project project{spec::MakeRelation(spec::OneRow{}), {}};
  for (size_t i = 0; i < set.names.size(); ++i) {
    spec::ExpressionPtr value = set.values[i];
    if (value == nullptr) {
      std::lock_guard lock(mutex_);
      auto found = catalog_.FindVariable(set.names[i]);
      if (found == nullptr) throw NoSuchVariable(set.names[i]);
      value =
          found->default_value != nullptr ? found->default_value : spec::Constant(Literal::Null());
    }
    // Under the variable's name: those behind it see the new value.
    std::string name = set.names[i].back();
    project.expressions.push_back(spec::Make(spec::Alias{std::move(value), {name}, ""}));
  }
  AssignRow(set.names, spec::MakeRelation(std::move(project)));
  return MakeNoRows();
}

plan::RelationPtr Session::RunDropVariable(const spec::DropVariable& drop) {
  std::string name = VariableName(drop.name_parts);
  std::lock_guard lock(mutex_);
  if (!catalog_.DropVariable(name) && !drop.if_exists) {
    throw SparkError("VARIABLE_NOT_FOUND",
                     {{"variableName", errors::QuoteName(QualifiedVariable(name))}});
  }
  return MakeNoRows();
}

plan::RelationPtr Session::RunExecuteImmediate(const spec::ExecuteImmediate& execute) {
  Literal text = Evaluate(execute.text, std::nullopt);
  if (!text.type.IsString()) {
    throw SparkError("INVALID_EXPR_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE",
                     {{"exprType", errors::Quoted(text.type.ToSql())}});
  }
  if (text.value.is_null()) {
    throw SparkError("NULL_QUERY_STRING_EXECUTE_IMMEDIATE", {{"varName", "query string"}});
  }
  spec::SqlQuery sql{text.value.as_string(), {}, {}};
  for (const spec::ExpressionPtr& argument : execute.arguments) {
    const auto* alias = argument->TryAs<spec::Alias>();
    Literal value = Evaluate(alias != nullptr ? alias->child : argument, std::nullopt);
    spec::ExpressionPtr constant = spec::Constant(std::move(value));
    if (alias != nullptr) sql.named_arguments.emplace_back(alias->names.at(0), constant);
    sql.positional_arguments.push_back(std::move(constant));
  }
  spec::Statement statement = ParseSql(sql);
  if (statement.command != nullptr) {
    if (!execute.into.empty()) {
      throw SparkError("INVALID_STATEMENT_FOR_EXECUTE_INTO", {{"sqlString", sql.query}});
    }
    return Run(*statement.command);
  }
  if (execute.into.empty()) return Analyze(*statement.query);
  for (const Names& name : execute.into) {
    std::lock_guard lock(mutex_);
    if (!catalog_.FindVariable(name)) throw errors::UnresolvedColumn(errors::QuoteName(name), {});
  }
  AssignRow(execute.into, statement.query);
  return MakeNoRows();
}

plan::RelationPtr Session::RunVariable(const spec::Command& command) {
  using Kind = spec::CommandKind;
  switch (command.kind()) {
    case Kind::kDeclareVariable: return RunDeclare(command.As<spec::DeclareVariable>());
    case Kind::kSetVariable: return RunSetVariable(command.As<spec::SetVariable>());
    case Kind::kDropVariable: return RunDropVariable(command.As<spec::DropVariable>());
    case Kind::kExecuteImmediate: return RunExecuteImmediate(command.As<spec::ExecuteImmediate>());
    default: throw errors::Internal("a statement about variables of no kind");
  }
}

}  // namespace pyrite::session
