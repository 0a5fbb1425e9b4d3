// HyperLogLog sketches of Apache DataSketches, of the kind HLL_8: how many different keys there
// are. Few keys are kept as they are, and counted exactly.
//
//   HllSketch sketch(12);
//   sketch.UpdateHash(Murmur128(key, kSketchSeed));
//   double distinct = sketch.Estimate();
//
// Their bytes can be exchanged with other implementations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pyrite::lower {

inline constexpr int kDefaultLgRegisters = 12;

class HllSketch {
 public:
  explicit HllSketch(int lg_registers) : lg_(lg_registers) {}

  void UpdateHash(std::pair<uint64_t, uint64_t> hash);
  // The sketch takes the smaller number of registers of both.
  void Merge(const HllSketch& other);

  int lg_registers() const { return lg_; }
  bool IsEmpty() const { return registers_.empty() && coupons_.empty(); }
  double Estimate() const;

  std::string ToBytes() const;
  static std::optional<HllSketch> Read(std::string_view bytes);

 private:
  void AddCoupon(uint32_t coupon);
  void AddToRegister(uint32_t coupon);
  void Promote();
  void Fold(int lg_registers);
  double OfRegisters() const;
  std::string CouponBytes() const;
  std::string RegisterBytes() const;

  int lg_;
  std::vector<uint32_t> coupons_;  // in the order of their coming, while there are no registers
  std::vector<uint8_t> registers_;
  double inverse_sum_ = 0;  // of 2^-register
  double history_ = 0;      // the estimate by the history of the updates
  bool has_history_ = true;
};

}  // namespace pyrite::lower
