// How often sampling with replacement takes a row.
#include <array>
#include <unordered_map>

#include "duckdb/common/vector/flat_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "lower/kernels/java_random.h"
#include "lower/kernels/random.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::LogicalType;

// The generator WELL19937c (Panneton, L'Ecuyer and Matsumoto 2006), seeded as Commons Math does.
class Well19937c {
 public:
  explicit Well19937c(int64_t seed) {
    auto bits = static_cast<uint64_t>(seed);
    state_[0] = static_cast<uint32_t>(bits >> 32);
    state_[1] = static_cast<uint32_t>(bits);
    for (size_t i = 2; i < kSize; ++i) {
      auto before = static_cast<int64_t>(static_cast<int32_t>(state_[i - 2]));
      uint64_t mixed = static_cast<uint64_t>(before ^ (before >> 30)) * 1812433253u + i;
      state_[i] = static_cast<uint32_t>(mixed);
    }
  }

  double NextDouble() {
    uint64_t high = static_cast<uint64_t>(Next(26)) << 26;
    return static_cast<double>(high | Next(26)) * 0x1.0p-52;
  }

 private:
  static constexpr size_t kSize = 624;

  uint32_t& At(size_t offset) { return state_[(at_ + offset) % kSize]; }

  uint32_t Next(int bits) {
    uint32_t& last = At(kSize - 1);
    uint32_t& second = At(kSize - 2);
    uint32_t m1 = At(70), m2 = At(179), m3 = At(449);
    uint32_t z0 = (0x80000000u & last) ^ (0x7fffffffu & second);
    uint32_t z1 = (At(0) ^ (At(0) << 25)) ^ (m1 ^ (m1 >> 27));
    uint32_t z2 = (m2 >> 9) ^ (m3 ^ (m3 >> 1));
    uint32_t z3 = z1 ^ z2;
    uint32_t z4 = z0 ^ (z1 ^ (z1 << 9)) ^ (z2 ^ (z2 << 21)) ^ (z3 ^ (z3 >> 21));
    At(0) = z3;
    last = z4;
    second &= 0x80000000u;
    at_ = (at_ + kSize - 1) % kSize;
    z4 ^= (z4 << 7) & 0xe46e1700u;
    z4 ^= (z4 << 15) & 0x9b868000u;
    return z4 >> (32 - bits);
  }

  std::array<uint32_t, kSize> state_;
  size_t at_ = 0;
};

// Each partition's generator has a seed that one generator draws for all of them.
class PoissonDraws {
 public:
  explicit PoissonDraws(int64_t seed) : seed_(seed) {}

  int32_t Draw(double mean, int32_t partition) { return DrawPoisson(mean, Of(partition)); }

 private:
  Well19937c& Of(int32_t partition) {
    auto known = random_.find(partition);
    if (known != random_.end()) return known->second;
    JavaRandom seeds(seed_);
    int64_t seed = seeds.NextLong();
    for (int32_t i = 0; i < partition; ++i) seed = seeds.NextLong();
    return random_.try_emplace(partition, seed).first->second;
  }

  const int64_t seed_;
  std::unordered_map<int32_t, Well19937c> random_;
};

// (mean, seed [, partition])
void Draw(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, duckdb::Vector& result) {
  auto& random = RandomOf<PoissonDraws>(state, arguments.data[1]);
  const auto means = arguments.data[0].Values<double>();
  auto out = FlatVector::Writer<int32_t>(result, arguments.size());
  if (arguments.ColumnCount() == 2) {
    for (idx_t row = 0; row < arguments.size(); ++row) {
      out.WriteValue(random.Draw(means[row].GetValue(), 0));
    }
    return;
  }
  const auto partitions = arguments.data[2].Values<int32_t>();
  for (idx_t row = 0; row < arguments.size(); ++row) {
    out.WriteValue(random.Draw(means[row].GetValue(), partitions[row].GetValue()));
  }
}

}  // namespace

void RegisterPoissonKernels(duckdb::ExtensionLoader& loader) {
  constexpr char kName[] = "spark_poisson";
  LogicalType mean = LogicalType::DOUBLE, seed = LogicalType::BIGINT, count = LogicalType::INTEGER;
  duckdb::ScalarFunctionSet set{duckdb::Identifier(kName)};
  set.AddFunction(MakeRandomKernel<PoissonDraws>(kName, {mean, seed}, count, Draw));
  set.AddFunction(
      MakeRandomKernel<PoissonDraws>(kName, {mean, seed, LogicalType::INTEGER}, count, Draw));
  loader.RegisterFunction(std::move(set));
}

}  // namespace pyrite::lower
