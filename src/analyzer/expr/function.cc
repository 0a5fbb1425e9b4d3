// Calls: arguments resolved here, meaning and coercion by the function registry.

#include <algorithm>
#include <optional>
#include <string_view>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/grouping.h"
#include "analyzer/expr/input_file.h"
#include "analyzer/expr/lambda.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/expr/naming.h"
#include "analyzer/expr/naming_internal.h"
#include "analyzer/expr/schema_argument.h"
#include "analyzer/expr/window_spec.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

std::string FunctionName(const spec::NameParts& parts) {
  if (parts.size() == 1) return parts[0];
  bool builtin = parts.size() == 2 && FoldCase(parts[0], false) == "builtin";
  builtin |= parts.size() == 3 && FoldCase(parts[0], false) == "system" &&
             FoldCase(parts[1], false) == "builtin";
  if (!builtin) throw errors::UnresolvedRoutine(errors::QuoteName(parts));
  return parts.back();
}

std::shared_ptr<const QueryContext> SharedContext(const spec::Origin& origin) {
  auto context = spec::ContextOf(origin);
  return context ? std::make_shared<const QueryContext>(std::move(*context)) : nullptr;
}

// count(*) counts rows; any other star among the arguments stands for its columns.
void AppendStar(const spec::UnresolvedStar& star, const std::string& function,
                size_t argument_count, bool distinct, Environment& names,
                plan::Expressions& arguments) {
  bool whole_count = function == "count" && argument_count == 1 && !distinct;
  if (whole_count && star.target.empty() && star.except.empty()) {
    arguments.push_back(plan::MakeConstant(Literal::Int(1)));
    return;
  }
  if (whole_count && !star.target.empty()) {
    throw errors::CountStarWithTable(errors::QuoteName(star.target));
  }
  for (plan::NamedExpression& item : ExpandStar(star, names)) {
    arguments.push_back(std::move(item.expression));
  }
}

plan::Expressions ResolveArguments(const spec::UnresolvedFunction& node, const std::string& name,
                                   Environment& names) {
  if (IsHigherOrder(name, node.arguments)) {
    return ResolveLambdaArguments(name, node.arguments, names);
  }
  plan::Expressions arguments;
  arguments.reserve(node.arguments.size());
  for (const spec::ExpressionPtr& given : node.arguments) {
    spec::ExpressionPtr argument = Parsed(given, names.analysis);
    if (auto* star = argument->TryAs<spec::UnresolvedStar>()) {
      // In SQL text an operator takes no star; Spark finds none of them to be a function.
      if (!std::isalpha(static_cast<unsigned char>(name[0])) && argument->origin.sql) {
        return {ResolveExpression(*argument, names)};  // raises INVALID_USAGE_OF_STAR_OR_REGEX
      }
      AppendStar(*star, name, node.arguments.size(), node.is_distinct, names, arguments);
    } else {
      arguments.push_back(ResolveExpression(*argument, names));
    }
  }
  bool takes_schema = name == "from_json" || name == "from_csv";
  if (takes_schema && arguments.size() > 1) arguments[1] = FoldSchema(arguments[1]);
  return arguments;
}

// struct(a AS x, ...): an alias names its field, which the resolved argument no longer shows.
void NameFields(const spec::UnresolvedFunction& node, functions::UnresolvedCall& call) {
  bool aliased = false;
  for (const spec::ExpressionPtr& argument : node.arguments) {
    if (argument->kind() == spec::ExpressionKind::kUnresolvedStar) return;
    aliased |= argument->kind() == spec::ExpressionKind::kAlias;
  }
  if (!aliased) return;
  plan::Expressions named;
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const spec::Expression& written = *node.arguments[i];
    std::string name = "col" + std::to_string(i + 1);
    if (auto* alias = written.TryAs<spec::Alias>()) name = alias->names.at(0);
    if (auto* column = written.TryAs<spec::UnresolvedAttribute>()) name = column->name_parts.back();
    named.push_back(plan::MakeConstant(Literal::String(std::move(name))));
    named.push_back(call.arguments[i]);
  }
  call.name = "named_struct";
  call.arguments = std::move(named);
}

std::optional<size_t> IndexOf(const std::map<std::string, std::string>& parameters) {
  auto found = parameters.find("paramIndex");
  for (size_t i = 1; found != parameters.end() && i <= 10; ++i) {
    if (found->second == errors::Ordinal(i)) return i - 1;
  }
  return std::nullopt;
}

// The registry shows expressions as what they became; Spark shows them as they were written. What a
// function is defined by keeps its own name: coalesce(...) for nvl(...).
SparkError AsWritten(const SparkError& error, const spec::UnresolvedFunction& node,
                     const std::string& name, Environment& names) {
  std::map<std::string, std::string> parameters = error.parameters();
  auto shown = parameters.find("sqlExpr");
  if (shown == parameters.end()) return error;
  std::string written = FunctionText(node, names);
  std::string callee = shown->second.substr(1, shown->second.find('(') - 1);
  bool plain = !callee.empty() && callee.find_first_of(" \"") == std::string::npos;
  if (plain && callee != name && callee != written.substr(0, written.find('('))) {
    std::string arguments;
    for (const spec::ExpressionPtr& argument : node.arguments) {
      arguments += (arguments.empty() ? "" : ", ") + PrettyName(*argument, names);
    }
    written = callee + "(" + arguments + ")";
  }
  shown->second = errors::Quoted(written);
  auto input = parameters.find("inputSql");
  std::optional<size_t> index = IndexOf(parameters);
  if (input != parameters.end() && index && *index < node.arguments.size()) {
    input->second = errors::Quoted(PrettyName(*node.arguments[*index], names));
  }
  return SparkError(error.condition(), std::move(parameters), error.contexts());
}

// What other functions and operators are made of, and no query may call: their arguments have been
// looked at by then.
bool IsInternal(std::string_view name) {
  constexpr std::string_view kNames[] = {"array_concat", "getarrayitem", "getitem", "getmapvalue"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

plan::ExpressionPtr ResolveScalar(const spec::UnresolvedFunction& node, const std::string& name,
                                  const spec::Origin& origin, Environment& names) {
  if (IsInternal(name)) throw errors::UnresolvedRoutine(errors::QuoteName({name}));
  if (name == "count" && node.arguments.empty()) throw errors::CountWithoutArguments();
  functions::UnresolvedCall call;
  call.name = name;
  call.arguments = ResolveArguments(node, name, names);
  if (name == "struct") NameFields(node, call);
  call.distinct = node.is_distinct;
  call.ignore_nulls = node.ignore_nulls;
  if (node.filter) CheckAggregateFilter(*node.filter, names);
  if (node.filter) {
    call.filter = ResolveExpression(*node.filter, names);
    if (!call.filter->type.Is(TypeKind::kBoolean)) {
      throw SparkError("INVALID_AGGREGATE_FILTER.NOT_BOOLEAN",
                       {{"filterExpr", errors::Quoted(PrettyName(*node.filter, names))}});
    }
  }
  for (const spec::ExpressionPtr& order : node.within_group) {
    call.within_group.push_back(ResolveSortKey(*order, names));
  }
  functions::CallContext context = names.analysis.call;
  context.query_context = SharedContext(origin);
  try {
    return functions::Resolve(call, context);
  } catch (const SparkError& error) {
    throw AsWritten(error, node, name, names);
  }
}

// An aggregate function does not see the aliases of its own select list.
void RefuseAliases(const plan::Expression& result, const spec::UnresolvedFunction& node,
                   Environment& names) {
  if (!names.lateral) return;
  plan::Any(result, [&](const plan::Expression& e) {
    auto* ref = e.TryAs<plan::ColumnRef>();
    if (!ref) return false;
    auto found = names.lateral->find(FoldCase(ref->name, names.analysis.case_sensitive));
    if (found != names.lateral->end() && found->second.id == ref->id) {
      throw SparkError("UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_AGGREGATE_FUNC",
                       {{"lca", errors::QuoteName({ref->name})},
                        {"aggFunc", errors::Quoted(FunctionText(node, names))}});
    }
    return false;
  });
}

// What only aggregate functions take.
void RefuseSuffixes(const spec::UnresolvedFunction& node, const std::string& name,
                    Environment& names) {
  const char* syntax = node.is_distinct             ? "DISTINCT"
                       : !node.within_group.empty() ? "WITHIN GROUP (ORDER BY ...)"
                       : node.filter                ? "FILTER clause"
                       : node.ignore_nulls          ? "IGNORE NULLS"
                                                    : nullptr;
  if (!syntax || names.inside_window_function) return;
  throw SparkError("INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                   {{"prettyName", errors::QuoteName({name})}, {"syntax", syntax}});
}

plan::ExpressionPtr ResolveRegistered(const spec::UnresolvedFunction& node, Environment& names) {
  spec::ExpressionPtr found = RegisteredFunction(node, names);
  if (!found) return nullptr;
  if (node.is_distinct || node.filter || node.ignore_nulls || !node.within_group.empty()) {
    RefuseSuffixes(node, "pythonudf", names);
  }
  spec::PythonUdf udf = found->As<spec::PythonUdf>();
  udf.arguments = node.arguments;
  return ResolvePythonUdf(udf, names);
}

// In Spark such aggregates fail when they run, or give NULL.
void RefuseLambdaVariables(const plan::Expression& aggregate, const Environment& names) {
  for (const auto& parameters : names.lambdas) {
    for (const auto& parameter : parameters) {
      bool is_used = plan::Any(aggregate, [&](const plan::Expression& e) {
        auto* ref = e.TryAs<plan::ColumnRef>();
        return ref != nullptr && ref->id == parameter.id;
      });
      if (is_used) throw errors::UnsupportedFeature("aggregates of a lambda's variable");
    }
  }
}

// Aggregates may not hold aggregates, except for the function of a window (sum(sum(x)) OVER ...).
plan::ExpressionPtr ResolveAggregate(const spec::UnresolvedFunction& node, const std::string& name,
                                     const spec::Origin& origin, Environment& names) {
  bool windowed = names.inside_window_function;
  bool outer = names.inside_aggregate;
  names.inside_window_function = false;
  names.inside_aggregate = !windowed || outer;
  plan::ExpressionPtr result = ResolveScalar(node, name, origin, names);
  names.inside_aggregate = outer;
  names.inside_window_function = windowed;
  if (outer) throw errors::NestedAggregate();
  if (!windowed) {
    if (HasWindow(*result)) throw SparkError("_LEGACY_ERROR_TEMP_1031", {});
    RefuseAliases(*result, node, names);
    RefuseLambdaVariables(*result, names);
    if (!plan::IsDeterministic(*result)) {
      throw SparkError("AGGREGATE_FUNCTION_WITH_NONDETERMINISTIC_EXPRESSION",
                       {{"sqlExpr", errors::Quoted(FunctionText(node, names))}});
    }
  }
  return result;
}

// df.zipWithIndex: 0, 1, ... in the order of the rows.
plan::ExpressionPtr SequenceId(const Analysis& analysis) {
  return CallFunction("-", {RowNumber({}, analysis), plan::MakeConstant(Literal::Long(1))},
                      analysis);
}

}  // namespace

plan::ExpressionPtr CallFunction(const std::string& name, plan::Expressions arguments,
                                 const Analysis& analysis, const spec::Origin& origin) {
  functions::UnresolvedCall call;
  call.name = name;
  call.arguments = std::move(arguments);
  functions::CallContext context = analysis.call;
  context.query_context = SharedContext(origin);
  return functions::Resolve(call, context);
}

const plan::Column* TimeWindowColumn(const Environment& names) {
  for (const ScopePtr& scope : names.scopes) {
    if (scope->time_window) return &scope->time_window->column;
  }
  return nullptr;
}

plan::ExpressionPtr ResolveFunction(const spec::UnresolvedFunction& node,
                                    const spec::Origin& origin, Environment& names) {
  if (plan::ExpressionPtr registered = ResolveRegistered(node, names)) return registered;
  std::string name = FoldCase(FunctionName(node.name_parts), false);
  if (IsGroupingFunction(name)) return ResolveGroupingFunction(node, name, names);
  if (const plan::Column* window = TimeWindowColumn(names); window && window->name == name) {
    return plan::MakeRef(*window);
  }
  if (name == "distributed_sequence_id") return SequenceId(names.analysis);
  if (IsInputFileFunction(name) && node.arguments.empty()) return ResolveInputFile(name, names);
  const functions::Function* function = functions::Find(name);
  if (function == nullptr) {
    if (names.analysis.context.catalog->FindTableFunction(node.name_parts)) {
      throw SparkError("NOT_A_SCALAR_FUNCTION",
                       {{"functionName", errors::QuoteName(node.name_parts)}});
    }
    throw errors::UnresolvedRoutine(errors::QuoteName(node.name_parts));
  }
  switch (function->kind) {
    case functions::FunctionClass::kAggregate: return ResolveAggregate(node, name, origin, names);
    case functions::FunctionClass::kWindow: {
      if (!names.inside_window_function) {
        std::string upper = name;
        for (char& c : upper) c = static_cast<char>(toupper(c));
        throw errors::WindowWithoutOver(upper + "()");
      }
      names.inside_window_function = false;
      plan::ExpressionPtr result = ResolveScalar(node, name, origin, names);
      names.inside_window_function = true;
      return result;
    }
    case functions::FunctionClass::kScalar:
    case functions::FunctionClass::kGenerator:
    case functions::FunctionClass::kTableValued: {
      if (function->kind == functions::FunctionClass::kTableValued) {
        throw SparkError("NOT_A_SCALAR_FUNCTION", {{"functionName", errors::QuoteName({name})}});
      }
      RefuseSuffixes(node, name, names);
      bool windowed = std::exchange(names.inside_window_function, false);
      plan::ExpressionPtr result = ResolveScalar(node, name, origin, names);
      names.inside_window_function = windowed;
      return result;
    }
  }
  throw errors::Internal("a function of no class");
}

}  // namespace pyrite::analyzer
