// What schema_of_json() and schema_of_csv() find in one text.
#pragma once

#include <optional>
#include <string_view>

#include "plan/relation.h"

namespace pyrite::sources {

// Raise errors of the options; nullopt: the text is malformed.
std::optional<DataType> SchemaOfJsonText(std::string_view text, const plan::Options& options);
std::optional<DataType> SchemaOfCsvText(std::string_view text, const plan::Options& options);

}  // namespace pyrite::sources
