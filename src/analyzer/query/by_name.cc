#include "analyzer/query/by_name.h"

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"

namespace pyrite::analyzer {
namespace {

std::map<std::string, size_t> Index(const plan::Columns& columns, bool sensitive) {
  std::map<std::string, size_t> index;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string name = FoldCase(columns[i].name, sensitive);
    if (!index.emplace(name, i).second) throw errors::ColumnAlreadyExists(name);
  }
  return index;
}

plan::NamedExpression Reference(const plan::Column& column) {
  return {column, plan::MakeRef(column)};
}

plan::NamedExpression Missing(const plan::Column& like) {
  plan::ExpressionPtr null = plan::MakeConstant(Literal::Null(like.type));
  return {{plan::NextColumnId(), like.name, like.type, true, ""}, std::move(null)};
}

// The type of the left side's column, with the fields that only the right side's has when they may
// be missing.
DataType MergedType(const DataType& left, const DataType& right, bool allow_missing,
                    bool sensitive) {
  if (left.Is(TypeKind::kArray) && right.Is(TypeKind::kArray)) {
    return DataType::Array(MergedType(left.element(), right.element(), allow_missing, sensitive),
                           left.contains_null());
  }
  if (!left.Is(TypeKind::kStruct) || !right.Is(TypeKind::kStruct)) return left;
  auto find = [&](const std::vector<StructField>& fields, const std::string& name) {
    return std::find_if(fields.begin(), fields.end(), [&](const StructField& field) {
      return FoldCase(field.name, sensitive) == FoldCase(name, sensitive);
    });
  };
  std::vector<StructField> fields = left.fields();
  for (StructField& field : fields) {
    auto other = find(right.fields(), field.name);
    if (other != right.fields().end()) {
      field.type = MergedType(field.type, other->type, allow_missing, sensitive);
    } else if (allow_missing) {
      field.nullable = true;
    }
  }
  for (const StructField& field : right.fields()) {
    if (!allow_missing || find(left.fields(), field.name) != left.fields().end()) continue;
    fields.push_back(field);
    fields.back().nullable = true;
  }
  return DataType::Struct(std::move(fields));
}

// The value with its structs' fields by the names, and in the order, of the type. Other parts keep
// their types; a struct without a field that may not miss stays as it is.
plan::ExpressionPtr Rearranged(const plan::ExpressionPtr& value, const DataType& type,
                               bool allow_missing, const Analysis& analysis) {
  bool sensitive = analysis.case_sensitive;
  if (value->type.Is(TypeKind::kArray) && type.Is(TypeKind::kArray)) {
    plan::Column element{plan::NextColumnId(), "x", value->type.element(),
                         value->type.contains_null(), ""};
    plan::ExpressionPtr before = plan::MakeRef(element);
    plan::ExpressionPtr after = Rearranged(before, type.element(), allow_missing, analysis);
    if (after == before) return value;
    DataType element_type = after->type;
    bool nullable = after->nullable;
    plan::Lambda lambda{{element}, std::move(after)};
    return CallFunction("transform",
                        {value, plan::Make(std::move(lambda), std::move(element_type), nullable)},
                        analysis);
  }
  if (!value->type.Is(TypeKind::kStruct) || !type.Is(TypeKind::kStruct)) return value;
  const std::vector<StructField>& given = value->type.fields();
  bool changed = given.size() != type.fields().size();
  plan::Expressions parts;
  for (size_t i = 0; i < type.fields().size(); ++i) {
    const StructField& field = type.fields()[i];
    size_t at = 0;
    while (at < given.size() &&
           FoldCase(given[at].name, sensitive) != FoldCase(field.name, sensitive)) {
      ++at;
    }
    plan::ExpressionPtr part;
    if (at == given.size()) {
      if (!allow_missing) return value;
      part = plan::MakeConstant(Literal::Null(field.type));
    } else {
      plan::ExpressionPtr before =
          plan::Make(plan::GetField{value, static_cast<int32_t>(at)}, given[at].type,
                     value->nullable || given[at].nullable);
      part = Rearranged(before, field.type, allow_missing, analysis);
      changed |= part != before;
    }
    changed |= at != i;
    parts.push_back(plan::MakeConstant(Literal::String(field.name)));
    parts.push_back(std::move(part));
  }
  if (!changed) return value;
  plan::ExpressionPtr made = CallFunction("named_struct", std::move(parts), analysis);
  if (!value->nullable) return made;
  plan::Case guard{
      {{CallFunction("isnull", {value}, analysis), plan::MakeConstant(Literal::Null(made->type))}},
      nullptr};
  DataType made_type = made->type;
  guard.otherwise = std::move(made);
  return plan::Make(std::move(guard), std::move(made_type), true);
}

// The column, its structs rearranged to the type.
plan::NamedExpression Fitted(const plan::Column& column, const DataType& type, bool allow_missing,
                             const Analysis& analysis) {
  plan::ExpressionPtr ref = plan::MakeRef(column);
  plan::ExpressionPtr value = Rearranged(ref, type, allow_missing, analysis);
  if (value == ref) return {column, std::move(ref)};
  plan::Column made{plan::NextColumnId(), column.name, value->type, value->nullable, ""};
  return {std::move(made), std::move(value)};
}

// The items over the input; the input itself when they are its columns, so that unions over unions
// can become one.
plan::RelationPtr Arranged(plan::RelationPtr input, plan::NamedExpressions items) {
  bool same = items.size() == input->output.size();
  for (size_t i = 0; same && i < items.size(); ++i) {
    same = items[i].column.id == input->output[i].id;
  }
  return same ? input : plan::MakeProject(std::move(input), std::move(items));
}

std::string Names(const plan::Columns& columns) {
  std::string out;
  for (const plan::Column& column : columns) out += (out.empty() ? "" : ", ") + column.name;
  return out;
}

}  // namespace

void AlignByName(plan::RelationPtr& left, plan::RelationPtr& right, bool allow_missing,
                 const Analysis& analysis) {
  bool sensitive = analysis.case_sensitive;
  auto in_left = Index(left->output, sensitive);
  auto in_right = Index(right->output, sensitive);
  plan::NamedExpressions left_items, right_items;
  for (const plan::Column& column : left->output) {
    auto found = in_right.find(FoldCase(column.name, sensitive));
    if (found == in_right.end() && !allow_missing) {
      throw errors::ColumnNotAmong(column.name, Names(right->output));
    }
    if (found == in_right.end()) {
      left_items.push_back(Reference(column));
      right_items.push_back(Missing(column));
      continue;
    }
    const plan::Column& other = right->output[found->second];
    DataType type = MergedType(column.type, other.type, allow_missing, sensitive);
    left_items.push_back(Fitted(column, type, allow_missing, analysis));
    right_items.push_back(Fitted(other, type, allow_missing, analysis));
  }
  for (const plan::Column& column : right->output) {
    if (in_left.contains(FoldCase(column.name, sensitive))) continue;
    right_items.push_back(Reference(column));
    if (allow_missing) left_items.push_back(Missing(column));
  }
  left = Arranged(std::move(left), std::move(left_items));
  right = Arranged(std::move(right), std::move(right_items));
}

}  // namespace pyrite::analyzer
