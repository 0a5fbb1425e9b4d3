// Makes variants: values one after the other, objects and arrays around those that they hold.
//
//   VariantBuilder builder;
//   size_t start = builder.position();
//   std::vector<size_t> elements{builder.position()};
//   builder.AppendLong(1);
//   builder.FinishArray(start, elements);
//   store(builder.value(), builder.Metadata());
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lower/kernels/variant/variant_view.h"

namespace pyrite::lower {

class VariantBuilder {
 public:
  struct Field {
    std::string name;
    size_t at;  // where its value starts
  };

  void AppendNull();
  void AppendBoolean(bool value);
  void AppendLong(int64_t value);
  void AppendDouble(double value);
  void AppendFloat(float value);
  void AppendDecimal(Int128 unscaled, int scale);
  void AppendDate(int32_t days);
  void AppendTimestamp(int64_t micros, bool has_zone);
  void AppendBinary(std::string_view bytes);
  void AppendText(std::string_view text);
  void AppendVariant(const VariantView& variant);

  size_t position() const { return value_.size(); }
  // The values from `start` on become one.
  void FinishArray(size_t start, const std::vector<size_t>& elements);
  // Raises VARIANT_DUPLICATE_KEY.
  void FinishObject(size_t start, std::vector<Field> fields);

  const std::string& value() const { return value_; }
  std::string Metadata() const;

 private:
  size_t IdOf(const std::string& name);

  std::string value_;
  std::map<std::string, size_t, std::less<>> ids_;
  std::vector<std::string> names_;
};

}  // namespace pyrite::lower
