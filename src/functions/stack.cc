// stack(): rows out of values.

#include "base/errors.h"
#include "functions/families.h"
#include "functions/lambda.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// stack(n, value, ...): n rows of the values.
ExpressionPtr Stack(const CallContext& context, const Expressions& arguments) {
  const Value* count = arguments.empty() ? nullptr : ConstantValue(arguments[0]);
  if (count != nullptr && count->as_int() < 1) {
    throw SparkError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                     {{"sqlExpr", errors::Quoted("stack")},
                      {"exprName", "`n`"},
                      {"valueRange", "(0, 2147483647]"},
                      {"currentValue", std::to_string(count->as_int())}});
  }
  if (count == nullptr || count->as_int() < 1) {
    throw errors::UnsupportedFeature("stack of a number of rows that is no positive constant");
  }
  auto rows = static_cast<size_t>(count->as_int());
  size_t values = arguments.size() - 1, width = (values + rows - 1) / rows;
  std::vector<DataType> types;
  for (size_t column = 0; column < width; ++column) {
    std::vector<DataType> all;
    for (size_t i = column; i < values; i += width) all.push_back(arguments[i + 1]->type);
    auto type = WiderType(all, context.ansi);
    if (!type) {
      throw SparkError("DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES",
                       {{"sqlExpr", errors::Quoted("stack")},
                        {"columnIndex", std::to_string(column)},
                        {"leftParamIndex", "1"},
                        {"leftType", errors::Quoted(all[0].ToSql())},
                        {"rightParamIndex", "2"},
                        {"rightType", errors::Quoted(all.back().ToSql())}});
    }
    types.push_back(*type);
  }
  Expressions structs;
  std::vector<StructField> fields;
  for (size_t column = 0; column < width; ++column) {
    fields.push_back({"col" + std::to_string(column), types[column], true, ""});
  }
  DataType row_type = DataType::Struct(fields);
  for (size_t row = 0; row < rows; ++row) {
    Expressions items;
    for (size_t column = 0; column < width; ++column) {
      size_t at = row * width + column;
      items.push_back(at < values ? Coerce(arguments[at + 1], types[column], context)
                                  : NullConstant(types[column]));
    }
    structs.push_back(Pack(row_type, std::move(items), context));
  }
  return CallFunction("inline", {CallFunction("array", structs, context)}, context);
}

constexpr Function kRows[] = {
    {.name = "stack",
     .signatures = "(int, any...) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "So many rows of the values.",
     .means = Rewrite{Stack}},
};

}  // namespace

std::span<const Function> StackFunctions() { return kRows; }

}  // namespace pyrite::functions
