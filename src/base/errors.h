// Typed factories of SparkError, one a condition. Names and parameters are Spark's
// (its error-conditions catalogue); the wording stands in conditions.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace pyrite::errors {

// Our own bug, never the user's input.
SparkError Internal(const std::string& what);

// A feature of Spark that Pyrite does not have (yet). `feature` as a user would name it.
SparkError UnsupportedFeature(const std::string& feature);

// What a function of Python raised; the traceback as text.
SparkError PythonException(const std::string& traceback);

SparkError UnresolvedColumn(const std::string& name, const std::vector<std::string>& suggestions);
SparkError UnresolvedField(const std::string& name, const std::vector<std::string>& fields);
SparkError UnresolvedRoutine(const std::string& name);
SparkError AmbiguousReference(const std::string& name, const std::vector<std::string>& candidates);
SparkError TableNotFound(const std::string& name);
SparkError PathNotFound(const std::string& path);
SparkError PathOptionAndPath();
SparkError InvalidModificationTime(const std::string& option, const std::string& text);
SparkError PathAlreadyExists(const std::string& path);
SparkError UnableToInferSchema(const std::string& format);
SparkError DataSourceNotFound(const std::string& provider);
SparkError ConflictingDirectoryStructures(const std::vector<std::string>& base_paths);
SparkError ConflictingPartitionColumnNames(const std::string& column_lists,
                                           const std::string& suspicious_paths);
SparkError EmptyPartitionColumnName(const std::string& column_spec);
SparkError EmptyPartitionColumnValue(const std::string& column_spec);
SparkError InvalidPartitionValue(const std::string& value, const std::string& column,
                                 const std::string& type);
SparkError InvalidTimeZone(const std::string& time_zone);
SparkError ColumnAlreadyExists(const std::string& column);
SparkError UnsupportedDataTypeForDataSource(const std::string& column, const std::string& type,
                                            const std::string& format);
SparkError EmptySchemaNotSupported(const std::string& format);
SparkError PartitionColumnNotFound(const std::string& column, const std::string& schema);
SparkError InvalidPartitionColumnType(const std::string& type);
SparkError AllPartitionColumns();
SparkError SortByWithoutBucketing();
SparkError CodecNotAvailable(const std::string& codec, const std::string& available);
SparkError CannotReadFileFooter(const std::string& path);
SparkError FailedReadFile(const std::string& path);
SparkError TaskWriteFailed(const std::string& path, const std::string& reason);
SparkError CannotMergeSchemas(const std::string& left, const std::string& right);
SparkError Int96NotTimestamp();
SparkError UnsupportedTimeType();
SparkError ParquetTypeIllegal(const std::string& parquet_type);
SparkError ParquetTypeNotSupported(const std::string& parquet_type);
SparkError ParquetTypeNotRecognized(const std::string& field);
SparkError DecimalPrecisionExceedsMaxPrecision(int precision, int max_precision);
SparkError IllegalArgument(const std::string& message);
SparkError WrongNumArgs(const std::string& function, const std::string& expected, size_t actual);
SparkError UnexpectedInputType(const std::string& sql_expr, const std::string& ordinal,
                               const std::string& required, const std::string& input_sql,
                               const std::string& input_type);
SparkError BinaryOpDiffTypes(const std::string& sql_expr, const std::string& left,
                             const std::string& right);
// `required` as Spark's messages list types, each quoted.
SparkError BinaryOpWrongType(const std::string& sql_expr, const std::string& required,
                             const std::string& actual);
// `types` as ["INT", "STRING"].
SparkError DataDiffTypes(const std::string& sql_expr, const std::string& function,
                         const std::string& types);
SparkError InvalidOrderingType(const std::string& sql_expr, const std::string& function,
                               const std::string& type);
SparkError ParseSyntax(const std::string& near, const std::string& hint);

// `ab`.`c` with each part quoted, as Spark's messages show names.
std::string QuoteName(const std::vector<std::string>& parts);
// "INT": a type or an expression as Spark's messages show them.
std::string Quoted(std::string_view text);

}  // namespace pyrite::errors
