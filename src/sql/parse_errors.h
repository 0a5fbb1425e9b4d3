// Typed factories of the conditions that only reading SQL text raises.
#pragma once

#include <string>

#include "base/error.h"

namespace pyrite::errors {

SparkError UnclosedBracketedComment();
SparkError EmptyStatement();
SparkError TooComplexToParse();
SparkError InvalidIdentifier(const std::string& identifier);
SparkError InvalidStatement(const std::string& statement);
SparkError NumericLiteralOutOfRange(const std::string& literal, const std::string& minimum,
                                    const std::string& maximum, const std::string& type);
SparkError DecimalPrecisionTooLarge(int precision, int maximum = 38);
SparkError InvalidTypedLiteral(const std::string& type, const std::string& value);
SparkError UnsupportedTypedLiteral(const std::string& type);
SparkError MixedIntervalUnits(const std::string& literal);
SparkError UnsupportedDataType(const std::string& type);
SparkError IncompleteComplexType(const std::string& type);
SparkError CharOrVarcharWithoutLength(const std::string& type);
SparkError DecimalScaleTooLarge(int scale, int precision);
SparkError UnsupportedTimePrecision(int precision);
SparkError UnsupportedIntervalType(const std::string& start, const std::string& end);
SparkError DuplicatedCteNames(const std::string& names);
SparkError DuplicateClause(const std::string& clause);
SparkError InvalidEscape(const std::string& escape);
SparkError EmptyLikeList();
SparkError EmptyInList();
SparkError InvalidDatetimeUnit(const std::string& function, const std::string& unit);
SparkError InvalidLateralJoin(const std::string& type);
SparkError TemporaryViewIfNotExists();
SparkError QualifiedCacheName();
SparkError RepeatedWindow(const std::string& name);
SparkError IncompatibleJoinTypes(const std::string& one, const std::string& other);
SparkError ReplaceIfNotExists();
SparkError TemporaryViewProperties();
SparkError InvalidTimeZoneClause();
SparkError InvalidTimeZoneInterval();
SparkError OperationNotAllowed(const std::string& what);
SparkError UnsupportedPipeGrouping(const std::string& what);
SparkError SystemSample();
SparkError UnsupportedSample(const std::string& what);
SparkError SampleWithoutUnit();
SparkError InvalidSet();
SparkError InvalidReset();
SparkError MultiPartCatalog(const std::string& name);
SparkError VariableWithoutType();
SparkError InvalidFunctionScope(const std::string& scope);
SparkError CombinedQueryClauses();
SparkError InvalidSampleFraction(double fraction);
SparkError TableArgumentWithoutParentheses(const std::string& argument);
SparkError TableArgumentWithSeveral(const std::string& clause);

}  // namespace pyrite::errors
