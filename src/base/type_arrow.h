// Spark types to and from Arrow, in the form that Spark Connect sends: LTZ timestamps as
// timestamp[us, tz], NTZ without tz, decimals as decimal128, year-month as month_interval, day-time
// as duration[us], calendar intervals as month_day_nano, variants as struct<value, metadata>.
#pragma once

#include <memory>
#include <string>

#include "base/types.h"

namespace arrow {
class DataType;
class Schema;
}  // namespace arrow

namespace pyrite {

std::shared_ptr<arrow::DataType> ToArrow(const DataType& type, const std::string& time_zone);
std::shared_ptr<arrow::Schema> ToArrow(const Schema& schema, const std::string& time_zone);
// Raises UNSUPPORTED_ARROWTYPE for what Spark has no type for.
DataType FromArrow(const arrow::DataType& type);
Schema FromArrow(const arrow::Schema& schema);

}  // namespace pyrite
