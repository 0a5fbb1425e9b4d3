// The one registry of what Spark's functions mean. The analyzer, SHOW FUNCTIONS, DESCRIBE FUNCTION,
// the compatibility tables in docs/ and `pyrite check` all read it.
//
// A family is a file with one table, a row a function:
//
//   {.name = "array_contains", .signatures = "(array<T>, T) -> boolean",
//    .nulls = NullRule::kAnyNull, .doc = "Whether the array holds the value.",
//    .means = Rename{"list_contains"}}
//
// Thread-safe: the tables are constants; the index over them is built once, at the first look-up.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plan/expression.h"

namespace pyrite::functions {

enum class FunctionClass : uint8_t { kScalar, kAggregate, kWindow, kGenerator, kTableValued };

// When the result can be NULL.
enum class NullRule : uint8_t {
  kAnyNull,  // NULL for any NULL argument, and only then
  kNever,
  kAlways,   // can be NULL whatever the arguments
  kAllNull,  // NULL only when all arguments are (coalesce)
};

enum class Determinism : uint8_t { kDeterministic, kNondeterministic };

// What a call may depend on besides its arguments.
struct CallContext {
  bool ansi = true;                // spark.sql.ansi.enabled
  std::string time_zone = "UTC";   // spark.sql.session.timeZone
  bool last_map_key_wins = false;  // spark.sql.mapKeyDedupPolicy is LAST_WIN
  std::string current_database = "default";
  std::string current_catalog = "spark_catalog";
  int64_t query_start_micros = 0;                     // current_timestamp()
  std::shared_ptr<const QueryContext> query_context;  // of this call, may be null
};

// A scalar call as it was written, arguments resolved but not yet coerced.
struct UnresolvedCall {
  std::string name;
  plan::Expressions arguments;
  bool distinct = false;
  bool ignore_nulls = false;
  plan::ExpressionPtr filter;
  std::vector<plan::SortKey> within_group;
};

// ---- the kinds, in the order of preference

// DuckDB has a function (or operator) of the same meaning. Operators go by these targets: = != < <=
// > >= "<=>" (IS NOT DISTINCT FROM), and, or, not, isnull, isnotnull, in (value, element...),
// between (value, lower, upper), coalesce, + - * (unary - too), ~~ (LIKE); count_star takes
// nothing.
struct Rename {
  const char* target;
  bool cast_result = false;  // DuckDB's result type differs: cast it to the signature's
};
// A Spark SQL text over the parameters $1, $2, ...: "if($1 = $2, NULL, $1)".
struct Body {
  const char* sql;
};
// Code that makes the resolved expression out of coerced arguments and other functions.
struct Rewrite {
  plan::ExpressionPtr (*make)(const CallContext&, const plan::Expressions& arguments);
};
// A vectorized function of ours, registered with the engine under this name (lower/kernels).
struct Kernel {
  const char* target;
};
// Known to Spark, not here: calls fail with UNSUPPORTED_FEATURE.
struct Unsupported {
  const char* reason;
};

using Meaning = std::variant<Rename, Body, Rewrite, Kernel, Unsupported>;

// Computes a result type that the signature notation cannot say (decimal arithmetic).
using TypeRule = DataType (*)(const CallContext&, const plan::Expressions& coerced);

struct Function {
  const char* name;
  const char* aliases = "";  // separated by spaces
  const char* signatures;    // Spark notation, alternatives separated by ';'
  FunctionClass kind = FunctionClass::kScalar;
  NullRule nulls = NullRule::kAnyNull;
  Determinism determinism = Determinism::kDeterministic;
  const char* doc = "";
  Meaning means;
  TypeRule result_type = nullptr;  // overrides the signature's
  const char* since = "";
};

// All rows, sorted by name.
const std::vector<const Function*>& AllFunctions();

// The row for a name or alias, without regard to case; nullptr when there is none.
const Function* Find(std::string_view name);

// The typed, coerced expression for a call: a Call, AggregateCall, Cast, Case, or whatever the
// row's meaning expands to. Window functions come back as AggregateCall too; the analyzer moves
// them into a WindowCall. Raises UNRESOLVED_ROUTINE, WRONG_NUM_ARGS, DATATYPE_MISMATCH.*,
// UNSUPPORTED_FEATURE.
plan::ExpressionPtr Resolve(const UnresolvedCall& call, const CallContext& context);

// ---- coercion (functions/coercion.cc)

// Spark's common type of two, for set operations, CASE, COALESCE, IN, comparison; nullopt: none.
// ANSI: AnsiTypeCoercion.findWiderTypeForTwo; otherwise TypeCoercion's.
std::optional<DataType> WiderType(const DataType& left, const DataType& right, bool ansi);
std::optional<DataType> WiderType(const std::vector<DataType>& types, bool ansi);
// Whether Spark's CAST is defined at all.
bool CanCast(const DataType& from, const DataType& to, bool ansi);
// An implicit cast of `expression` to `type`, as Spark inserts it.
plan::ExpressionPtr Coerce(plan::ExpressionPtr expression, const DataType& type,
                           const CallContext& context);

}  // namespace pyrite::functions
