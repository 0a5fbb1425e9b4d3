// Spark's hash() and xxhash64(), bit for bit: (seed, value) -> hash, a NULL value leaves the seed.

#include <bit>
#include <cmath>
#include <cstring>

#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/any.h"
#include "lower/kernels/decimal.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/part.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using Text = std::string_view;

template <class T>
T Load(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

struct Murmur3 {
  using Result = int32_t;
  static uint32_t MixKey(uint32_t key) { return std::rotl(key * 0xcc9e2d51u, 15) * 0x1b873593u; }
  static uint32_t Mix(uint32_t hash, uint32_t key) {
    return std::rotl(hash ^ MixKey(key), 13) * 5 + 0xe6546b64u;
  }
  static int32_t Finish(uint32_t hash, uint32_t length) {
    hash ^= length;
    hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
    hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
    return static_cast<int32_t>(hash ^ (hash >> 16));
  }
  static int32_t Int(int32_t value, int32_t seed) {
    return Finish(Mix(static_cast<uint32_t>(seed), static_cast<uint32_t>(value)), 4);
  }
  static int32_t Long(int64_t value, int32_t seed) {
    uint32_t hash = Mix(static_cast<uint32_t>(seed), static_cast<uint32_t>(value));
    return Finish(Mix(hash, static_cast<uint32_t>(static_cast<uint64_t>(value) >> 32)), 8);
  }
  static int32_t Bytes(Text bytes, int32_t seed) {
    auto hash = static_cast<uint32_t>(seed);
    size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) hash = Mix(hash, Load<uint32_t>(bytes.data() + at));
    for (; at < bytes.size(); ++at) {
      hash = Mix(hash,
                 static_cast<uint32_t>(static_cast<int32_t>(static_cast<signed char>(bytes[at]))));
    }
    return Finish(hash, static_cast<uint32_t>(bytes.size()));
  }
};

struct XxHash64 {
  using Result = int64_t;
  static constexpr uint64_t k1 = 0x9E3779B185EBCA87u, k2 = 0xC2B2AE3D27D4EB4Fu,
                            k3 = 0x165667B19E3779F9u, k4 = 0x85EBCA77C2B2AE63u,
                            k5 = 0x27D4EB2F165667C5u;
  static int64_t Finish(uint64_t hash) {
    hash = (hash ^ (hash >> 33)) * k2;
    hash = (hash ^ (hash >> 29)) * k3;
    return static_cast<int64_t>(hash ^ (hash >> 32));
  }
  static uint64_t Round(uint64_t hash, uint64_t input) {
    return std::rotl(hash + input * k2, 31) * k1;
  }
  static uint64_t Add8(uint64_t hash, uint64_t value) {
    return std::rotl(hash ^ Round(0, value), 27) * k1 + k4;
  }
  static uint64_t Add4(uint64_t hash, uint32_t value) {
    return std::rotl(hash ^ (value * k1), 23) * k2 + k3;
  }
  static int64_t Int(int32_t value, int64_t seed) {
    return Finish(Add4(static_cast<uint64_t>(seed) + k5 + 4, static_cast<uint32_t>(value)));
  }
  static int64_t Long(int64_t value, int64_t seed) {
    return Finish(Add8(static_cast<uint64_t>(seed) + k5 + 8, static_cast<uint64_t>(value)));
  }
  static int64_t Bytes(Text bytes, int64_t signed_seed) {
    auto seed = static_cast<uint64_t>(signed_seed);
    const char* at = bytes.data();
    const char* end = at + bytes.size();
    uint64_t hash;
    if (bytes.size() >= 32) {
      uint64_t v[4] = {seed + k1 + k2, seed + k2, seed, seed - k1};
      for (; end - at >= 32; at += 32) {
        for (int i = 0; i < 4; ++i) v[i] = Round(v[i], Load<uint64_t>(at + 8 * i));
      }
      hash = std::rotl(v[0], 1) + std::rotl(v[1], 7) + std::rotl(v[2], 12) + std::rotl(v[3], 18);
      for (uint64_t part : v) hash = (hash ^ Round(0, part)) * k1 + k4;
    } else {
      hash = seed + k5;
    }
    hash += bytes.size();
    for (; end - at >= 8; at += 8) hash = Add8(hash, Load<uint64_t>(at));
    for (; end - at >= 4; at += 4) hash = Add4(hash, Load<uint32_t>(at));
    for (; at < end; ++at) {
      hash = std::rotl(hash ^ (static_cast<unsigned char>(*at) * k5), 11) * k1;
    }
    return Finish(hash);
  }
};

// Java's BigInteger.toByteArray: big-endian, two's complement, as short as can be.
std::string BigEndian(Int128 value) {
  std::string out;
  bool done = false;
  while (!done) {
    auto byte = static_cast<signed char>(value & 0xFF);
    out.insert(out.begin(), static_cast<char>(byte));
    value >>= 8;
    done = (value == 0 && byte >= 0) || (value == -1 && byte < 0);
  }
  return out;
}

template <class H, class T>
typename H::Result HashOf(const T& value, typename H::Result seed) {
  if constexpr (std::is_same_v<T, Text>) {
    return H::Bytes(value, seed);
  } else if constexpr (std::is_same_v<T, duckdb::hugeint_t>) {
    return H::Bytes(BigEndian(FromHugeint(value)), seed);
  } else if constexpr (std::is_same_v<T, float>) {
    float plain = std::isnan(value) ? std::nanf("") : value == 0 ? 0.0f : value;
    return H::Int(std::bit_cast<int32_t>(plain), seed);
  } else if constexpr (std::is_same_v<T, double>) {
    double plain = std::isnan(value) ? std::nan("") : value == 0 ? 0.0 : value;
    return H::Long(std::bit_cast<int64_t>(plain), seed);
  } else if constexpr (sizeof(T) == 8) {
    return H::Long(static_cast<int64_t>(value), seed);
  } else {
    return H::Int(static_cast<int32_t>(value), seed);
  }
}

// The seed is never NULL, the value may be.
template <class H, class T>
void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  using R = typename H::Result;
  duckdb::UnifiedVectorFormat seeds, values;
  arguments.data[0].ToUnifiedFormat(seeds);
  arguments.data[1].ToUnifiedFormat(values);
  duckdb::idx_t count = arguments.size();
  duckdb::FlatVector::SetSize(result, count);
  auto* out = duckdb::FlatVector::GetDataMutable<R>(result);
  for (duckdb::idx_t row = 0; row < count; ++row) {
    R seed = duckdb::UnifiedVectorFormat::GetData<R>(seeds)[seeds.sel->get_index(row)];
    duckdb::idx_t at = values.sel->get_index(row);
    out[row] = seed;
    if (!values.validity.RowIsValid(at)) continue;
    out[row] = HashOf<H, T>(
        Storage<T>::Read(
            duckdb::UnifiedVectorFormat::GetData<typename Storage<T>::Type>(values)[at]),
        seed);
  }
}

// ---- values of any type: nested ones by their parts, decimals by their unscaled values

template <class H>
typename H::Result HashPart(const Part& part, duckdb::idx_t row, typename H::Result seed) {
  if (!part.IsValid(row)) return seed;
  using duckdb::PhysicalType;
  bool decimal = part.type.id() == LogicalTypeId::DECIMAL;
  switch (part.type.InternalType()) {
    case PhysicalType::BOOL: return HashOf<H, bool>(part.Get<bool>(row), seed);
    case PhysicalType::INT8: return HashOf<H, int8_t>(part.Get<int8_t>(row), seed);
    case PhysicalType::INT16:
      if (decimal) return H::Long(part.Get<int16_t>(row), seed);
      return HashOf<H, int16_t>(part.Get<int16_t>(row), seed);
    case PhysicalType::INT32:
      if (decimal) return H::Long(part.Get<int32_t>(row), seed);
      return HashOf<H, int32_t>(part.Get<int32_t>(row), seed);
    case PhysicalType::INT64: return HashOf<H, int64_t>(part.Get<int64_t>(row), seed);
    case PhysicalType::INT128:
      return HashOf<H, duckdb::hugeint_t>(part.Get<duckdb::hugeint_t>(row), seed);
    case PhysicalType::FLOAT: return HashOf<H, float>(part.Get<float>(row), seed);
    case PhysicalType::DOUBLE: return HashOf<H, double>(part.Get<double>(row), seed);
    case PhysicalType::VARCHAR:
      return H::Bytes(Storage<Text>::Read(part.Get<duckdb::string_t>(row)), seed);
    case PhysicalType::LIST: {
      const auto& entry = part.Get<duckdb::list_entry_t>(row);
      for (duckdb::idx_t i = 0; i < entry.length; ++i) {
        seed = HashPart<H>(part.parts[0], entry.offset + i, seed);
      }
      return seed;
    }
    case PhysicalType::STRUCT:
      for (const Part& field : part.parts) seed = HashPart<H>(field, row, seed);
      return seed;
    default:
      ThrowSpark("UNSUPPORTED_FEATURE.PYRITE", {{"feature", "hashes of " + part.type.ToString()}});
  }
}

template <class H>
void RunAny(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  using R = typename H::Result;
  const auto seeds = arguments.data[0].Values<R>();
  Part part(arguments.data[1]);
  auto out = duckdb::FlatVector::Writer<R>(result, arguments.size());
  for (duckdb::idx_t row = 0; row < arguments.size(); ++row) {
    out.WriteValue(HashPart<H>(part, row, seeds[row].GetValue()));
  }
}

LogicalType AsFirst(const duckdb::vector<LogicalType>& types) { return types[0]; }

template <class H>
void Register(duckdb::ExtensionLoader& loader, const char* name, const LogicalType& hash) {
  auto add = [&](const LogicalType& type, duckdb::scalar_function_t function) {
    auto kernel = MakeKernel(name, {hash, type}, hash, std::move(function));
    kernel.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
    loader.RegisterFunction(std::move(kernel));
  };
  add(LogicalType::BOOLEAN, Run<H, bool>);
  add(LogicalType::TINYINT, Run<H, int8_t>);
  add(LogicalType::SMALLINT, Run<H, int16_t>);
  add(LogicalType::INTEGER, Run<H, int32_t>);
  add(LogicalType::BIGINT, Run<H, int64_t>);
  add(LogicalType::FLOAT, Run<H, float>);
  add(LogicalType::DOUBLE, Run<H, double>);
  add(LogicalType::VARCHAR, Run<H, Text>);
  add(LogicalType::BLOB, Run<H, Text>);
  add(LogicalType::DATE, Run<H, int32_t>);
  add(LogicalType::TIMESTAMP, Run<H, int64_t>);
  add(LogicalType::TIMESTAMP_TZ, Run<H, int64_t>);
}

}  // namespace

void RegisterHashKernels(duckdb::ExtensionLoader& loader) {
  Register<Murmur3>(loader, "spark_hash", LogicalType::INTEGER);
  loader.RegisterFunction(MakeAnyKernel<AsFirst>("spark_hash_any", 2, RunAny<Murmur3>, true));
  loader.RegisterFunction(MakeAnyKernel<AsFirst>("spark_xxhash64_any", 2, RunAny<XxHash64>, true));
  Register<XxHash64>(loader, "spark_xxhash64", LogicalType::BIGINT);
}

}  // namespace pyrite::lower
