// Column.withField and dropFields: the struct made anew.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "sql/parser.h"

namespace pyrite::analyzer {
namespace {

plan::ExpressionPtr Update(const plan::ExpressionPtr& base, const spec::NameParts& path, size_t at,
                           const plan::ExpressionPtr& value, Environment& names) {
  if (!base->type.Is(TypeKind::kStruct)) {
    throw SparkError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                     {{"sqlExpr", "\"update_fields\""},
                      {"paramIndex", "first"},
                      {"requiredType", "\"STRUCT\""},
                      {"inputSql", "\"struct\""},
                      {"inputType", errors::Quoted(base->type.ToSql())}});
  }
  bool sensitive = names.analysis.case_sensitive;
  std::string wanted = FoldCase(path[at], sensitive);
  bool last = at + 1 == path.size();
  bool found = false;
  plan::Expressions arguments;
  auto add = [&](const std::string& name, plan::ExpressionPtr field) {
    arguments.push_back(plan::MakeConstant(Literal::String(name)));
    arguments.push_back(std::move(field));
  };
  for (const StructField& field : base->type.fields()) {
    bool same = FoldCase(field.name, sensitive) == wanted;
    found |= same;
    plan::ExpressionPtr old = ExtractField(base, field.name, names);
    if (!same) {
      add(field.name, std::move(old));
    } else if (!last) {
      add(field.name, Update(old, path, at + 1, value, names));
    } else if (value) {
      add(path[at], value);
    }
  }
  if (!found && last && value) add(path[at], value);
  if (!found && !last) ExtractField(base, path[at], names);  // raises FIELD_NOT_FOUND
  if (arguments.empty()) {
    throw SparkError("DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS",
                     {{"sqlExpr", "\"update_fields\""}});
  }
  plan::ExpressionPtr made = CallFunction("named_struct", std::move(arguments), names.analysis);
  if (!base->nullable) return made;
  plan::ExpressionPtr is_null = CallFunction("isnull", {base}, names.analysis);
  DataType type = made->type;
  plan::Case guard{{{is_null, plan::MakeConstant(Literal::Null(type))}}, std::move(made)};
  return plan::Make(std::move(guard), std::move(type), true);
}

}  // namespace

plan::ExpressionPtr ResolveUpdateFields(const spec::UpdateFields& node, const spec::Origin& origin,
                                        Environment& names) {
  plan::ExpressionPtr base = ResolveExpression(*node.child, names);
  plan::ExpressionPtr value = node.value ? ResolveExpression(*node.value, names) : nullptr;
  return Update(base, sql::ParseNameParts(node.field), 0, value, names);
}

}  // namespace pyrite::analyzer
