// Spark's variants: a value's bytes, and the names of its objects' fields beside them (the Variant
// Binary Encoding of Parquet).
//
//   VariantView variant(value, metadata);
//   if (variant.kind() == VariantKind::kLong) use(variant.integer());
//
// Views of bytes that live elsewhere. Bytes that are none raise MALFORMED_VARIANT.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text/time_zone.h"
#include "base/value.h"

namespace pyrite::lower {

enum class VariantKind : uint8_t {
  kNull,
  kBoolean,
  kLong,
  kDouble,
  kFloat,
  kDecimal,
  kDate,
  kTimestamp,
  kTimestampNtz,
  kBinary,
  kString,
  kObject,
  kArray,
};

struct VariantDecimal {
  Int128 unscaled;
  int scale;
  int precision() const;
};

class VariantView {
 public:
  VariantView(std::string_view value, std::string_view metadata)
      : value_(value), metadata_(metadata) {}

  VariantKind kind() const;
  bool boolean() const;
  int64_t integer() const;         // of longs; days, or microseconds
  double real() const;             // of doubles and floats
  VariantDecimal decimal() const;  // without zeros at its end
  std::string_view text() const;   // of strings and binaries

  size_t size() const;  // of objects and arrays
  VariantView element(size_t index) const;
  std::pair<std::string_view, VariantView> field(size_t index) const;
  std::optional<VariantView> Find(std::string_view name) const;

  std::string_view bytes() const;  // the value's own
  std::string_view metadata() const { return metadata_; }

  // As JSON, moments in a time zone.
  void AppendJson(const TimeZone& zone, std::string& out) const;

 private:
  struct Layout {
    size_t count, id_size, offset_size, ids_at, offsets_at, data_at;
  };

  unsigned Byte(size_t at) const;
  uint64_t Unsigned(size_t at, size_t size) const;
  int64_t Signed(size_t at, size_t size) const;
  Layout LayoutOf() const;
  size_t Length() const;
  VariantView At(size_t at) const { return {value_.substr(at), metadata_}; }
  std::string_view Name(size_t id) const;

  std::string_view value_, metadata_;
};

}  // namespace pyrite::lower
