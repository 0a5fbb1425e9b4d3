// Values of partition columns, as folder names write them: what type they look like, and what they
// are in a type. The rules are those of Spark's PartitioningUtils.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/types.h"
#include "base/value.h"

namespace pyrite::sources {

// The folder name that stands for NULL.
inline constexpr char kNullPartition[] = "__HIVE_DEFAULT_PARTITION__";

struct PartitionTypeRules {
  bool infer = true;  // otherwise all are strings
  DataType timestamp = DataType::Timestamp();
  std::string time_zone = "UTC";
};

// INT, BIGINT, DECIMAL(p,0), DOUBLE, a timestamp, DATE, STRING; VOID for NULL.
DataType InferPartitionType(const std::string& raw, const PartitionTypeRules& rules);

// The one type for a column whose folders have these types; STRING for what does not fit together.
DataType CommonPartitionType(const std::vector<DataType>& types);

// Raises INVALID_PARTITION_VALUE for what `type` does not hold.
Value ParsePartitionValue(const std::string& raw, const std::string& column, const DataType& type,
                          const std::string& time_zone);

}  // namespace pyrite::sources
