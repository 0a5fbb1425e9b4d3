#include "lower/kernels/variant/variant_view.h"

#include <cmath>
#include <cstring>

#include "base/text/calendar.h"
#include "base/text/datetime_format.h"
#include "lower/kernels/error.h"
#include "lower/kernels/json_text.h"

namespace pyrite::lower {
namespace {

[[noreturn]] void ThrowMalformed() { ThrowSpark("MALFORMED_VARIANT", {}); }

enum Basic : unsigned { kPrimitive, kShortString, kObjectBasic, kArrayBasic };

// The kinds of primitives, by their number; and how long their bytes are, 0: as they say.
struct Primitive {
  VariantKind kind;
  size_t size;
};
constexpr Primitive kPrimitives[] = {
    {VariantKind::kNull, 0},      {VariantKind::kBoolean, 0},      {VariantKind::kBoolean, 0},
    {VariantKind::kLong, 1},      {VariantKind::kLong, 2},         {VariantKind::kLong, 4},
    {VariantKind::kLong, 8},      {VariantKind::kDouble, 8},       {VariantKind::kDecimal, 4},
    {VariantKind::kDecimal, 8},   {VariantKind::kDecimal, 16},     {VariantKind::kDate, 4},
    {VariantKind::kTimestamp, 8}, {VariantKind::kTimestampNtz, 8}, {VariantKind::kFloat, 4},
    {VariantKind::kBinary, 0},    {VariantKind::kString, 0}};
constexpr unsigned kTrue = 1;

const Primitive& PrimitiveOf(unsigned info) {
  if (info >= std::size(kPrimitives)) {
    ThrowSpark("UNKNOWN_PRIMITIVE_TYPE_IN_VARIANT", {{"id", std::to_string(info)}});
  }
  return kPrimitives[info];
}

}  // namespace

int VariantDecimal::precision() const {
  int digits = 1;
  for (Int128 rest = unscaled / 10; rest != 0; rest /= 10) ++digits;
  return std::max(digits, scale);
}

unsigned VariantView::Byte(size_t at) const {
  if (at >= value_.size()) ThrowMalformed();
  return static_cast<unsigned char>(value_[at]);
}

uint64_t VariantView::Unsigned(size_t at, size_t size) const {
  if (at > value_.size() || size > value_.size() - at) ThrowMalformed();
  uint64_t number = 0;
  std::memcpy(&number, value_.data() + at, size);
  return number;
}

int64_t VariantView::Signed(size_t at, size_t size) const {
  size_t unused = 64 - 8 * size;
  return static_cast<int64_t>(Unsigned(at, size) << unused) >> unused;
}

VariantKind VariantView::kind() const {
  unsigned header = Byte(0);
  switch (header & 3) {
    case kPrimitive: return PrimitiveOf(header >> 2).kind;
    case kShortString: return VariantKind::kString;
    case kObjectBasic: return VariantKind::kObject;
    default: return VariantKind::kArray;
  }
}

bool VariantView::boolean() const { return Byte(0) >> 2 == kTrue; }

int64_t VariantView::integer() const { return Signed(1, PrimitiveOf(Byte(0) >> 2).size); }

double VariantView::real() const {
  if (kind() == VariantKind::kFloat) {
    auto bits = static_cast<uint32_t>(Unsigned(1, sizeof(float)));
    float number = 0;
    std::memcpy(&number, &bits, sizeof(number));
    return number;
  }
  uint64_t bits = Unsigned(1, sizeof(double));
  double number = 0;
  std::memcpy(&number, &bits, sizeof(number));
  return number;
}

VariantDecimal VariantView::decimal() const {
  size_t size = PrimitiveOf(Byte(0) >> 2).size;
  VariantDecimal made{0, static_cast<int>(Byte(1))};
  if (size == sizeof(Int128)) {
    made.unscaled = static_cast<Int128>((static_cast<unsigned __int128>(Unsigned(10, 8)) << 64) |
                                        Unsigned(2, 8));
  } else {
    made.unscaled = Signed(2, size);
  }
  while (made.scale > 0 && made.unscaled % 10 == 0) {
    made.unscaled /= 10;
    --made.scale;
  }
  return made;
}

std::string_view VariantView::text() const {
  unsigned header = Byte(0);
  bool is_short = (header & 3) == kShortString;
  size_t size = is_short ? header >> 2 : Unsigned(1, 4), at = is_short ? 1 : 5;
  if (at > value_.size() || size > value_.size() - at) ThrowMalformed();
  return value_.substr(at, size);
}

VariantView::Layout VariantView::LayoutOf() const {
  unsigned header = Byte(0), info = header >> 2;
  bool is_object = (header & 3) == kObjectBasic;
  bool is_large = (info >> (is_object ? 4 : 2) & 1) != 0;
  Layout layout{};
  size_t count_size = is_large ? 4 : 1;
  layout.count = Unsigned(1, count_size);
  layout.offset_size = (info & 3) + 1;
  layout.id_size = is_object ? (info >> 2 & 3) + 1 : 0;
  layout.ids_at = 1 + count_size;
  layout.offsets_at = layout.ids_at + layout.count * layout.id_size;
  layout.data_at = layout.offsets_at + (layout.count + 1) * layout.offset_size;
  return layout;
}

size_t VariantView::size() const { return LayoutOf().count; }

VariantView VariantView::element(size_t index) const {
  Layout layout = LayoutOf();
  return At(layout.data_at +
            Unsigned(layout.offsets_at + index * layout.offset_size, layout.offset_size));
}

std::string_view VariantView::Name(size_t id) const {
  VariantView names({}, {});
  names.value_ = metadata_;
  size_t size = (names.Byte(0) >> 6) + 1, count = names.Unsigned(1, size);
  if (id >= count) ThrowMalformed();
  size_t at = 1 + size * (1 + id), start = 1 + size * (count + 2);
  size_t from = names.Unsigned(at, size), to = names.Unsigned(at + size, size);
  if (from > to || start + to > metadata_.size()) ThrowMalformed();
  return metadata_.substr(start + from, to - from);
}

std::pair<std::string_view, VariantView> VariantView::field(size_t index) const {
  Layout layout = LayoutOf();
  return {Name(Unsigned(layout.ids_at + index * layout.id_size, layout.id_size)), element(index)};
}

std::optional<VariantView> VariantView::Find(std::string_view name) const {
  size_t count = size();
  for (size_t i = 0; i < count; ++i) {
    auto [key, value] = field(i);
    if (key == name) return value;
  }
  return std::nullopt;
}

size_t VariantView::Length() const {
  unsigned header = Byte(0);
  switch (header & 3) {
    case kShortString: return 1 + (header >> 2);
    case kPrimitive: {
      const Primitive& primitive = PrimitiveOf(header >> 2);
      if (primitive.kind == VariantKind::kDecimal) return 2 + primitive.size;
      bool is_text =
          primitive.kind == VariantKind::kBinary || primitive.kind == VariantKind::kString;
      return is_text ? 5 + Unsigned(1, 4) : 1 + primitive.size;
    }
    default: {
      Layout layout = LayoutOf();
      size_t last = layout.offsets_at + layout.count * layout.offset_size;
      return layout.data_at + Unsigned(last, layout.offset_size);
    }
  }
}

std::string_view VariantView::bytes() const {
  size_t length = Length();
  if (length > value_.size()) ThrowMalformed();
  return value_.substr(0, length);
}

namespace {

void AppendReal(double value, std::string text, std::string& out) {
  out += std::isfinite(value) ? text : "\"" + text + "\"";
}

// 2020-01-01 12:30:00.5, with an offset when there is a zone.
void AppendMoment(int64_t micros, const TimeZone* zone, std::string& out) {
  const TimeZone& shown = zone == nullptr ? *TimeZone::Utc() : *zone;
  int64_t offset = shown.OffsetAt(FloorDivide(micros, kMicrosPerSecond));
  int64_t local = micros + offset * kMicrosPerSecond;
  out += '"';
  AppendByPattern(local, "yyyy-MM-dd HH:mm:ss", shown, out);
  int64_t fraction = FloorModulo(local, kMicrosPerSecond);
  if (fraction != 0) {
    std::string digits = std::to_string(kMicrosPerSecond + fraction).substr(1);
    out += "." + digits.substr(0, digits.find_last_not_of('0') + 1);
  }
  if (zone != nullptr) AppendByPattern(local, "xxx", shown, out);
  out += '"';
}

}  // namespace

void VariantView::AppendJson(const TimeZone& zone, std::string& out) const {
  switch (kind()) {
    case VariantKind::kNull: out += "null"; return;
    case VariantKind::kBoolean: out += boolean() ? "true" : "false"; return;
    case VariantKind::kLong: out += std::to_string(integer()); return;
    case VariantKind::kDouble: AppendReal(real(), DoubleToString(real()), out); return;
    case VariantKind::kFloat:
      AppendReal(real(), FloatToString(static_cast<float>(real())), out);
      return;
    case VariantKind::kDecimal: {
      VariantDecimal number = decimal();
      out += DecimalToString(number.unscaled, number.scale);
      return;
    }
    case VariantKind::kDate:
      out += '"';
      AppendByPattern(integer() * kMicrosPerDay, "yyyy-MM-dd", *TimeZone::Utc(), out);
      out += '"';
      return;
    case VariantKind::kTimestamp: AppendMoment(integer(), &zone, out); return;
    case VariantKind::kTimestampNtz: AppendMoment(integer(), nullptr, out); return;
    case VariantKind::kBinary:
      out += '"';
      AppendBase64(text(), out);
      out += '"';
      return;
    case VariantKind::kString: AppendJsonText(text(), out); return;
    case VariantKind::kArray:
      for (size_t i = 0, count = size(); i < count; ++i) {
        out += i == 0 ? '[' : ',';
        element(i).AppendJson(zone, out);
      }
      out += size() == 0 ? "[]" : "]";
      return;
    case VariantKind::kObject:
      for (size_t i = 0, count = size(); i < count; ++i) {
        auto [name, value] = field(i);
        out += i == 0 ? '{' : ',';
        AppendJsonText(name, out);
        out += ':';
        value.AppendJson(zone, out);
      }
      out += size() == 0 ? "{}" : "}";
      return;
  }
}

}  // namespace pyrite::lower
