#include "lower/kernels/sketch/hll_sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "lower/kernels/sketch/bytes.h"

namespace pyrite::lower {
namespace {

// A coupon: the number of leading zeros and 1, above 26 bits of an address.
constexpr int kAddressBits = 26;
constexpr uint32_t kAddressMask = (1u << kAddressBits) - 1;
constexpr uint8_t kFamily = 7, kVersion = 1;
constexpr uint8_t kEmptyFlag = 4, kCompactFlag = 8, kOutOfOrderFlag = 16;
constexpr uint8_t kList = 0, kSet = 1, kRegisters = 2, kEightBits = 2 << 2;
constexpr int kLgList = 3, kLgSet = 5, kLeastLgWithSet = 8;

size_t ListSize() { return size_t{1} << kLgList; }

// The slots of the hash table that so many coupons stand in.
int LgSetOf(size_t count) {
  int lg = kLgSet;
  while (4 * count > 3 * (size_t{1} << lg)) ++lg;
  return lg;
}

// The largest number of coupons before there are registers.
size_t MostCoupons(int lg_registers) {
  if (lg_registers < kLeastLgWithSet) return ListSize() - 1;
  return 3 * (size_t{1} << (lg_registers - 3)) / 4;
}

// Keys behind so many different coupons: two keys seldom have one.
double KeysOf(size_t coupons) {
  constexpr double kChance = 1.0 / 3 / (1 << kAddressBits);
  auto count = static_cast<double>(coupons);
  return count + count * count * kChance / 2;
}

}  // namespace

void HllSketch::UpdateHash(std::pair<uint64_t, uint64_t> hash) {
  constexpr int kMostZeros = 62;
  auto zeros = static_cast<uint32_t>(std::min(std::countl_zero(hash.second), kMostZeros) + 1);
  AddCoupon(zeros << kAddressBits | (static_cast<uint32_t>(hash.first) & kAddressMask));
}

void HllSketch::AddCoupon(uint32_t coupon) {
  if (!registers_.empty()) return AddToRegister(coupon);
  if (std::find(coupons_.begin(), coupons_.end(), coupon) != coupons_.end()) return;
  coupons_.push_back(coupon);
  if (coupons_.size() > MostCoupons(lg_)) Promote();
}

// From coupons to registers.
void HllSketch::Promote() {
  registers_.assign(size_t{1} << lg_, 0);
  inverse_sum_ = static_cast<double>(registers_.size());
  double keys = KeysOf(coupons_.size());
  for (uint32_t coupon : coupons_) AddToRegister(coupon);
  history_ = keys;
  coupons_.clear();
}

void HllSketch::AddToRegister(uint32_t coupon) {
  size_t place = coupon & ((1u << lg_) - 1);
  auto value = static_cast<uint8_t>(coupon >> kAddressBits);
  if (registers_[place] >= value) return;
  history_ += static_cast<double>(registers_.size()) / inverse_sum_;
  inverse_sum_ += std::ldexp(1.0, -value) - std::ldexp(1.0, -registers_[place]);
  registers_[place] = value;
}

// Fewer registers: those whose addresses end alike become one.
void HllSketch::Fold(int lg_registers) {
  if (lg_registers >= lg_) return;
  lg_ = lg_registers;
  if (registers_.empty()) {
    if (coupons_.size() > MostCoupons(lg_)) Promote();
    return;
  }
  std::vector<uint8_t> folded(size_t{1} << lg_, 0);
  for (size_t i = 0; i < registers_.size(); ++i) {
    uint8_t& value = folded[i & (folded.size() - 1)];
    value = std::max(value, registers_[i]);
  }
  registers_ = std::move(folded);
  has_history_ = false;
}

void HllSketch::Merge(const HllSketch& other) {
  if (IsEmpty() && lg_ == other.lg_) {
    *this = other;
    return;
  }
  HllSketch added = other;
  Fold(other.lg_);
  added.Fold(lg_);
  if (added.registers_.empty()) {
    for (uint32_t coupon : added.coupons_) AddCoupon(coupon);
    return;
  }
  if (registers_.empty()) {
    std::swap(*this, added);
    for (uint32_t coupon : added.coupons_) AddCoupon(coupon);
  } else {
    for (size_t i = 0; i < registers_.size(); ++i) {
      registers_[i] = std::max(registers_[i], added.registers_[i]);
    }
  }
  inverse_sum_ = 0;
  for (uint8_t value : registers_) inverse_sum_ += std::ldexp(1.0, -value);
  has_history_ = false;
}

// Ertl's estimate, which needs no correction: from how many registers have each value.
double HllSketch::OfRegisters() const {
  constexpr int kMostValue = 63;
  double counts[kMostValue + 2] = {};
  for (uint8_t value : registers_) counts[std::min<int>(value, kMostValue)] += 1;
  auto size = static_cast<double>(registers_.size());
  const auto tau = [](double x) {
    if (x <= 0 || x >= 1) return 0.0;
    double y = 1, z = 1 - x, before = 0;
    do {
      before = z;
      x = std::sqrt(x);
      y /= 2;
      z -= (1 - x) * (1 - x) * y;
    } while (z != before);
    return z / 3;
  };
  const auto sigma = [](double x) {
    if (x >= 1) return std::numeric_limits<double>::infinity();
    double y = 1, z = x, before = 0;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (z != before);
    return z;
  };
  double z = size * tau(1 - counts[kMostValue] / size);
  for (int value = kMostValue - 1; value >= 1; --value) z = (z + counts[value]) / 2;
  z += size * sigma(counts[0] / size);
  return size * size / (2 * std::log(2.0)) / z;
}

double HllSketch::Estimate() const {
  if (registers_.empty()) return KeysOf(coupons_.size());
  return has_history_ ? history_ : OfRegisters();
}

std::string HllSketch::CouponBytes() const {
  bool is_list = coupons_.size() < ListSize();
  int lg_array = is_list ? kLgList : LgSetOf(coupons_.size());
  std::string out;
  uint8_t flags = coupons_.empty() ? kEmptyFlag : 0;
  for (uint8_t byte :
       {static_cast<uint8_t>(is_list ? 2 : 3), kVersion, kFamily, static_cast<uint8_t>(lg_),
        static_cast<uint8_t>(lg_array), flags, static_cast<uint8_t>(is_list ? coupons_.size() : 0),
        static_cast<uint8_t>((is_list ? kList : kSet) | kEightBits)}) {
    out += static_cast<char>(byte);
  }
  std::vector<uint32_t> slots(size_t{1} << lg_array, 0);
  if (is_list) {
    std::copy(coupons_.begin(), coupons_.end(), slots.begin());
  } else {
    AppendLittle(out, static_cast<int32_t>(coupons_.size()));
    size_t mask = slots.size() - 1;
    for (uint32_t coupon : coupons_) {
      size_t at = coupon & mask, stride = ((coupon & kAddressMask) >> lg_array) | 1;
      while (slots[at] != 0) at = (at + stride) & mask;
      slots[at] = coupon;
    }
  }
  for (uint32_t slot : slots) AppendLittle(out, slot);
  return out;
}

std::string HllSketch::RegisterBytes() const {
  std::string out;
  uint8_t flags = has_history_ ? 0 : kOutOfOrderFlag;
  for (uint8_t byte : {uint8_t{10}, kVersion, kFamily, static_cast<uint8_t>(lg_), uint8_t{0}, flags,
                       uint8_t{0}, static_cast<uint8_t>(kRegisters | kEightBits)}) {
    out += static_cast<char>(byte);
  }
  constexpr uint8_t kFirstOfSecond = 32;
  double low = 0, high = 0;
  int32_t zeros = 0;
  for (uint8_t value : registers_) {
    (value < kFirstOfSecond ? low : high) += std::ldexp(1.0, -value);
    zeros += value == 0;
  }
  AppendLittle(out, has_history_ ? history_ : OfRegisters());
  AppendLittle(out, low);
  AppendLittle(out, high);
  AppendLittle(out, zeros);
  AppendLittle(out, int32_t{0});
  out.append(reinterpret_cast<const char*>(registers_.data()), registers_.size());
  return out;
}

std::string HllSketch::ToBytes() const {
  return registers_.empty() ? CouponBytes() : RegisterBytes();
}

std::optional<HllSketch> HllSketch::Read(std::string_view bytes) {
  LittleReader reader(bytes);
  auto preamble = reader.Read<uint8_t>(), version = reader.Read<uint8_t>();
  auto family = reader.Read<uint8_t>(), lg = reader.Read<uint8_t>();
  auto lg_array = reader.Read<uint8_t>(), flags = reader.Read<uint8_t>();
  auto list_count = reader.Read<uint8_t>(), mode = reader.Read<uint8_t>();
  constexpr int kLeastLg = 4, kMostLg = 21;
  bool known = version == kVersion && family == kFamily && lg >= kLeastLg && lg <= kMostLg &&
               preamble >= 2 && (mode & ~3) == kEightBits;
  if (reader.failed() || !known) return std::nullopt;
  HllSketch made(lg);
  uint8_t kind = mode & 3;
  bool compact = (flags & kCompactFlag) != 0;
  if (kind == kRegisters) {
    made.history_ = reader.Read<double>();
    made.inverse_sum_ = reader.Read<double>() + reader.Read<double>();
    reader.Skip(2 * sizeof(int32_t));
    made.has_history_ = (flags & kOutOfOrderFlag) == 0;
    std::string_view rest = reader.rest();
    size_t size = size_t{1} << lg;
    if (reader.failed() || rest.size() < size) return std::nullopt;
    made.registers_.assign(rest.begin(), rest.begin() + static_cast<int64_t>(size));
    return made;
  }
  if ((flags & kEmptyFlag) != 0) return made;
  size_t count = list_count;
  if (kind == kSet) count = static_cast<size_t>(std::max(reader.Read<int32_t>(), 0));
  size_t slots = compact || kind == kList ? count : size_t{1} << std::min<int>(lg_array, kMostLg);
  if (reader.failed() || reader.rest().size() / sizeof(uint32_t) < slots) return std::nullopt;
  for (size_t i = 0; i < slots; ++i) {
    auto coupon = reader.Read<uint32_t>();
    if (coupon != 0) made.AddCoupon(coupon);
  }
  return made;
}

}  // namespace pyrite::lower
