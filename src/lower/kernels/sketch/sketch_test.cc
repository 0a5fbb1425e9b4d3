#include <gtest/gtest.h>

#include <cmath>

#include "lower/kernels/sketch/hash_sketch.h"
#include "lower/kernels/sketch/hll_sketch.h"
#include "lower/kernels/sketch/kll_sketch.h"
#include "lower/kernels/sketch/murmur128.h"

namespace pyrite::lower {
namespace {

std::string_view Bytes(const int64_t& key) {
  return {reinterpret_cast<const char*>(&key), sizeof(key)};
}

HllSketch HllOf(int64_t from, int64_t to) {
  HllSketch sketch(12);
  for (int64_t key = from; key < to; ++key) {
    sketch.UpdateHash(Murmur128(Bytes(key), kSketchSeed));
  }
  return sketch;
}

TEST(HllSketch, CountsFewKeysExactlyAndManyNearly) {
  EXPECT_EQ(HllOf(0, 0).Estimate(), 0);
  for (int64_t count : {1, 7, 8, 100, 300}) {
    EXPECT_EQ(std::llround(HllOf(0, count).Estimate()), count);
  }
  for (double count : {1000.0, 20000.0, 1000000.0}) {
    EXPECT_NEAR(HllOf(0, static_cast<int64_t>(count)).Estimate(), count, 0.05 * count);
  }
}

TEST(HllSketch, JoinsAndIsStored) {
  for (int64_t count : {3, 200, 5000, 100000}) {
    HllSketch joined = HllOf(0, count);
    joined.Merge(HllOf(count / 2, 2 * count));
    auto expected = static_cast<double>(2 * count);
    EXPECT_NEAR(joined.Estimate(), expected, 0.05 * expected);
    auto read = HllSketch::Read(joined.ToBytes());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(std::llround(read->Estimate()), std::llround(joined.Estimate()));
  }
  EXPECT_FALSE(HllSketch::Read("\x01").has_value());
}

TEST(KllSketch, RanksAreExactUpToKAndNearBeyond) {
  KllSketch<int64_t> sketch(200);
  for (int64_t value = 0; value < 200; ++value) sketch.Update(value);
  EXPECT_EQ(sketch.QuantileAt(0.5), 99);
  EXPECT_EQ(sketch.RankOf(49), 0.25);
  for (int64_t value = 200; value < 100000; ++value) sketch.Update(value);
  EXPECT_EQ(sketch.count(), 100000);
  EXPECT_NEAR(static_cast<double>(sketch.QuantileAt(0.5)), 50000, 3000);
  auto read = KllSketch<int64_t>::Read(sketch.ToBytes());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->QuantileAt(0.25), sketch.QuantileAt(0.25));
  EXPECT_EQ(read->QuantileAt(1), 99999);
}

TEST(HashSketch, KeepsTheLeastHashes) {
  HashSketchBuilder<NoSummary> builder(5, SummaryMode::kSum), other(5, SummaryMode::kSum);
  for (int64_t key = 0; key < 1000; ++key) builder.Add(HashOfKey(Bytes(key)), {});
  for (int64_t key = 500; key < 1500; ++key) other.Add(HashOfKey(Bytes(key)), {});
  HashSketch<NoSummary> sketch = builder.Finish();
  EXPECT_EQ(sketch.entries.size(), 32u);
  EXPECT_NEAR(sketch.Estimate(), 1000, 400);
  auto read = HashSketch<NoSummary>::Read(sketch.ToBytes());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->Estimate(), sketch.Estimate());
  builder.Merge(other);
  EXPECT_NEAR(builder.Finish().Estimate(), 1500, 600);
}

}  // namespace
}  // namespace pyrite::lower
