// The bounds of + - * of decimals, from the bounds of the inputs that statistics give.
#pragma once

#include <optional>

#include "duckdb/storage/statistics/base_statistics.hpp"
#include "lower/kernels/decimal_exact.h"

namespace pyrite::lower {

// Unscaled, both included.
struct DecimalRange {
  Int128 least, greatest;

  bool FitsPrecision(int precision) const;
  bool FitsInt64() const;
};

// Nothing without bounds.
std::optional<DecimalRange> RangeOf(const duckdb::BaseStatistics& statistics);

// The factors bring the inputs to a common scale; 1 for products. Nothing when 128 bits overflow.
std::optional<DecimalRange> CombineRanges(ExactOperation operation, const DecimalRange& left,
                                          const DecimalRange& right, Int128 left_factor,
                                          Int128 right_factor);

// Statistics of a column of this decimal type within the range.
duckdb::BaseStatistics StatisticsOf(const duckdb::LogicalType& type, const DecimalRange& range);

}  // namespace pyrite::lower
