// Functions about the session and about other expressions.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

ExpressionPtr TypeOf(const CallContext&, const Expressions& arguments) {
  return StringConstant(arguments[0]->type.ToDdl());
}

ExpressionPtr CurrentDatabase(const CallContext& context, const Expressions&) {
  return StringConstant(context.current_database);
}

ExpressionPtr CurrentCatalog(const CallContext& context, const Expressions&) {
  return StringConstant(context.current_catalog);
}

ExpressionPtr Version(const CallContext&, const Expressions&) { return StringConstant("4.2.0"); }

ExpressionPtr Uuid(const CallContext& context, const Expressions&) {
  ExpressionPtr id = Native("gen_random_uuid", {}, DataType::String(), false, context);
  return Native("concat", {id}, DataType::String(), false, context);  // UUID to text
}

ExpressionPtr MakeCastCall(const CallContext& context, const ExpressionPtr& child,
                           const DataType& type) {
  if (!CanCast(child->type, type, context.ansi)) {
    throw SparkError(
        "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
        {{"sqlExpr", errors::Quoted("CAST(" + SqlOf(*child) + " AS " + type.ToSql() + ")")},
         {"srcType", errors::Quoted(child->type.ToSql())},
         {"targetType", errors::Quoted(type.ToSql())}});
  }
  return plan::MakeCast(child, type, ModeOf(context));
}

template <TypeKind kind>
ExpressionPtr CastTo(const CallContext& context, const Expressions& arguments) {
  return MakeCastCall(context, arguments[0], DataType(kind));
}

ExpressionPtr CastToDecimal(const CallContext& context, const Expressions& arguments) {
  return MakeCastCall(context, arguments[0], DataType::Decimal(10, 0));
}

constexpr Function kRows[] = {
    {.name = "typeof",
     .signatures = "(any) -> string",
     .doc = "The argument's type.",
     .means = Rewrite{TypeOf}},
    {.name = "current_database",
     .aliases = "current_schema",
     .signatures = "() -> string",
     .doc = "The current database.",
     .means = Rewrite{CurrentDatabase}},
    {.name = "current_catalog",
     .signatures = "() -> string",
     .doc = "The current catalog.",
     .means = Rewrite{CurrentCatalog}},
    {.name = "version",
     .signatures = "() -> string",
     .doc = "Spark's version that is followed.",
     .means = Rewrite{Version}},
    {.name = "uuid",
     .signatures = "() -> string",
     .determinism = Determinism::kNondeterministic,
     .doc = "A random UUID.",
     .means = Rewrite{Uuid}},
    {.name = "bigint",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kLong>}},
    {.name = "binary",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kBinary>}},
    {.name = "boolean",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kBoolean>}},
    {.name = "date",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kDate>}},
    {.name = "decimal",
     .signatures = "(any) -> any",
     .doc = "A cast to DECIMAL(10,0).",
     .means = Rewrite{CastToDecimal}},
    {.name = "double",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kDouble>}},
    {.name = "float",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kFloat>}},
    {.name = "int",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kInteger>}},
    {.name = "smallint",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kShort>}},
    {.name = "string",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kString>}},
    {.name = "timestamp",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kTimestamp>}},
    {.name = "tinyint",
     .signatures = "(any) -> any",
     .doc = "A cast.",
     .means = Rewrite{CastTo<TypeKind::kByte>}},
};

}  // namespace

std::span<const Function> MiscFunctions() { return kRows; }

}  // namespace pyrite::functions
