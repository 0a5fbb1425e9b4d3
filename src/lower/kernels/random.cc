#include "lower/kernels/random.h"

#include <bit>
#include <cmath>

#include "duckdb/common/vector/flat_vector.hpp"
#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::Vector;

// scala.util.hashing.MurmurHash3.bytesHash of a long's bytes, the highest first.
uint32_t HashLong(int64_t value, uint32_t seed) {
  uint32_t hash = seed;
  uint64_t bits = __builtin_bswap64(static_cast<uint64_t>(value));
  for (int half = 0; half < 2; ++half) {
    auto key = static_cast<uint32_t>(bits >> (32 * half));
    key = std::rotl(key * 0xcc9e2d51u, 15) * 0x1b873593u;
    hash = std::rotl(hash ^ key, 13) * 5 + 0xe6546b64u;
  }
  hash ^= 8;
  hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
  return hash ^ (hash >> 16);
}

}  // namespace

XorShift::XorShift(int64_t seed) {
  constexpr uint32_t kArraySeed = 0x3c074a61;
  uint32_t low = HashLong(seed, kArraySeed);
  uint32_t high = HashLong(seed, low);
  seed_ = (static_cast<uint64_t>(high) << 32) | low;
}

int64_t XorShift::NextLong() {
  auto high = static_cast<uint64_t>(Next(32)) << 32;
  return static_cast<int64_t>(high + static_cast<uint64_t>(static_cast<int64_t>(NextInt())));
}

double XorShift::NextGaussian() {
  if (next_gaussian_) {
    double value = *next_gaussian_;
    next_gaussian_.reset();
    return value;
  }
  double first, second, square;
  do {
    first = 2 * NextDouble() - 1;
    second = 2 * NextDouble() - 1;
    square = first * first + second * second;
  } while (square >= 1 || square == 0);
  double factor = std::sqrt(-2 * std::log(square) / square);
  next_gaussian_ = second * factor;
  return first * factor;
}

MersenneTwister::MersenneTwister(int64_t seed) {
  const uint32_t key[] = {static_cast<uint32_t>(static_cast<uint64_t>(seed) >> 32),
                          static_cast<uint32_t>(seed)};
  state_[0] = 19650218;
  const auto mixed = [&](int i) { return state_[i - 1] ^ (state_[i - 1] >> 30); };
  for (int i = 1; i < kSize; ++i) state_[i] = 1812433253u * mixed(i) + static_cast<uint32_t>(i);
  int i = 1;
  const auto step = [&] {
    if (++i < kSize) return;
    state_[0] = state_[kSize - 1];
    i = 1;
  };
  for (int k = 0; k < kSize; ++k) {
    state_[i] = (state_[i] ^ (mixed(i) * 1664525u)) + key[k % 2] + static_cast<uint32_t>(k % 2);
    step();
  }
  for (int k = 1; k < kSize; ++k) {
    state_[i] = (state_[i] ^ (mixed(i) * 1566083941u)) - static_cast<uint32_t>(i);
    step();
  }
  state_[0] = 0x80000000u;
}

uint32_t MersenneTwister::Next(int bits) {
  if (at_ == kSize) {
    for (int i = 0; i < kSize; ++i) {
      uint32_t y = (state_[i] & 0x80000000u) | (state_[(i + 1) % kSize] & 0x7fffffffu);
      state_[i] = state_[(i + 397) % kSize] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0dfu : 0);
    }
    at_ = 0;
  }
  uint32_t y = state_[at_++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  y ^= y >> 18;
  return y >> (32 - bits);
}

int32_t MersenneTwister::NextInt(int32_t bound) {
  if ((bound & -bound) == bound) {
    return static_cast<int32_t>((static_cast<int64_t>(bound) * Next(31)) >> 31);
  }
  int64_t bits, value;
  do {
    bits = Next(31);
    value = bits % bound;
  } while (bits - value + (bound - 1) > INT32_MAX);
  return static_cast<int32_t>(value);
}

void DrawText(int32_t length, XorShift& random, std::string& text) {
  constexpr char kCharacters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (length < 0) {
    ThrowSpark("INVALID_PARAMETER_VALUE.LENGTH", {{"parameter", "`length`"},
                                                  {"length", std::to_string(length)},
                                                  {"functionName", "`randstr`"}});
  }
  text.resize(static_cast<size_t>(length));
  for (char& c : text) {
    c = kCharacters[std::abs(static_cast<int64_t>(random.NextInt()) % 62)];
  }
}

namespace {

template <double (XorShift::*draw)()>
void Draw(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  XorShift& random = RandomOf<XorShift>(state, arguments.data[0]);
  auto out = FlatVector::Writer<double>(result, arguments.size());
  for (idx_t row = 0; row < arguments.size(); ++row) out.WriteValue((random.*draw)());
}

// (seed, partition)
template <double (XorShift::*draw)()>
void DrawInPartition(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  auto& random = RandomOf<PartitionedXorShift>(state, arguments.data[0]);
  const auto partitions = arguments.data[1].Values<int32_t>();
  auto out = FlatVector::Writer<double>(result, arguments.size());
  for (idx_t row = 0; row < arguments.size(); ++row) {
    out.WriteValue((random.Of(partitions[row].GetValue()).*draw)());
  }
}

// (length, seed)
void DrawTexts(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  XorShift& random = RandomOf<XorShift>(state, arguments.data[1]);
  const auto lengths = arguments.data[0].Values<int32_t>();
  FlatVector::SetSize(result, arguments.size());
  auto* out = FlatVector::GetDataMutable<duckdb::string_t>(result);
  std::string text;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    DrawText(lengths[row].IsValid() ? lengths[row].GetValue() : 0, random, text);
    out[row] = duckdb::StringVector::AddString(result, text);
  }
}

// (seed)
void DrawUuids(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  auto& random = RandomOf<MersenneTwister>(state, arguments.data[0]);
  FlatVector::SetSize(result, arguments.size());
  auto* out = FlatVector::GetDataMutable<duckdb::string_t>(result);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    out[row] = duckdb::StringVector::AddString(result, DrawUuid(random));
  }
}

// (count, start): start, ... count - 1, 0, 1, ...; each thread begins one further.
class Turn {
 public:
  explicit Turn(int64_t start) : next_(static_cast<uint64_t>(start)) {}
  int32_t Next(uint64_t count) { return static_cast<int32_t>(next_++ % count); }

 private:
  uint64_t next_;
};

void TakeTurns(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  auto& turn = RandomOf<Turn>(state, arguments.data[1]);
  auto count = arguments.data[0].GetValue(0).GetValue<uint64_t>();
  auto out = FlatVector::Writer<int32_t>(result, arguments.size());
  for (idx_t row = 0; row < arguments.size(); ++row) out.WriteValue(turn.Next(count));
}

}  // namespace

void RegisterRandomKernels(duckdb::ExtensionLoader& loader) {
  LogicalType seed = LogicalType::BIGINT, number = LogicalType::DOUBLE;
  const auto draw = [&](const char* name, duckdb::scalar_function_t anywhere,
                        duckdb::scalar_function_t in_partition) {
    duckdb::ScalarFunctionSet set{duckdb::Identifier(name)};
    set.AddFunction(MakeRandomKernel<XorShift>(name, {seed}, number, std::move(anywhere)));
    set.AddFunction(MakeRandomKernel<PartitionedXorShift>(name, {seed, LogicalType::INTEGER},
                                                          number, std::move(in_partition)));
    loader.RegisterFunction(std::move(set));
  };
  draw("spark_rand", Draw<&XorShift::NextDouble>, DrawInPartition<&XorShift::NextDouble>);
  draw("spark_randn", Draw<&XorShift::NextGaussian>, DrawInPartition<&XorShift::NextGaussian>);
  loader.RegisterFunction(MakeRandomKernel<XorShift>("spark_randstr", {LogicalType::INTEGER, seed},
                                                     LogicalType::VARCHAR, DrawTexts));
  loader.RegisterFunction(
      MakeRandomKernel<MersenneTwister>("spark_uuid", {seed}, LogicalType::VARCHAR, DrawUuids));
  loader.RegisterFunction(
      MakeRandomKernel<Turn>("spark_turn", {seed, seed}, LogicalType::INTEGER, TakeTurns));
}

}  // namespace pyrite::lower
