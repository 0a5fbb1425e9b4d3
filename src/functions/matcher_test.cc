#include "functions/matcher.h"

#include <gtest/gtest.h>

#include <deque>

#include "base/error.h"

namespace pyrite::functions {
namespace {

// The matcher remembers what it parsed by the row, so rows stay.
const Function& Row(const char* signatures) {
  static std::deque<Function> rows;
  return rows.emplace_back(Function{.name = "f", .signatures = signatures, .means = Rename{"f"}});
}

plan::Expressions Columns(const std::vector<DataType>& types) {
  plan::Expressions columns;
  for (const DataType& type : types) {
    columns.push_back(plan::MakeRef({plan::NextColumnId(), "c", type, true, ""}));
  }
  return columns;
}

// "(INT, STRING) -> DOUBLE", the coerced arguments and the result; or the condition.
std::string Matched(const char* signatures, const std::vector<DataType>& types, bool ansi = true) {
  CallContext context;
  context.ansi = ansi;
  try {
    Match match = MatchCall(Row(signatures), "f", Columns(types), context);
    std::string out;
    for (auto& argument : match.arguments) {
      out += (out.empty() ? "" : ", ") + argument->type.ToSql();
    }
    return "(" + out + ") -> " + match.result.ToSql();
  } catch (const SparkError& error) {
    return error.condition();
  }
}

const DataType kInt = DataType::Integer();
const DataType kLong = DataType::Long();
const DataType kDouble = DataType::Double();
const DataType kString = DataType::String();
const DataType kNull = DataType::Null();

TEST(Matcher, ConcreteTypesAreCastTo) {
  EXPECT_EQ(Matched("(string, int) -> string", {kInt, kLong}), "(STRING, INT) -> STRING");
  EXPECT_EQ(Matched("(int) -> int", {kNull}), "(INT) -> INT");
  EXPECT_EQ(Matched("(int) -> int", {DataType::Boolean()}),
            "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
}

TEST(Matcher, TheAlternativeWithTheFewestCasts) {
  const char* signatures = "(int) -> int; (bigint) -> bigint; (string) -> string";
  EXPECT_EQ(Matched(signatures, {kLong}), "(BIGINT) -> BIGINT");
  EXPECT_EQ(Matched(signatures, {kString}), "(STRING) -> STRING");
  EXPECT_EQ(Matched("(int|bigint) -> int", {kLong}), "(BIGINT) -> INT");
}

TEST(Matcher, VariablesAreTheWiderType) {
  EXPECT_EQ(Matched("(T, T) -> T", {kInt, kDouble}), "(DOUBLE, DOUBLE) -> DOUBLE");
  EXPECT_EQ(Matched("(array<T>, T) -> T", {DataType::Array(kInt), kLong}),
            "(ARRAY<BIGINT>, BIGINT) -> BIGINT");
  EXPECT_EQ(Matched("(T, T) -> T", {kString, kInt}), "(BIGINT, BIGINT) -> BIGINT");
  EXPECT_EQ(Matched("(T, T) -> T", {kString, kInt}, /*ansi=*/false), "(STRING, STRING) -> STRING");
  EXPECT_EQ(Matched("(T, T) -> T", {kInt, DataType::Array(kInt)}),
            "DATATYPE_MISMATCH.DATA_DIFF_TYPES");
  EXPECT_EQ(Matched("(array<T>, T) -> T", {DataType::Array(kInt), kString}),
            "DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES");
  EXPECT_EQ(Matched("(array<T>, array<T>) -> T", {DataType::Array(kInt), kString}),
            "DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES");
}

TEST(Matcher, Counts) {
  EXPECT_EQ(Matched("(int [, int]) -> int", {kInt}), "(INT) -> INT");
  EXPECT_EQ(Matched("(int [, int]) -> int", {kInt, kInt, kInt}),
            "WRONG_NUM_ARGS.WITHOUT_SUGGESTION");
  EXPECT_EQ(Matched("(int [, int]) -> int", {}), "WRONG_NUM_ARGS.WITHOUT_SUGGESTION");
  EXPECT_EQ(Matched("(any...) -> string", {}), "() -> STRING");
  EXPECT_EQ(Matched("(any...) -> string", {kInt, kString}), "(INT, STRING) -> STRING");
}

TEST(Matcher, Classes) {
  EXPECT_EQ(Matched("(numeric) -> double", {kString}), "(DOUBLE) -> DOUBLE");
  EXPECT_EQ(Matched("(integral) -> bigint", {kDouble}), "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
  EXPECT_EQ(Matched("(array) -> any", {DataType::Array(kInt)}), "(ARRAY<INT>) -> ARRAY<INT>");
  EXPECT_EQ(Matched("(map) -> any", {kInt}), "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
}

TEST(Matcher, EverySignatureOfTheRegistryParses) {
  for (const Function* function : AllFunctions()) {
    EXPECT_FALSE(ParseSignatures(function->signatures).empty()) << function->name;
  }
}

}  // namespace
}  // namespace pyrite::functions
