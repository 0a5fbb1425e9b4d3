// The types inside variants: an object's as a struct, VARIANT where they have nothing in common.
#pragma once

#include <string>

#include "base/types.h"
#include "lower/kernels/variant/variant_view.h"

namespace pyrite::lower {

DataType SchemaOf(const VariantView& variant);
DataType Merged(const DataType& left, const DataType& right);
// OBJECT<a: BIGINT, b: ARRAY<STRING>>
std::string VariantSchemaText(const DataType& schema);

}  // namespace pyrite::lower
