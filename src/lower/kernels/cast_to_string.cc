// Everything but nested values and intervals to text, and binary to and from it.

#include <charconv>

#include "base/text/datetime_text.h"
#include "base/text/decimal_text.h"
#include "base/text/utf8_repair.h"
#include "base/value.h"
#include "lower/kernels/cast.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::string_t;
using duckdb::StringVector;
using duckdb::UnaryExecutor;
using duckdb::Vector;

// Runs `write` (char* out, value -> char* end) over the rows, with room for `size` characters.
template <typename From, int size, typename Write>
void WriteRows(Vector& source, Vector& result, idx_t count, Write write) {
  UnaryExecutor::Execute<From, string_t>(source, result, count, [&](From value) {
    char text[size];
    const char* end = write(text, value);
    return StringVector::AddString(result, text, static_cast<idx_t>(end - text));
  });
}

template <typename From>
void IntegralToString(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  WriteRows<From, 24>(source, result, count, [](char* out, From value) {
    return std::to_chars(out, out + 24, value).ptr;
  });
}

void FloatToText(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<float, string_t>(source, result, count, [&](float value) {
    return StringVector::AddString(result, FloatToString(value));
  });
}

void DoubleToText(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<double, string_t>(source, result, count, [&](double value) {
    return StringVector::AddString(result, DoubleToString(value));
  });
}

template <typename From>
void DecimalToText(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int scale = cast.from.scale();
  const bool plain = cast.mode != plan::EvalMode::kLegacy;
  UnaryExecutor::Execute<From, string_t>(source, result, count, [&](From value) {
    return StringVector::AddString(result, plain ? DecimalToString(Widen(value), scale)
                                                 : DecimalToJavaString(Widen(value), scale));
  });
}

void BooleanToString(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<bool, string_t>(source, result, count, [](bool value) {
    return value ? string_t("true", 4) : string_t("false", 5);
  });
}

void DateToString(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  WriteRows<int32_t, kDatetimeTextSize>(
      source, result, count, [](char* out, int32_t days) { return WriteDate(out, days); });
}

void TimestampToString(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  WriteRows<int64_t, kDatetimeTextSize>(source, result, count, [&](char* out, int64_t micros) {
    return WriteTimestamp(out, cast.zone->MicrosToLocal(micros));
  });
}

void NtzToString(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  WriteRows<int64_t, kDatetimeTextSize>(
      source, result, count, [](char* out, int64_t micros) { return WriteTimestamp(out, micros); });
}

// Text must be UTF-8 here, so that what is not becomes U+FFFD, as it does when Java decodes it.
void BinaryToString(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<string_t, string_t>(source, result, count, [&](string_t bytes) {
    if (IsUtf8(View(bytes))) return StringVector::AddStringOrBlob(result, bytes);
    return StringVector::AddString(result, RepairUtf8(View(bytes)));
  });
}

void StringToBinary(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<string_t, string_t>(source, result, count, [&](string_t text) {
    return StringVector::AddStringOrBlob(result, text);
  });
}

// Big-endian, as many bytes as the type has.
template <typename From>
void IntegralToBinary(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<From, string_t>(source, result, count, [&](From value) {
    char bytes[sizeof(From)];
    for (size_t i = 0; i < sizeof(From); ++i) {
      bytes[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * (sizeof(From) - 1 - i)));
    }
    return StringVector::AddStringOrBlob(result, bytes, sizeof(From));
  });
}

}  // namespace

CastFunction FindToString(const BoundCast& cast) {
  if (!cast.to.IsString()) return nullptr;
  const DataType& from = cast.from;
  switch (from.kind()) {
    case TypeKind::kBoolean: return BooleanToString;
    case TypeKind::kFloat: return FloatToText;
    case TypeKind::kDouble: return DoubleToText;
    case TypeKind::kDate: return DateToString;
    case TypeKind::kTimestamp: return TimestampToString;
    case TypeKind::kTimestampNtz: return NtzToString;
    case TypeKind::kBinary: return BinaryToString;
    case TypeKind::kDecimal:
      return WithDecimalType(from.precision(),
                             [](auto in) -> CastFunction { return DecimalToText<decltype(in)>; });
    default: break;
  }
  if (!from.IsIntegral()) return nullptr;
  return WithIntegralType(from,
                          [](auto in) -> CastFunction { return IntegralToString<decltype(in)>; });
}

CastFunction FindBinary(const BoundCast& cast) {
  if (!cast.to.Is(TypeKind::kBinary)) return nullptr;
  if (cast.from.IsString()) return StringToBinary;
  if (!cast.from.IsIntegral()) return nullptr;
  return WithIntegralType(cast.from,
                          [](auto in) -> CastFunction { return IntegralToBinary<decltype(in)>; });
}

}  // namespace pyrite::lower
