// Random numbers as Spark draws them: a seed and a place in a partition give the same number there
// and here. A partition is what one thread of a query sees.
#pragma once

#include <atomic>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>

#include "duckdb/common/types/uuid.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "lower/kernels/any.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {

// java.util.Random's methods over Spark's XORShiftRandom.
class XorShift {
 public:
  explicit XorShift(int64_t seed);
  // The generator of one row: its state is the number of the seed and the key that SplitMix64
  // (Steele, Lea, Flood 2014) mixes.
  static XorShift Of(int64_t seed, int64_t key) {
    uint64_t mixed = static_cast<uint64_t>(seed) + static_cast<uint64_t>(key) * 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    XorShift random;
    random.seed_ = mixed ^ (mixed >> 31);
    return random;
  }

  double NextDouble() {
    uint64_t high = Next(26);
    return static_cast<double>((high << 27) + Next(27)) * 0x1.0p-53;
  }
  double NextGaussian();
  int32_t NextInt() { return static_cast<int32_t>(Next(32)); }
  int64_t NextLong();

 private:
  XorShift() = default;
  uint32_t Next(int bits) {
    seed_ ^= seed_ << 21;
    seed_ ^= seed_ >> 35;
    seed_ ^= seed_ << 4;
    return static_cast<uint32_t>(seed_ & ((uint64_t{1} << bits) - 1));
  }

  uint64_t seed_ = 0;
  std::optional<double> next_gaussian_;
};

// A generator for each partition, where rows say in which they are.
class PartitionedXorShift {
 public:
  explicit PartitionedXorShift(int64_t seed) : seed_(seed) {}
  XorShift& Of(int32_t partition) {
    return random_.try_emplace(partition, seed_ + partition).first->second;
  }

 private:
  const int64_t seed_;
  std::unordered_map<int32_t, XorShift> random_;
};

// Commons Math's, that shuffle() and uuid() draw from.
class MersenneTwister {
 public:
  explicit MersenneTwister(int64_t seed);

  int32_t NextInt(int32_t bound);  // 0 to bound - 1
  uint64_t NextLong() {
    uint64_t high = Next(32);
    return (high << 32) | Next(32);
  }

 private:
  uint32_t Next(int bits);

  static constexpr int kSize = 624;
  uint32_t state_[kSize];
  int at_ = kSize;
};

// ---- what is drawn from a generator

// Digits, small and capital letters. Raises INVALID_PARAMETER_VALUE.LENGTH for a length below 0.
void DrawText(int32_t length, XorShift& random, std::string& text);

// Of version 4, variant 2, as Spark's RandomUUIDGenerator sets them.
template <class Random>
std::string DrawUuid(Random& random) {
  uint64_t high = (static_cast<uint64_t>(random.NextLong()) & ~0xf000ull) | 0x4000ull;
  uint64_t low = (static_cast<uint64_t>(random.NextLong()) & ~(3ull << 62)) | (2ull << 62);
  return duckdb::UUID::ToString(duckdb::UUID::FromUHugeint(duckdb::uhugeint_t(high, low)));
}

// By products of uniform numbers, as Commons Math's PoissonDistribution does below a mean of 40.
template <class Random>
int32_t DrawPoisson(double mean, Random& random) {
  if (mean <= 0) return 0;
  double limit = std::exp(-mean), product = 1;
  int32_t count = 0;
  while (count < 1000 * mean) {
    product *= random.NextDouble();
    if (product < limit) break;
    ++count;
  }
  return count;
}

// ---- a generator for each thread

template <class Random>
struct RandomState : duckdb::FunctionLocalState {
  explicit RandomState(int64_t partition) : partition(partition) {}
  int64_t partition;
  std::optional<Random> random;
};

struct PartitionCounter : duckdb::FunctionData {
  std::shared_ptr<std::atomic<int64_t>> next = std::make_shared<std::atomic<int64_t>>(0);

  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<PartitionCounter>(*this);
  }
  bool Equals(const duckdb::FunctionData&) const override { return false; }
};

template <ResultTypeRule rule>
duckdb::unique_ptr<duckdb::FunctionData> BindRandom(duckdb::BindScalarFunctionInput& input) {
  if constexpr (rule != nullptr) BindAny<rule>(input);
  return duckdb::make_uniq<PartitionCounter>();
}

// Gives a kernel its generators; every call of it draws anew.
template <class Random, ResultTypeRule rule = nullptr>
void MakeRandom(duckdb::ScalarFunction& kernel) {
  kernel.SetVolatile();
  kernel.SetBindCallback(BindRandom<rule>);
  kernel.SetInitStateCallback(
      [](duckdb::ExpressionState&, const duckdb::BoundFunctionExpression&,
         duckdb::FunctionData* data) -> duckdb::unique_ptr<duckdb::FunctionLocalState> {
        return duckdb::make_uniq<RandomState<Random>>((*data->Cast<PartitionCounter>().next)++);
      });
}

template <class Random>
duckdb::ScalarFunction MakeRandomKernel(const char* name,
                                        duckdb::vector<duckdb::LogicalType> arguments,
                                        duckdb::LogicalType type,
                                        duckdb::scalar_function_t function) {
  auto kernel = MakeKernel(name, std::move(arguments), std::move(type), std::move(function), true);
  kernel.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  MakeRandom<Random>(kernel);
  return kernel;
}

// The running call's generator. `seed` is a constant; NULL: any.
template <class Random>
Random& RandomOf(duckdb::ExpressionState& state, const duckdb::Vector& seed) {
  auto& local =
      duckdb::ExecuteFunctionState::GetFunctionState(state)->template Cast<RandomState<Random>>();
  if (!local.random) {
    duckdb::Value value = seed.GetValue(0);
    int64_t start = value.IsNull() ? (static_cast<int64_t>(std::random_device()()) << 32) |
                                         std::random_device()()
                                   : value.GetValue<int64_t>();
    local.random.emplace(start + local.partition);
  }
  return *local.random;
}

}  // namespace pyrite::lower
