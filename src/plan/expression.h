// Resolved expressions: every node carries its Spark type and nullability, every cast is explicit,
// and columns are named by id. Immutable plain aggregates in one closed set.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/types.h"
#include "base/value.h"
#include "plan/python_function.h"

namespace pyrite::functions {
struct Function;  // functions/registry.h
const char* NameOf(const Function& function);
bool IsDeterministic(const Function& function);
}  // namespace pyrite::functions

namespace pyrite::plan {

struct Expression;
struct Relation;
using ExpressionPtr = std::shared_ptr<const Expression>;
using RelationPtr = std::shared_ptr<const Relation>;
using Expressions = std::vector<ExpressionPtr>;

// Names a value: unique in the process for each occurrence of a relation and each expression. A
// column that passes through a Project or an Aggregate (as a bare ColumnRef) may keep its id, so an
// id can stand on several levels of a plan, but never twice among a relation's inputs' columns.
using ColumnId = int64_t;
ColumnId NextColumnId();

// A column that a relation puts out.
struct Column {
  ColumnId id = 0;
  std::string name;
  DataType type;
  bool nullable = true;
  std::string metadata;  // JSON text, empty for none
};
using Columns = std::vector<Column>;

// How overflow, division by zero and malformed input end: an error, NULL, or Java's wrap-around.
enum class EvalMode : uint8_t { kAnsi, kTry, kLegacy };

struct Constant {
  Value value;
};
struct ColumnRef {  // of the input, or of an enclosing query (correlated): ids tell them apart
  ColumnId id = 0;
  std::string name;
};
struct Call {  // a scalar function or operator whose row is of kind Rename or Kernel
  const functions::Function* function = nullptr;
  Expressions arguments;  // already of the types that the row's signature names
  EvalMode mode = EvalMode::kAnsi;
};
struct SortKey {
  ExpressionPtr child;
  bool ascending = true;
  bool nulls_first = true;
};
struct AggregateCall {
  const functions::Function* function = nullptr;
  Expressions arguments;
  bool distinct = false;
  ExpressionPtr filter;           // may be null
  std::vector<SortKey> order_by;  // WITHIN GROUP
  bool ignore_nulls = false;
  EvalMode mode = EvalMode::kAnsi;
};
struct WindowBound {
  enum class Kind : uint8_t {
    kUnboundedPreceding,
    kPreceding,
    kCurrentRow,
    kFollowing,
    kUnboundedFollowing
  };
  Kind kind = Kind::kCurrentRow;
  ExpressionPtr offset;  // kPreceding, kFollowing: not negative
};
struct WindowCall {
  const functions::Function* function = nullptr;  // an aggregate or a window function
  Expressions arguments;
  bool distinct = false;
  ExpressionPtr filter;
  bool ignore_nulls = false;
  EvalMode mode = EvalMode::kAnsi;
  Expressions partition_by;
  std::vector<SortKey> order_by;
  bool is_range = true;  // RANGE, otherwise ROWS
  WindowBound lower;
  WindowBound upper;
};
struct Cast {
  ExpressionPtr child;
  EvalMode mode = EvalMode::kAnsi;
};
struct Case {
  std::vector<std::pair<ExpressionPtr, ExpressionPtr>> branches;  // condition, value
  ExpressionPtr otherwise;                                        // may be null: NULL
};
struct GetField {
  ExpressionPtr child;
  int32_t ordinal = 0;
};
struct Lambda {
  Columns parameters;
  ExpressionPtr body;
};
// A function of Python over one row, or over batches of rows of which it makes as many values.
struct PythonCall {
  PythonFunctionPtr function;
  Expressions arguments;
  std::vector<std::string> argument_names;  // of keyword arguments; empty names: positional
};
struct ScalarSubquery {
  RelationPtr plan;
};
struct InSubquery {
  Expressions values;
  RelationPtr plan;
};
struct ExistsSubquery {
  RelationPtr plan;
};

// clang-format off
#define PYRITE_PLAN_EXPRESSIONS(X)                                                     \
  X(Constant) X(ColumnRef) X(Call) X(AggregateCall) X(WindowCall) X(Cast) X(Case)      \
  X(GetField) X(Lambda) X(PythonCall) X(ScalarSubquery) X(InSubquery) X(ExistsSubquery)
// clang-format on

#define PYRITE_PLAN_KIND(Name) k##Name,
#define PYRITE_PLAN_ALTERNATIVE(Name) Name,
enum class ExpressionKind : uint8_t { PYRITE_PLAN_EXPRESSIONS(PYRITE_PLAN_KIND) };

struct Expression {
  using Node = std::variant<PYRITE_PLAN_EXPRESSIONS(PYRITE_PLAN_ALTERNATIVE) std::monostate>;
  Node node;
  DataType type;
  bool nullable = true;
  // What a runtime error in this expression points at; null when not known.
  std::shared_ptr<const QueryContext> context;

  ExpressionKind kind() const { return static_cast<ExpressionKind>(node.index()); }
  template <typename T>
  const T& As() const {
    return std::get<T>(node);
  }
  template <typename T>
  const T* TryAs() const {
    return std::get_if<T>(&node);
  }
};

template <typename T>
ExpressionPtr Make(T node, DataType type, bool nullable,
                   std::shared_ptr<const QueryContext> context = nullptr) {
  return std::make_shared<const Expression>(
      Expression{std::move(node), std::move(type), nullable, std::move(context)});
}

ExpressionPtr MakeConstant(Literal literal);
ExpressionPtr MakeRef(const Column& column);
// `child` itself when it already has the type.
ExpressionPtr MakeCast(ExpressionPtr child, const DataType& type, EvalMode mode);

// An expression and the column that it makes.
struct NamedExpression {
  Column column;
  ExpressionPtr expression;
};
using NamedExpressions = std::vector<NamedExpression>;

}  // namespace pyrite::plan
