// df.to(schema): columns and fields by name, in the schema's order and of its types.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"

namespace pyrite::analyzer {
namespace {

using plan::ExpressionPtr;
using Path = std::vector<std::string>;

struct NamedValue {
  std::string name;
  ExpressionPtr value;
};

Path Below(Path path, const std::string& name) {
  path.push_back(name);
  return path;
}

// Whether a value of one type may be stored where another is expected (Spark's ANSI rules).
bool CanStore(const DataType& from, const DataType& to) {
  if (from.SameType(to) || from.Is(TypeKind::kNull)) return true;
  if (from.IsNumeric() && to.IsNumeric()) return true;
  if (to.IsString()) return from.IsAtomic() || from.Is(TypeKind::kCalendarInterval);
  if (from.IsDatetime() && to.IsDatetime()) return true;
  return from.IsAnsiInterval() && from.kind() == to.kind();
}

class Reconciler {
 public:
  explicit Reconciler(Analysis& analysis) : analysis_(analysis) {}

  // The value under the field's name, or NULL when nothing has it.
  ExpressionPtr Field(const std::vector<NamedValue>& given, const StructField& field,
                      const Path& path) {
    const NamedValue* found = nullptr;
    int count = 0;
    bool sensitive = analysis_.case_sensitive;
    for (const NamedValue& item : given) {
      if (FoldCase(item.name, sensitive) != FoldCase(field.name, sensitive)) continue;
      found = &item;
      ++count;
    }
    if (count > 1) {
      throw SparkError(
          "AMBIGUOUS_COLUMN_OR_FIELD",
          {{"name", errors::QuoteName(Below(path, field.name))}, {"n", std::to_string(count)}});
    }
    if (found) return Value(found->value, Below(path, found->name), field.type, field.nullable);
    if (field.nullable) return plan::MakeConstant(Literal::Null(field.type));
    std::vector<std::string> names;
    for (const NamedValue& item : given) names.push_back(errors::QuoteName({item.name}));
    if (path.empty()) throw errors::UnresolvedColumn(errors::QuoteName({field.name}), names);
    std::string proposal;
    for (auto& name : names) proposal += (proposal.empty() ? "" : ", ") + name;
    throw SparkError("UNRESOLVED_FIELD.WITH_SUGGESTION",
                     {{"fieldName", errors::QuoteName({field.name})},
                      {"columnPath", errors::QuoteName(path)},
                      {"proposal", proposal}});
  }

 private:
  ExpressionPtr Value(const ExpressionPtr& value, const Path& path, const DataType& target,
                      bool nullable) {
    if (value->nullable && !nullable) {
      throw SparkError("NULLABLE_COLUMN_OR_FIELD", {{"name", errors::QuoteName(path)}});
    }
    const DataType& type = value->type;
    if (type == target) return value;
    if (type.Is(TypeKind::kStruct) && target.Is(TypeKind::kStruct)) {
      return Struct(value, path, target);
    }
    if (type.Is(TypeKind::kArray) && target.Is(TypeKind::kArray)) {
      CheckElements(type, target, path);
      return Mapped("transform", value, {{type.element(), type.contains_null()}}, 0,
                    Below(path, "element"), target.element(), target.contains_null());
    }
    if (type.Is(TypeKind::kMap) && target.Is(TypeKind::kMap)) {
      CheckElements(type, target, path);
      std::vector<Parameter> entry = {{type.key(), false}, {type.value(), type.contains_null()}};
      ExpressionPtr keys =
          Mapped("transform_keys", value, entry, 0, Below(path, "key"), target.key(), false);
      entry[0].type = target.key();
      return Mapped("transform_values", keys, entry, 1, Below(path, "value"), target.value(),
                    target.contains_null());
    }
    if (!CanStore(type, target)) {
      throw SparkError("INVALID_COLUMN_OR_FIELD_DATA_TYPE",
                       {{"name", errors::QuoteName(path)},
                        {"type", errors::Quoted(type.ToSql())},
                        {"expectedType", errors::Quoted(target.ToSql())}});
    }
    return plan::MakeCast(value, target, plan::EvalMode::kAnsi);
  }

  static void CheckElements(const DataType& type, const DataType& target, const Path& path) {
    if (!type.contains_null() || target.contains_null()) return;
    throw SparkError(type.Is(TypeKind::kArray) ? "NOT_NULL_CONSTRAINT_VIOLATION.ARRAY_ELEMENT"
                                               : "NOT_NULL_CONSTRAINT_VIOLATION.MAP_VALUE",
                     {{"columnPath", errors::QuoteName(path)}});
  }

  ExpressionPtr Struct(const ExpressionPtr& value, const Path& path, const DataType& target) {
    Environment names{analysis_, {}};
    std::vector<NamedValue> given;
    for (size_t i = 0; i < value->type.fields().size(); ++i) {
      const StructField& field = value->type.fields()[i];
      given.push_back({field.name, plan::Make(plan::GetField{value, static_cast<int32_t>(i)},
                                              field.type, field.nullable)});
    }
    plan::Expressions parts;
    for (const StructField& field : target.fields()) {
      parts.push_back(plan::MakeConstant(Literal::String(field.name)));
      parts.push_back(Field(given, field, path));
    }
    ExpressionPtr made = CallFunction("named_struct", std::move(parts), analysis_);
    if (!value->nullable) return made;
    plan::Case guard;
    guard.branches = {{CallFunction("isnull", {value}, analysis_),
                       plan::MakeConstant(Literal::Null(made->type))}};
    DataType type = made->type;
    guard.otherwise = std::move(made);
    return plan::Make(std::move(guard), std::move(type), true);
  }

  struct Parameter {
    DataType type;
    bool nullable;
  };

  // The collection with the lambda's parameter number `which` made fit.
  ExpressionPtr Mapped(const char* function, const ExpressionPtr& value,
                       const std::vector<Parameter>& given, size_t which, const Path& path,
                       const DataType& target, bool nullable) {
    plan::Columns parameters;
    for (const Parameter& parameter : given) {
      parameters.push_back({plan::NextColumnId(), "x", parameter.type, parameter.nullable, ""});
    }
    ExpressionPtr before = plan::MakeRef(parameters[which]);
    ExpressionPtr after = Value(before, path, target, nullable);
    if (after == before) return value;
    DataType type = after->type;
    bool may_be_null = after->nullable;
    ExpressionPtr lambda = plan::Make(plan::Lambda{std::move(parameters), std::move(after)},
                                      std::move(type), may_be_null);
    return CallFunction(function, {value, std::move(lambda)}, analysis_);
  }

  Analysis& analysis_;
};

}  // namespace

Resolved ResolveToSchema(const spec::ToSchema& node, Resolved input, Analysis& analysis) {
  std::vector<NamedValue> given;
  for (const ScopeColumn& column : input.scope->columns->all()) {
    given.push_back({column.column.name, plan::MakeRef(column.column)});
  }
  Reconciler reconciler(analysis);
  SelectListBuilder list(input, analysis);
  for (const StructField& field : node.schema.fields()) {
    ExpressionPtr value = reconciler.Field(given, field, {});
    std::string metadata = field.metadata;
    if (auto* ref = value->TryAs<plan::ColumnRef>(); ref && metadata.empty()) {
      metadata = input.scope->columns->Find(ref->id)->column.metadata;
    }
    list.Add({{plan::NextColumnId(), field.name, value->type, value->nullable, metadata}, value},
             false);
  }
  Select select;
  select.input = std::move(input);
  select.items = std::make_shared<const SelectItems>(list.Take());
  return BuildSelect(std::move(select), analysis);
}

}  // namespace pyrite::analyzer
