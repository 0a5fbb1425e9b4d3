// Which casts Spark defines: its Cast.canCast and Cast.canAnsiCast.

#include "base/errors.h"
#include "functions/casts.h"
#include "functions/registry.h"

namespace pyrite::functions {
namespace {

using Kind = TypeKind;

bool IsTimestamp(const DataType& type) {
  return type.Is(Kind::kTimestamp) || type.Is(Kind::kTimestampNtz);
}

bool CanCastAtomic(const DataType& from, const DataType& to, bool ansi) {
  switch (to.kind()) {
    case Kind::kString:
    case Kind::kChar:
    case Kind::kVarchar: return true;
    case Kind::kBinary: return from.IsString() || (!ansi && from.IsIntegral());
    case Kind::kBoolean:
      return from.IsString() || from.IsNumeric() ||
             (!ansi && from.IsDatetime() && !from.Is(Kind::kTimestampNtz));
    case Kind::kDate: return from.IsString() || IsTimestamp(from);
    case Kind::kTimestamp:
      return from.IsString() || from.IsDatetime() || from.IsNumeric() ||
             (!ansi && from.Is(Kind::kBoolean));
    case Kind::kTimestampNtz: return from.IsString() || from.IsDatetime();
    case Kind::kTime:
      return from.IsString() || from.Is(Kind::kTime) || from.Is(Kind::kTimestampNtz);
    case Kind::kYearMonthInterval:
    case Kind::kDayTimeInterval:
      return from.IsString() || from.kind() == to.kind() || from.IsIntegral() ||
             from.Is(Kind::kDecimal);
    case Kind::kCalendarInterval: return from.IsString();
    case Kind::kByte:
    case Kind::kShort:
    case Kind::kInteger:
    case Kind::kLong:
    case Kind::kFloat:
    case Kind::kDouble:
    case Kind::kDecimal:
      if (from.Is(Kind::kDate)) return !ansi;
      return from.IsString() || from.IsNumeric() || from.Is(Kind::kBoolean) ||
             from.Is(Kind::kTimestamp) || from.Is(Kind::kTime) ||
             (from.IsAnsiInterval() && !to.Is(Kind::kFloat) && !to.Is(Kind::kDouble));
    case Kind::kVariant: return true;
    case Kind::kNull:
    case Kind::kArray:
    case Kind::kMap:
    case Kind::kStruct:
    case Kind::kUdt: return false;
  }
  return false;
}

bool CanCastFields(const DataType& from, const DataType& to, bool ansi) {
  if (from.fields().size() != to.fields().size()) return false;
  for (size_t i = 0; i < from.fields().size(); ++i) {
    const StructField& a = from.fields()[i];
    const StructField& b = to.fields()[i];
    if (!CanCast(a.type, b.type, ansi) || (a.nullable && !b.nullable)) return false;
  }
  return true;
}

}  // namespace

bool CanCast(const DataType& from, const DataType& to, bool ansi) {
  if (from == to || from.Is(Kind::kNull)) return true;
  if (to.IsString()) return true;
  if (from.Is(Kind::kArray) && to.Is(Kind::kArray)) {
    return CanCast(from.element(), to.element(), ansi) &&
           (to.contains_null() || !from.contains_null());
  }
  if (from.Is(Kind::kMap) && to.Is(Kind::kMap)) {
    return CanCast(from.key(), to.key(), ansi) && CanCast(from.value(), to.value(), ansi) &&
           (to.contains_null() || !from.contains_null());
  }
  if (from.Is(Kind::kStruct) && to.Is(Kind::kStruct)) return CanCastFields(from, to, ansi);
  if (to.Is(Kind::kVariant) && from.Is(Kind::kArray)) return CanCast(from.element(), to, ansi);
  if (from.IsNested() || to.IsNested()) return from.Is(Kind::kVariant);
  if (from.Is(Kind::kVariant)) return true;
  if (from.Is(Kind::kUdt) || to.Is(Kind::kUdt)) return from.SameType(to);
  if (from.kind() == to.kind()) return true;
  return CanCastAtomic(from, to, ansi);
}

namespace {

const char* FunctionsInstead(const DataType& from, const DataType& to) {
  if (from.Is(TypeKind::kTimestamp) && to.IsNumeric()) {
    return "`UNIX_SECONDS`/`UNIX_MILLIS`/`UNIX_MICROS`";
  }
  if (from.IsNumeric() && to.Is(TypeKind::kTimestamp)) {
    return "`TIMESTAMP_SECONDS`/`TIMESTAMP_MILLIS`/`TIMESTAMP_MICROS`";
  }
  if (from.IsNumeric() && to.Is(TypeKind::kDate)) return "`DATE_FROM_UNIX_DATE`";
  if (from.Is(TypeKind::kDate) && to.IsNumeric()) return "`UNIX_DATE`";
  return nullptr;
}

}  // namespace

SparkError ForbiddenCast(const std::string& sql, const DataType& from, const DataType& to,
                         plan::EvalMode mode) {
  std::map<std::string, std::string> parameters = {{"sqlExpr", errors::Quoted(sql)},
                                                   {"srcType", errors::Quoted(from.ToSql())},
                                                   {"targetType", errors::Quoted(to.ToSql())}};
  const char* instead = FunctionsInstead(from, to);
  if (instead && mode != plan::EvalMode::kLegacy) {
    parameters["functionNames"] = instead;
    return SparkError("DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION", std::move(parameters));
  }
  if (mode == plan::EvalMode::kAnsi && CanCast(from, to, /*ansi=*/false)) {
    parameters["config"] = errors::Quoted("spark.sql.ansi.enabled");
    parameters["configVal"] = "'false'";
    return SparkError("DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION", std::move(parameters));
  }
  return SparkError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", std::move(parameters));
}

}  // namespace pyrite::functions
