// Data types as Spark's JSON: {"type":"struct","fields":[{"name":"a","type":"integer",...}]}.
#pragma once

#include <string>
#include <string_view>

#include "base/types.h"

namespace pyrite {

// Raises INVALID_JSON_DATA_TYPE.
DataType TypeFromJson(std::string_view text);

// Spark's DataType.json.
std::string TypeToJson(const DataType& type);

// The fields as the columns of a CREATE TABLE: "`a b` INT NOT NULL,s STRING COMMENT 'x'".
std::string ToTableDdl(const DataType& type);

}  // namespace pyrite
