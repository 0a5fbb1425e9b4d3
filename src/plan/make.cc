#include <algorithm>
#include <atomic>

#include "plan/relation.h"

namespace pyrite::plan {

ColumnId NextColumnId() {
  static std::atomic<ColumnId> next{1};
  return next.fetch_add(1, std::memory_order_relaxed);
}

ExpressionPtr MakeConstant(Literal literal) {
  bool nullable = literal.value.is_null();
  return Make(Constant{std::move(literal.value)}, std::move(literal.type), nullable);
}

ExpressionPtr MakeRef(const Column& column) {
  return Make(ColumnRef{column.id, column.name}, column.type, column.nullable);
}

namespace {

int IntegralDigits(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kBoolean: return 1;
    case TypeKind::kByte: return 3;
    case TypeKind::kShort: return 5;
    case TypeKind::kInteger: return 10;
    case TypeKind::kLong: return 20;
    case TypeKind::kDecimal: return type.precision() - type.scale();
    default: return 39;
  }
}

// Whether the cast can make NULL of what is not (Spark's Cast.forceNullable: with ANSI, too).
bool CanMakeNull(const DataType& from, const DataType& to) {
  if (from.Is(TypeKind::kNull) || from.SameType(to)) return false;
  if (from.IsString()) return !to.IsString() && !to.Is(TypeKind::kBinary);
  if (to.IsString()) return false;
  if (from.Is(TypeKind::kVariant)) return true;
  bool to_timestamp = to.Is(TypeKind::kTimestamp) || to.Is(TypeKind::kTimestampNtz);
  if (from.Is(TypeKind::kTimestamp) && to.IsIntegral()) return !to.Is(TypeKind::kLong);
  if (to.Is(TypeKind::kDate)) return !from.Is(TypeKind::kTimestamp);
  if (from.Is(TypeKind::kDate)) return !to_timestamp;
  if (to.Is(TypeKind::kCalendarInterval)) return true;
  bool from_double = from.Is(TypeKind::kFloat) || from.Is(TypeKind::kDouble);
  if (to_timestamp) return from_double;
  if (to.Is(TypeKind::kDecimal)) {
    int digits = to.precision() - to.scale();
    if (from.Is(TypeKind::kDecimal) && from.scale() > to.scale()) {
      return IntegralDigits(from) >= digits;  // rounding may carry
    }
    return IntegralDigits(from) > digits;
  }
  return from.IsFractional() && to.IsIntegral();
}

// Whether Spark has no doubt that the cast keeps the value (Cast.canUpCast).
bool KeepsValue(const DataType& from, const DataType& to) {
  constexpr TypeKind kWider[] = {TypeKind::kByte, TypeKind::kShort, TypeKind::kInteger,
                                 TypeKind::kLong, TypeKind::kFloat, TypeKind::kDouble};
  if (from.Is(TypeKind::kNull) || from.SameType(to)) return true;
  if (to.IsString()) return from.IsAtomic() || from.Is(TypeKind::kCalendarInterval);
  bool to_timestamp = to.Is(TypeKind::kTimestamp) || to.Is(TypeKind::kTimestampNtz);
  bool from_timestamp = from.Is(TypeKind::kTimestamp) || from.Is(TypeKind::kTimestampNtz);
  if (to_timestamp) return from_timestamp || from.Is(TypeKind::kDate);
  if (to.Is(TypeKind::kDecimal)) return from.IsNumeric() && !CanMakeNull(from, to);
  const auto place = [&](const DataType& type) {
    return std::find(std::begin(kWider), std::end(kWider), type.kind());
  };
  return place(from) != std::end(kWider) && place(to) != std::end(kWider) &&
         place(from) < place(to);
}

}  // namespace

ExpressionPtr MakeCast(ExpressionPtr child, const DataType& type, EvalMode mode) {
  if (child->type == type) return child;
  bool fails =
      mode == EvalMode::kTry ? !KeepsValue(child->type, type) : CanMakeNull(child->type, type);
  bool nullable = child->nullable || fails;
  auto context = child->context;
  return Make(Cast{std::move(child), mode}, type, nullable, std::move(context));
}

namespace {

Columns ColumnsOf(const NamedExpressions& expressions) {
  Columns columns;
  columns.reserve(expressions.size());
  for (const NamedExpression& named : expressions) columns.push_back(named.column);
  return columns;
}

void Append(Columns& columns, const Columns& more, bool make_nullable = false) {
  for (const Column& column : more) {
    columns.push_back(column);
    if (make_nullable) columns.back().nullable = true;
  }
}

}  // namespace

RelationPtr MakeProject(RelationPtr input, NamedExpressions expressions) {
  Columns output = ColumnsOf(expressions);
  return MakeRelation(Project{std::move(input), std::move(expressions)}, std::move(output));
}

RelationPtr MakeFilter(RelationPtr input, ExpressionPtr condition) {
  Columns output = input->output;
  return MakeRelation(Filter{std::move(input), std::move(condition)}, std::move(output));
}

RelationPtr MakeJoin(RelationPtr left, RelationPtr right, JoinType type, ExpressionPtr condition,
                     bool lateral) {
  bool left_nullable = type == JoinType::kRightOuter || type == JoinType::kFullOuter;
  bool right_nullable = type == JoinType::kLeftOuter || type == JoinType::kFullOuter;
  Columns output;
  Append(output, left->output, left_nullable);
  if (type != JoinType::kLeftSemi && type != JoinType::kLeftAnti) {
    Append(output, right->output, right_nullable);
  }
  return MakeRelation(Join{std::move(left), std::move(right), type, std::move(condition), lateral},
                      std::move(output));
}

RelationPtr MakeAggregate(RelationPtr input, NamedExpressions groups, NamedExpressions aggregates,
                          std::vector<std::vector<size_t>> grouping_sets) {
  Columns output = ColumnsOf(groups);
  Append(output, ColumnsOf(aggregates));
  Aggregate node{std::move(input), std::move(groups), std::move(aggregates),
                 std::move(grouping_sets), std::nullopt};
  if (!node.grouping_sets.empty()) {
    node.grouping_id = Column{NextColumnId(), "grouping_id", DataType::Long(), false, ""};
    output.push_back(*node.grouping_id);
  }
  return MakeRelation(std::move(node), std::move(output));
}

RelationPtr MakeWindow(RelationPtr input, NamedExpressions expressions) {
  Columns output = input->output;
  Append(output, ColumnsOf(expressions));
  return MakeRelation(Window{std::move(input), std::move(expressions)}, std::move(output));
}

RelationPtr MakeSort(RelationPtr input, std::vector<SortKey> keys, bool is_global) {
  Columns output = input->output;
  return MakeRelation(Sort{std::move(input), std::move(keys), is_global}, std::move(output));
}

RelationPtr MakeLimit(RelationPtr input, ExpressionPtr limit, ExpressionPtr offset) {
  Columns output = input->output;
  return MakeRelation(Limit{std::move(input), std::move(limit), std::move(offset)},
                      std::move(output));
}

Schema SchemaOf(const Columns& columns) {
  Schema schema;
  schema.reserve(columns.size());
  for (const Column& column : columns) {
    schema.push_back({column.name, column.type, column.nullable, column.metadata});
  }
  return schema;
}

Schema SchemaOf(const Relation& relation) { return SchemaOf(relation.output); }

}  // namespace pyrite::plan
