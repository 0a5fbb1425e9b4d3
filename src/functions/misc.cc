// Functions about the session and about other expressions.

#include <pwd.h>
#include <unistd.h>

#include "base/errors.h"
#include "functions/build.h"
#include "functions/casts.h"
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

// Where there are files the analyzer takes these from their scan.
ExpressionPtr NoInputFile(const CallContext&, const Expressions&) { return StringConstant(""); }
ExpressionPtr NoInputBlock(const CallContext&, const Expressions&) {
  return plan::MakeConstant(Literal::Long(-1));
}

ExpressionPtr MakeCastCall(const CallContext& context, const ExpressionPtr& child,
                           const DataType& type) {
  if (!CanCast(child->type, type, context.ansi)) {
    throw ForbiddenCast(SqlOf(*child), child->type, type, ModeOf(context));
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

// raise_error(message), and raise_error(condition, parameters).
ExpressionPtr RaiseError(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() > 1) throw errors::UnsupportedFeature("raise_error of a condition");
  return Native("spark_raise_error", {arguments[0]}, DataType::Null(), true, context);
}

ExpressionPtr AssertTrue(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr message = arguments.size() > 1
                              ? arguments[1]
                              : StringConstant("'" + SqlOf(*arguments[0]) + "' is not true!");
  return CallFunction("if",
                      {arguments[0], NullConstant(DataType::Null()),
                       RaiseError(context, {Coerce(message, DataType::String(), context)})},
                      context);
}

// The server's user, as in Spark.
ExpressionPtr CurrentUser(const CallContext&, const Expressions&) {
  const passwd* entry = getpwuid(geteuid());
  return StringConstant(entry == nullptr ? std::to_string(geteuid()) : entry->pw_name);
}

// A pass puts these in (passes/partition_ids.h).
ExpressionPtr PartitionId(const CallContext& context, const Expressions&) {
  return NativeNondeterministic("spark_partition_id", {}, DataType::Integer(), false, context);
}

ExpressionPtr RowId(const CallContext& context, const Expressions&) {
  return NativeNondeterministic("spark_row_id", {}, DataType::Long(), false, context);
}

ExpressionPtr Collation(const CallContext&, const Expressions&) {
  return StringConstant("SYSTEM.BUILTIN.UTF8_BINARY");
}

constexpr Function kRows[] = {
    {.name = "raise_error",
     .signatures = "(string [, any]) -> void",
     .determinism = Determinism::kNondeterministic,
     .doc = "Ends the query with an error.",
     .means = Rewrite{RaiseError}},
    {.name = "assert_true",
     .signatures = "(boolean [, any]) -> void",
     .determinism = Determinism::kNondeterministic,
     .doc = "NULL, or an error unless the condition holds.",
     .means = Rewrite{AssertTrue}},
    {.name = "current_user",
     .aliases = "user session_user",
     .signatures = "() -> string",
     .doc = "The user's name.",
     .means = Rewrite{CurrentUser}},
    {.name = "spark_partition_id",
     .signatures = "() -> int",
     .determinism = Determinism::kNondeterministic,
     .doc = "The number of the row's partition.",
     .means = Rewrite{PartitionId}},
    {.name = "monotonically_increasing_id",
     .signatures = "() -> bigint",
     .determinism = Determinism::kNondeterministic,
     .doc = "The row's place in its partition; the partition's number in the upper 31 bits.",
     .means = Rewrite{RowId}},
    {.name = "collation",
     .signatures = "(string) -> string",
     .doc = "The collation of a text.",
     .means = Rewrite{Collation}},
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
    {.name = "input_file_name",
     .signatures = "() -> string",
     .determinism = Determinism::kNondeterministic,
     .doc = "The file that the row was read from.",
     .means = Rewrite{NoInputFile}},
    {.name = "input_file_block_start",
     .signatures = "() -> bigint",
     .determinism = Determinism::kNondeterministic,
     .doc = "Where the block that the row was read from begins.",
     .means = Rewrite{NoInputBlock}},
    {.name = "input_file_block_length",
     .signatures = "() -> bigint",
     .determinism = Determinism::kNondeterministic,
     .doc = "The length of the block that the row was read from.",
     .means = Rewrite{NoInputBlock}},
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
