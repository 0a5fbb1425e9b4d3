// KLL sketches of Apache DataSketches: quantiles and ranks of a stream of numbers, in little
// memory. Up to k values they are exact.
//
//   KllSketch<double> sketch(200);
//   sketch.Update(1.5);
//   double median = sketch.QuantileAt(0.5);
//
// T is int64_t, float or double. Their bytes can be exchanged with other implementations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrite::lower {

inline constexpr int kDefaultKllSize = 200;

template <class T>
class KllSketch {
 public:
  explicit KllSketch(int k = kDefaultKllSize) : k_(k), least_k_(k) {}

  void Update(T value);
  void Merge(const KllSketch& other);

  bool IsEmpty() const { return count_ == 0; }
  int64_t count() const { return count_; }
  int k() const { return k_; }
  // The share of the values that are at most `value`; the sketch is not empty.
  double RankOf(T value) const;
  // The least value with at least this rank, which lies between 0 and 1.
  T QuantileAt(double rank) const;

  std::string ToBytes() const;
  static std::optional<KllSketch> Read(std::string_view bytes);
  std::string ToText(const char* type) const;

 private:
  struct Weighted {
    T value;
    int64_t weight;
  };

  int CapacityOf(size_t level) const;
  size_t Capacity() const;
  size_t Retained() const;
  void Compress();
  void CompactLevel(size_t level);
  std::vector<Weighted> Sorted() const;

  int k_;
  int least_k_;  // of what was merged in
  int64_t count_ = 0;
  T least_{}, greatest_{};
  std::vector<std::vector<T>> levels_{1};  // a value in level i stands for 2^i; sorted from 1 on
  uint64_t random_ = 0x9e3779b97f4a7c15;
};

}  // namespace pyrite::lower
