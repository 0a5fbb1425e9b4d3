// child.field, child[key].

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "functions/lambda.h"
#include "plan/relation.h"

namespace pyrite::analyzer {
namespace {

int32_t FieldOrdinal(const DataType& type, const std::string& field, bool case_sensitive) {
  std::string wanted = FoldCase(field, case_sensitive);
  int32_t found = -1;
  size_t count = 0;
  const auto& fields = type.fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (FoldCase(fields[i].name, case_sensitive) != wanted) continue;
    found = static_cast<int32_t>(i);
    ++count;
  }
  if (count > 1) throw errors::AmbiguousField(field, count);
  if (count == 1) return found;
  std::vector<std::string> names;
  for (const StructField& item : fields) names.push_back(errors::QuoteName({item.name}));
  throw errors::UnresolvedField(errors::QuoteName({field}), names);
}

plan::ExpressionPtr Field(plan::ExpressionPtr child, const std::string& field, bool sensitive) {
  int32_t ordinal = FieldOrdinal(child->type, field, sensitive);
  const StructField& found = child->type.fields()[ordinal];
  DataType type = found.type;
  bool nullable = child->nullable || found.nullable;
  return plan::Make(plan::GetField{std::move(child), ordinal}, std::move(type), nullable);
}

// The array of the field's values.
plan::ExpressionPtr FieldOfElements(const plan::ExpressionPtr& array, const std::string& field,
                                    Analysis& analysis) {
  plan::Column item =
      functions::Parameter("item", array->type.element(), array->type.contains_null());
  plan::ExpressionPtr value = Field(plan::MakeRef(item), field, analysis.case_sensitive);
  DataType type = DataType::Array(value->type, value->nullable);
  return functions::Native("list_transform", {array, functions::MakeLambda({item}, value)},
                           std::move(type), array->nullable, analysis.call);
}

}  // namespace

plan::ExpressionPtr ExtractField(plan::ExpressionPtr child, const std::string& field,
                                 Environment& names) {
  const DataType& type = child->type;
  if (type.Is(TypeKind::kStruct)) {
    return Field(std::move(child), field, names.analysis.case_sensitive);
  }
  if (type.Is(TypeKind::kMap)) {
    return CallFunction("getmapvalue",
                        {std::move(child), plan::MakeConstant(Literal::String(field))},
                        names.analysis);
  }
  if (type.Is(TypeKind::kArray) && type.element().Is(TypeKind::kStruct)) {
    return FieldOfElements(child, field, names.analysis);
  }
  std::string base = plan::Print(*child);
  base = base.substr(0, base.find('#'));
  throw errors::InvalidExtractBase(base, type);
}

plan::ExpressionPtr ResolveExtract(const spec::ExtractValue& node, const spec::Origin& origin,
                                   Environment& names) {
  plan::ExpressionPtr child = ResolveExpression(*node.child, names);
  auto* literal = node.key->TryAs<spec::LiteralValue>();
  bool named = literal && literal->literal.type.IsString() && !literal->literal.value.is_null();
  bool has_fields =
      child->type.Is(TypeKind::kStruct) ||
      (child->type.Is(TypeKind::kArray) && child->type.element().Is(TypeKind::kStruct) && named);
  if (has_fields) {
    if (!named) throw errors::InvalidExtractField("key");
    return ExtractField(std::move(child), literal->literal.value.as_string(), names);
  }
  plan::ExpressionPtr key = ResolveExpression(*node.key, names);
  const char* function = child->type.Is(TypeKind::kArray) ? "getarrayitem"
                         : child->type.Is(TypeKind::kMap) ? "getmapvalue"
                                                          : nullptr;
  if (function) {
    return CallFunction(function, {std::move(child), std::move(key)}, names.analysis, origin);
  }
  std::string base = plan::Print(*child);
  throw errors::InvalidExtractBase(base.substr(0, base.find('#')), child->type);
}

}  // namespace pyrite::analyzer
