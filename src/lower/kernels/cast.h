// Casts over vectors. A cast is bound once to its two types, with the casts of its parts when they
// are nested, and then runs on any number of vectors. A family is a file with a Find function: the
// code for a pair of types, nullptr when the pair is not the family's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time_zone.h"
#include "base/types.h"
#include "duckdb/common/vector_operations/unary_executor.hpp"
#include "plan/expression.h"

namespace pyrite::lower {

struct BoundCast;
using CastFunction = void (*)(const BoundCast& cast, duckdb::Vector& source, duckdb::Vector& result,
                              duckdb::idx_t count);

struct BoundCast {
  DataType from;
  DataType to;
  plan::EvalMode mode = plan::EvalMode::kAnsi;
  const TimeZone* zone = nullptr;
  bool shown = false;  // for show(): a NULL inside is written NULL, not null; a variant is JSON
  CastFunction run = nullptr;
  std::vector<BoundCast> parts;  // element; key and value; fields

  bool ansi() const { return mode == plan::EvalMode::kAnsi; }
  void Run(duckdb::Vector& source, duckdb::Vector& result, duckdb::idx_t count) const {
    run(*this, source, result, count);
  }
};

// Raises UNSUPPORTED_FEATURE for a pair that has no code.
BoundCast BindCast(const DataType& from, const DataType& to, plan::EvalMode mode,
                   const TimeZone& zone);

// As BindCast to a string, but for show().
BoundCast BindShown(const DataType& from, const TimeZone& zone);

CastFunction FindStringToNumber(const BoundCast& cast);
CastFunction FindStringToDatetime(const BoundCast& cast);
CastFunction FindNumberToNumber(const BoundCast& cast);
CastFunction FindNumberToDecimal(const BoundCast& cast);
CastFunction FindDecimalToNumber(const BoundCast& cast);
CastFunction FindDatetime(const BoundCast& cast);
CastFunction FindTime(const BoundCast& cast);
CastFunction FindToString(const BoundCast& cast);
CastFunction FindBinary(const BoundCast& cast);
CastFunction FindInterval(const BoundCast& cast);
CastFunction FindVariant(const BoundCast& cast);
CastFunction FindNested(BoundCast* cast);  // binds the parts too
CastFunction FindNestedToString(BoundCast* cast);

}  // namespace pyrite::lower
