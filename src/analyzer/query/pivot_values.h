// The values that a pivot makes columns for: given, or found by running the query.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

struct PivotValue {
  std::string name;
  plan::ExpressionPtr value;  // a constant of the pivot column's type, or of its text
};

// All values of the column, in its order, as text. Raises _LEGACY_ERROR_TEMP_1324 when there are
// more than spark.sql.pivotMaxValues.
std::vector<PivotValue> FindPivotValues(const spec::ExpressionPtr& column, const Resolved& input,
                                        Analysis& analysis);

// The values as written, of the type of the pivot column. Raises NON_LITERAL_PIVOT_VALUES,
// PIVOT_VALUE_DATA_TYPE_MISMATCH.
std::vector<PivotValue> GivenPivotValues(const spec::Expressions& given, const DataType& type,
                                         Environment& names);

}  // namespace pyrite::analyzer
