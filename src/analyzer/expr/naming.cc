#include "analyzer/expr/naming.h"

#include <algorithm>

#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming_internal.h"
#include "base/stack_guard.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

std::string LiteralName(const Literal& literal) {
  if (literal.value.is_null()) return "NULL";
  if (literal.type.IsString() || literal.type.IsNumeric()) return literal.ToString();
  return literal.ToSql();
}

std::string Dotted(const spec::NameParts& parts, size_t first) {
  std::string out;
  for (size_t i = first; i < parts.size(); ++i) out += (out.empty() ? "" : ".") + parts[i];
  return out;
}

std::string QualifiedName(const spec::NameParts& parts, Environment& names) {
  for (const ScopePtr& scope : names.scopes) {
    auto match = FindName(*scope, parts, names.analysis.case_sensitive);
    if (!match) continue;
    std::string text = Dotted(parts, match->parts_used - 1);
    const Qualifier& qualifier = match->column->qualifier;
    return qualifier ? Dotted(*qualifier, 0) + "." + text : text;
  }
  return Dotted(parts, 0);
}

// Whether the name means an alias of the same select list, as it does when no column has the name.
bool IsLateralAlias(const spec::NameParts& parts, Environment& names) {
  bool sensitive = names.analysis.case_sensitive;
  if (!names.lateral || !names.lateral->contains(FoldCase(parts[0], sensitive))) return false;
  return std::none_of(names.scopes.begin(), names.scopes.end(), [&](const ScopePtr& scope) {
    return FindName(*scope, parts, sensitive).has_value();
  });
}

// variablereference(system.session.x=5); empty for columns.
std::string VariableText(const spec::UnresolvedAttribute& node, Environment& names) {
  const catalog::Catalog* catalog = names.analysis.context.catalog;
  auto variable = catalog ? catalog->FindVariable(node.name_parts) : nullptr;
  if (!variable) return "";
  plan::ExpressionPtr value = ResolveAttribute(node, names);
  if (value->kind() != plan::ExpressionKind::kConstant) return "";  // a column of that name
  return "variablereference(system.session." + variable->name + "=" +
         variable->value.ToSql(names.analysis.call.time_zone) + ")";
}

// Without what qualifies the column: t.s.f is `s.f` when s is a column of t.
std::string AttributeName(const spec::UnresolvedAttribute& node, Environment& names) {
  const spec::NameParts& parts = node.name_parts;
  bool sensitive = names.analysis.case_sensitive;
  for (const plan::Columns& frame : names.lambdas) {
    for (const plan::Column& parameter : frame) {
      if (FoldCase(parameter.name, sensitive) != FoldCase(parts[0], sensitive)) continue;
      return "namedlambdavariable()" + (parts.size() > 1 ? "." + Dotted(parts, 1) : "");
    }
  }
  if (names.qualified_names) return QualifiedName(parts, names);
  if (IsLateralAlias(parts, names)) return "lateralAliasReference(" + parts.back() + ")";
  if (std::string variable = VariableText(node, names); !variable.empty()) return variable;
  if (parts.size() == 1) return parts[0];
  for (const ScopePtr& scope : names.scopes) {
    try {
      auto match = FindName(*scope, parts, sensitive);
      if (match) return Dotted(parts, match->parts_used - 1);
    } catch (const SparkError&) {  // ambiguous without the plan id; the name is the same
    }
  }
  return parts.back();
}

// The outer columns that a subquery uses: scalarsubquery(a).
std::string OuterNames(const spec::Relation& relation, Environment& names) {
  plan::ExpressionPtr exists = ResolveExists(relation, names);
  std::string out;
  for (const plan::Column& column : plan::OuterReferences(*plan::SubqueryOf(*exists))) {
    out += (out.empty() ? "" : ", ") + column.name;
  }
  return out;
}

std::string ExtractName(const spec::ExtractValue& node, Environment& names) {
  std::string child = PrettyName(*node.child, names);
  std::string key = PrettyName(*node.key, names);
  plan::ExpressionPtr base = ResolveExpression(*node.child, names);
  bool field = base->type.Is(TypeKind::kStruct) ||
               (base->type.Is(TypeKind::kArray) && base->type.element().Is(TypeKind::kStruct) &&
                node.key->TryAs<spec::LiteralValue>() &&
                node.key->As<spec::LiteralValue>().literal.type.IsString());
  return field ? child + "." + key : child + "[" + key + "]";
}

std::string LambdaName(const spec::LambdaFunction& node, Environment& names) {
  plan::Columns parameters;
  std::string variables;
  for (const std::string& parameter : node.parameters) {
    parameters.push_back({0, parameter, DataType::Null(), true, ""});
    variables += ", namedlambdavariable()";
  }
  names.lambdas.push_back(std::move(parameters));
  std::string body = PrettyName(*node.body, names);
  names.lambdas.pop_back();
  return "lambdafunction(" + body + variables + ")";
}

std::string UpdateName(const spec::UpdateFields& node, Environment& names) {
  std::string base = PrettyName(*node.child, names);
  if (!node.value) return "update_fields(" + base + ", dropfield())";
  return "update_fields(" + base + ", WithField(" + PrettyName(*node.value, names) + "))";
}

// (a, b + 1) as named_struct shows it: 'a', a, 'col2', (b + 1).
std::string FieldTexts(const spec::Expressions& values, Environment& names) {
  std::string out;
  for (size_t i = 0; i < values.size(); ++i) {
    auto* attribute = values[i]->TryAs<spec::UnresolvedAttribute>();
    std::string field = attribute ? attribute->name_parts.back() : "col" + std::to_string(i + 1);
    out += (i == 0 ? "'" : ", '") + field + "', " + PrettyName(*values[i], names);
  }
  return out;
}

// Whether a name is that of a whole column, no field of one.
bool IsWholeColumn(const spec::UnresolvedAttribute& node, Environment& names) {
  if (node.name_parts.size() == 1) return true;
  for (const ScopePtr& scope : names.scopes) {
    auto match = FindName(*scope, node.name_parts, names.analysis.case_sensitive);
    if (match) return match->parts_used == node.name_parts.size();
  }
  return false;
}

}  // namespace

std::string PrettyName(const spec::Expression& e, Environment& names) {
  CheckStack();
  using Kind = spec::ExpressionKind;
  switch (e.kind()) {
    case Kind::kLiteralValue: return LiteralName(e.As<spec::LiteralValue>().literal);
    case Kind::kUnresolvedAttribute: return AttributeName(e.As<spec::UnresolvedAttribute>(), names);
    case Kind::kLambdaVariable: return "namedlambdavariable()";
    case Kind::kUnresolvedFunction: return FunctionText(e.As<spec::UnresolvedFunction>(), names);
    case Kind::kAlias: {
      auto& alias = e.As<spec::Alias>();
      return PrettyName(*alias.child, names) + " AS " + (alias.names.empty() ? "" : alias.names[0]);
    }
    case Kind::kCast: {
      auto& cast = e.As<spec::Cast>();
      bool nested = cast.type.Is(TypeKind::kArray) || cast.type.Is(TypeKind::kMap) ||
                    cast.type.Is(TypeKind::kStruct);
      if (nested) return PrettyName(*cast.child, names);  // Spark does not show these
      bool text = cast.type.Is(TypeKind::kChar) || cast.type.Is(TypeKind::kVarchar);
      return std::string(cast.mode == spec::CastMode::kTry ? "TRY_CAST(" : "CAST(") +
             PrettyName(*cast.child, names) + " AS " +
             (text ? DataType::String() : cast.type).ToSql() + ")";
    }
    case Kind::kWindowExpression: return WindowText(e.As<spec::WindowExpression>(), names);
    case Kind::kExtractValue: return ExtractName(e.As<spec::ExtractValue>(), names);
    case Kind::kUpdateFields: return UpdateName(e.As<spec::UpdateFields>(), names);
    case Kind::kExpressionString:
      return PrettyName(*Parsed(std::make_shared<const spec::Expression>(e), names.analysis),
                        names);
    case Kind::kScalarSubquery:
      return "scalarsubquery(" + OuterNames(*e.As<spec::ScalarSubquery>().plan, names) + ")";
    case Kind::kExistsSubquery:
      return "exists(" + OuterNames(*e.As<spec::ExistsSubquery>().plan, names) + ")";
    case Kind::kInSubquery: {
      auto& in = e.As<spec::InSubquery>();
      std::string values;
      for (auto& value : in.values) {
        values += (values.empty() ? "" : ", ") + PrettyName(*value, names);
      }
      if (in.values.size() > 1) values = "named_struct(" + FieldTexts(in.values, names) + ")";
      return "(" + values + " IN (listquery(" + OuterNames(*in.plan, names) + ")))";
    }
    case Kind::kSubqueryReference:
      switch (e.As<spec::SubqueryReference>().kind) {
        case spec::SubqueryReference::Kind::kScalar: return "scalarsubquery()";
        case spec::SubqueryReference::Kind::kExists: return "exists()";
        case spec::SubqueryReference::Kind::kIn: return "listquery()";
      }
      return "";
    case Kind::kLazyExpression: return PrettyName(*e.As<spec::LazyExpression>().child, names);
    case Kind::kParameter: return "";
    case Kind::kUnresolvedStar: return "*";
    case Kind::kUnresolvedRegex: return e.As<spec::UnresolvedRegex>().pattern;
    case Kind::kNamedArgument:
      return e.As<spec::NamedArgument>().name + " => " +
             PrettyName(*e.As<spec::NamedArgument>().value, names);
    case Kind::kSortOrder: return SortText(e, names);
    case Kind::kLambdaFunction: return LambdaName(e.As<spec::LambdaFunction>(), names);
    case Kind::kPythonUdf: {
      auto& udf = e.As<spec::PythonUdf>();
      std::string arguments;
      for (auto& argument : udf.arguments) {
        arguments += (arguments.empty() ? "" : ", ") + PrettyName(*argument, names);
      }
      return udf.name + "(" + arguments + ")";
    }
    case Kind::kPythonTableFunction:
    case Kind::kTableArgument:
    case Kind::kUnsupportedExpression: return "";
  }
  return "";
}

std::string AggregateNames(const spec::Expression& expression, Environment& names) {
  auto* call = expression.TryAs<spec::UnresolvedFunction>();
  if (!call) return "";
  const functions::Function* function = functions::Find(call->name_parts.back());
  if (function && function->kind == functions::FunctionClass::kAggregate) {
    Environment qualified = names;
    qualified.qualified_names = true;
    return PrettyName(expression, qualified);
  }
  std::string out;
  for (const spec::ExpressionPtr& argument : call->arguments) {
    std::string found = AggregateNames(*argument, names);
    if (!found.empty()) out += (out.empty() ? "" : ", ") + found;
  }
  return out;
}

std::string ColumnName(const spec::Expression& e, Environment& names) {
  if (auto* alias = e.TryAs<spec::Alias>()) {
    return alias->names.empty() ? PrettyName(*alias->child, names) : alias->names[0];
  }
  if (auto* attribute = e.TryAs<spec::UnresolvedAttribute>()) return attribute->name_parts.back();
  if (auto* cast = e.TryAs<spec::Cast>()) {
    auto* attribute = cast->child->TryAs<spec::UnresolvedAttribute>();
    if (attribute && IsWholeColumn(*attribute, names)) return attribute->name_parts.back();
  }
  if (e.kind() == spec::ExpressionKind::kExpressionString) {
    return ColumnName(*Parsed(std::make_shared<const spec::Expression>(e), names.analysis), names);
  }
  return PrettyName(e, names);
}

}  // namespace pyrite::analyzer
