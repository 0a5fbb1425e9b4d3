// Errors that only analysis raises: typed factories, one a condition.
#pragma once

#include <string>

#include "base/error.h"
#include "base/errors.h"
#include "base/types.h"
#include "plan/expression.h"
#include "spec/expression.h"

namespace pyrite::analyzer::errors {

using namespace pyrite::errors;

SparkError MissingAggregation(const std::string& expression);
SparkError MissingGroupBy();
SparkError NestedAggregate();
SparkError GroupByAggregate(const std::string& sql);
SparkError GroupByPositionOutOfRange(int64_t index, size_t size);
SparkError GroupByPositionAggregate(int64_t index, const std::string& sql);
SparkError OrderByPositionOutOfRange(int64_t index, size_t size);
SparkError InvalidWhereCondition(const std::string& condition, const std::string& expressions);
SparkError FilterNotBoolean(const std::string& condition, const DataType& type);
SparkError JoinConditionNotBoolean(const std::string& condition, const DataType& type);
// With the functions, or the setting, that do what the cast does not.
SparkError ForbiddenCast(const std::string& sql, const DataType& from, const DataType& to,
                         plan::EvalMode mode);
SparkError InvalidExtractBase(const std::string& base, const DataType& type);
SparkError InvalidExtractField(const std::string& extraction);
SparkError AmbiguousField(const std::string& field, size_t count);
SparkError NumColumnsMismatch(const std::string& operation, size_t first, size_t ordinal,
                              size_t actual);
SparkError IncompatibleColumnType(const std::string& operation, size_t table, size_t column,
                                  const DataType& first, const DataType& second);
SparkError ScalarSubqueryColumns(size_t number);
SparkError InSubqueryLength(const std::string& sql, const std::string& left, size_t left_length,
                            const std::string& right, size_t right_length);
SparkError WindowWithoutOver(const std::string& function);
SparkError WindowNotOrdered(const std::string& name, const std::string& expression);
SparkError WindowNotAllowed(const std::string& clause);
SparkError MissingWindow(const std::string& name);
SparkError NegativeLimit(const std::string& name, int64_t value);
SparkError LimitNotInteger(const std::string& name, const std::string& expression,
                           const DataType& type);
SparkError LimitNotFoldable(const std::string& name, const std::string& expression);
SparkError LimitNull(const std::string& name, const std::string& expression);
SparkError UnsupportedGrouping();
SparkError GroupingMismatch(const std::string& grouping, const std::string& groups);
SparkError GroupingIdMismatch(const std::string& columns, const std::string& groups);
SparkError ColumnNotAmong(const std::string& name, const std::string& names);
SparkError UnresolvedUsingColumn(const std::string& column, const std::string& side,
                                 const std::string& suggestion);
SparkError CannotResolveDataFrameColumn(const std::string& name);
SparkError AmbiguousColumnReference(const std::string& name);
SparkError CountWithoutArguments();
SparkError UnboundParameter(const spec::Parameter& parameter);
// `why`: NOT_CONSTANT, NULL or WRONG_TYPE.
SparkError NotConstantText(const std::string& why, const std::string& sql, const DataType& type);
SparkError CountStarWithTable(const std::string& table);
SparkError AssignedTooManyAliases(size_t aliases, size_t columns);
SparkError ColumnAlreadyExists(const std::string& name);
SparkError InlineTableColumns(size_t expected, size_t actual, size_t row);
SparkError InlineTableIncompatible(const std::string& column);
SparkError StarWithoutTable(const std::string& target, const std::string& columns);

// "first", "second", ... as Spark's messages count.
std::string Ordinal(size_t number);

}  // namespace pyrite::analyzer::errors
