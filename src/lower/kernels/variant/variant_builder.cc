#include "lower/kernels/variant/variant_builder.h"

#include <algorithm>
#include <limits>

#include "lower/kernels/error.h"
#include "lower/kernels/sketch/bytes.h"

namespace pyrite::lower {
namespace {

enum Number : unsigned {
  kNull,
  kTrue,
  kFalse,
  kLong1,
  kLong2,
  kLong4,
  kLong8,
  kDouble,
  kDecimal4,
  kDecimal8,
  kDecimal16,
  kDate,
  kTimestamp,
  kTimestampNtz,
  kFloat,
  kBinary,
  kLongText,
};
constexpr unsigned kShortText = 1, kObject = 2, kArray = 3;
constexpr size_t kMostShort = 63;

char Header(unsigned info, unsigned basic = 0) { return static_cast<char>(info << 2 | basic); }

template <class T>
bool Fits(int64_t value) {
  return value >= std::numeric_limits<T>::min() && value <= std::numeric_limits<T>::max();
}

// The bytes that a number takes.
size_t WidthOf(size_t number) {
  return number > 0xFFFFFF ? 4 : number > 0xFFFF ? 3 : number > 0xFF ? 2 : 1;
}

void AppendSized(std::string& out, size_t number, size_t width) {
  for (size_t i = 0; i < width; ++i) out += static_cast<char>(number >> (8 * i));
}

// As Java orders texts: by UTF-16, where the highest code points stand before U+E000.
bool Before(const std::string& left, const std::string& right) {
  auto at = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (at.first == left.end() || at.second == right.end()) return left.size() < right.size();
  auto a = static_cast<unsigned char>(*at.first), b = static_cast<unsigned char>(*at.second);
  constexpr unsigned kFourBytes = 0xF0, kPrivate = 0xEE;
  if (a >= kFourBytes && b >= kPrivate && b < kFourBytes) return true;
  if (b >= kFourBytes && a >= kPrivate && a < kFourBytes) return false;
  return a < b;
}

}  // namespace

void VariantBuilder::AppendNull() { value_ += Header(kNull); }
void VariantBuilder::AppendBoolean(bool value) { value_ += Header(value ? kTrue : kFalse); }

void VariantBuilder::AppendLong(int64_t value) {
  if (Fits<int8_t>(value)) {
    value_ += Header(kLong1);
    AppendLittle(value_, static_cast<int8_t>(value));
  } else if (Fits<int16_t>(value)) {
    value_ += Header(kLong2);
    AppendLittle(value_, static_cast<int16_t>(value));
  } else if (Fits<int32_t>(value)) {
    value_ += Header(kLong4);
    AppendLittle(value_, static_cast<int32_t>(value));
  } else {
    value_ += Header(kLong8);
    AppendLittle(value_, value);
  }
}

void VariantBuilder::AppendDouble(double value) {
  value_ += Header(kDouble);
  AppendLittle(value_, value);
}

void VariantBuilder::AppendFloat(float value) {
  value_ += Header(kFloat);
  AppendLittle(value_, value);
}

void VariantBuilder::AppendDecimal(Int128 unscaled, int scale) {
  constexpr Int128 kMost4 = 999999999, kMost8 = 999999999999999999;
  Int128 size = unscaled < 0 ? -unscaled : unscaled;
  bool is4 = size <= kMost4 && scale <= 9, is8 = size <= kMost8 && scale <= 18;
  value_ += Header(is4 ? kDecimal4 : is8 ? kDecimal8 : kDecimal16);
  value_ += static_cast<char>(scale);
  if (is4) {
    AppendLittle(value_, static_cast<int32_t>(unscaled));
  } else if (is8) {
    AppendLittle(value_, static_cast<int64_t>(unscaled));
  } else {
    AppendLittle(value_, unscaled);
  }
}

void VariantBuilder::AppendDate(int32_t days) {
  value_ += Header(kDate);
  AppendLittle(value_, days);
}

void VariantBuilder::AppendTimestamp(int64_t micros, bool has_zone) {
  value_ += Header(has_zone ? kTimestamp : kTimestampNtz);
  AppendLittle(value_, micros);
}

void VariantBuilder::AppendBinary(std::string_view bytes) {
  value_ += Header(kBinary);
  AppendLittle(value_, static_cast<uint32_t>(bytes.size()));
  value_ += bytes;
}

void VariantBuilder::AppendText(std::string_view text) {
  if (text.size() <= kMostShort) {
    value_ += Header(static_cast<unsigned>(text.size()), kShortText);
  } else {
    value_ += Header(kLongText);
    AppendLittle(value_, static_cast<uint32_t>(text.size()));
  }
  value_ += text;
}

void VariantBuilder::AppendVariant(const VariantView& variant) {
  size_t start = position();
  if (variant.kind() == VariantKind::kArray) {
    std::vector<size_t> elements;
    for (size_t i = 0, count = variant.size(); i < count; ++i) {
      elements.push_back(position());
      AppendVariant(variant.element(i));
    }
    FinishArray(start, elements);
  } else if (variant.kind() == VariantKind::kObject) {
    std::vector<Field> fields;
    for (size_t i = 0, count = variant.size(); i < count; ++i) {
      auto [name, value] = variant.field(i);
      fields.push_back({std::string(name), position()});
      AppendVariant(value);
    }
    FinishObject(start, std::move(fields));
  } else {
    value_ += variant.bytes();
  }
}

void VariantBuilder::FinishArray(size_t start, const std::vector<size_t>& elements) {
  size_t data = position() - start, width = WidthOf(data), count = elements.size();
  bool is_large = count > 0xFF;
  std::string head(1, Header((is_large ? 4u : 0u) | static_cast<unsigned>(width - 1), kArray));
  AppendSized(head, count, is_large ? 4 : 1);
  for (size_t at : elements) AppendSized(head, at - start, width);
  AppendSized(head, data, width);
  value_.insert(start, head);
}

void VariantBuilder::FinishObject(size_t start, std::vector<Field> fields) {
  size_t data = position() - start, width = WidthOf(data), count = fields.size();
  std::vector<size_t> ids(count);
  size_t most_id = 0;
  for (const Field& field : fields) most_id = std::max(most_id, IdOf(field.name));
  std::sort(fields.begin(), fields.end(),
            [](const Field& a, const Field& b) { return Before(a.name, b.name); });
  for (size_t i = 1; i < count; ++i) {
    if (fields[i].name == fields[i - 1].name) {
      ThrowSpark("VARIANT_DUPLICATE_KEY", {{"key", fields[i].name}});
    }
  }
  bool is_large = count > 0xFF;
  size_t id_width = WidthOf(most_id);
  auto info = (is_large ? 16u : 0u) | static_cast<unsigned>((id_width - 1) << 2 | (width - 1));
  std::string head(1, Header(info, kObject));
  AppendSized(head, count, is_large ? 4 : 1);
  for (const Field& field : fields) AppendSized(head, IdOf(field.name), id_width);
  for (const Field& field : fields) AppendSized(head, field.at - start, width);
  AppendSized(head, data, width);
  value_.insert(start, head);
}

size_t VariantBuilder::IdOf(const std::string& name) {
  auto [at, is_new] = ids_.try_emplace(name, names_.size());
  if (is_new) names_.push_back(name);
  return at->second;
}

std::string VariantBuilder::Metadata() const {
  constexpr unsigned kVersion = 1;
  size_t length = 0;
  for (const std::string& name : names_) length += name.size();
  size_t width = WidthOf(std::max(length, names_.size()));
  std::string out(1, static_cast<char>((width - 1) << 6 | kVersion));
  AppendSized(out, names_.size(), width);
  size_t at = 0;
  AppendSized(out, at, width);
  for (const std::string& name : names_) AppendSized(out, at += name.size(), width);
  for (const std::string& name : names_) out += name;
  return out;
}

}  // namespace pyrite::lower
