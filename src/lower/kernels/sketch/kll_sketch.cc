#include "lower/kernels/sketch/kll_sketch.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "base/value.h"
#include "lower/kernels/sketch/bytes.h"

namespace pyrite::lower {
namespace {

constexpr int kLeastWidth = 8;
constexpr uint8_t kFamily = 15, kEmpty = 1, kLevelZeroSorted = 2, kSingle = 4;
constexpr uint8_t kShortPreamble = 2, kFullPreamble = 5;

// k * (2/3)^depth, rounded.
int64_t Shrunk(int64_t k, int depth) {
  constexpr int kMostDepth = 30;
  if (depth > kMostDepth) return Shrunk(Shrunk(k, depth / 2), depth - depth / 2);
  int64_t power = 1;
  for (int i = 0; i < depth; ++i) power *= 3;
  return (((k << 1) << depth) / power + 1) >> 1;
}

}  // namespace

template <class T>
int KllSketch<T>::CapacityOf(size_t level) const {
  auto depth = static_cast<int>(levels_.size() - level - 1);
  return std::max(kLeastWidth, static_cast<int>(Shrunk(k_, depth)));
}

template <class T>
size_t KllSketch<T>::Capacity() const {
  size_t total = 0;
  for (size_t level = 0; level < levels_.size(); ++level) {
    total += static_cast<size_t>(CapacityOf(level));
  }
  return total;
}

template <class T>
size_t KllSketch<T>::Retained() const {
  size_t total = 0;
  for (const auto& level : levels_) total += level.size();
  return total;
}

template <class T>
void KllSketch<T>::Update(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) return;
  }
  least_ = IsEmpty() ? value : std::min(least_, value);
  greatest_ = IsEmpty() ? value : std::max(greatest_, value);
  if (Retained() >= Capacity()) Compress();
  levels_[0].push_back(value);
  ++count_;
}

template <class T>
void KllSketch<T>::Merge(const KllSketch& other) {
  if (other.IsEmpty()) return;
  least_ = IsEmpty() ? other.least_ : std::min(least_, other.least_);
  greatest_ = IsEmpty() ? other.greatest_ : std::max(greatest_, other.greatest_);
  least_k_ = std::min(least_k_, other.least_k_);
  count_ += other.count_;
  if (levels_.size() < other.levels_.size()) levels_.resize(other.levels_.size());
  for (size_t level = 0; level < other.levels_.size(); ++level) {
    auto& values = levels_[level];
    size_t middle = values.size();
    values.insert(values.end(), other.levels_[level].begin(), other.levels_[level].end());
    if (level == 0) continue;
    std::inplace_merge(values.begin(), values.begin() + static_cast<int64_t>(middle), values.end());
  }
  while (Retained() > Capacity()) Compress();
}

// Halves the lowest level that is full.
template <class T>
void KllSketch<T>::Compress() {
  size_t level = 0;
  while (level + 1 < levels_.size() &&
         levels_[level].size() < static_cast<size_t>(CapacityOf(level))) {
    ++level;
  }
  CompactLevel(level);
}

template <class T>
void KllSketch<T>::CompactLevel(size_t level) {
  if (level + 1 == levels_.size()) levels_.emplace_back();
  auto& values = levels_[level];
  auto& above = levels_[level + 1];
  size_t odd = values.size() % 2;
  auto first = values.begin() + static_cast<int64_t>(odd);
  if (level == 0) std::sort(first, values.end());
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  size_t middle = above.size();
  for (size_t i = odd + (random_ & 1); i < values.size(); i += 2) above.push_back(values[i]);
  std::inplace_merge(above.begin(), above.begin() + static_cast<int64_t>(middle), above.end());
  values.resize(odd);
}

template <class T>
auto KllSketch<T>::Sorted() const -> std::vector<Weighted> {
  std::vector<Weighted> all;
  for (size_t level = 0; level < levels_.size(); ++level) {
    for (T value : levels_[level]) all.push_back({value, int64_t{1} << level});
  }
  std::sort(all.begin(), all.end(),
            [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
  return all;
}

template <class T>
double KllSketch<T>::RankOf(T value) const {
  int64_t weight = 0;
  for (size_t level = 0; level < levels_.size(); ++level) {
    for (T other : levels_[level]) weight += other <= value ? int64_t{1} << level : 0;
  }
  return static_cast<double>(weight) / static_cast<double>(count_);
}

template <class T>
T KllSketch<T>::QuantileAt(double rank) const {
  constexpr double kRounding = 1e7;  // keeps 0.1 * 10 from being more than 1
  constexpr int64_t kMostRounded = 1000000;
  double place = rank * static_cast<double>(count_);
  if (count_ <= kMostRounded) place = std::round(place * kRounding) / kRounding;
  auto needed = static_cast<int64_t>(std::ceil(place));
  int64_t weight = 0;
  std::vector<Weighted> all = Sorted();
  for (const Weighted& item : all) {
    weight += item.weight;
    if (weight >= needed) return item.value;
  }
  return greatest_;
}

template <class T>
std::string KllSketch<T>::ToBytes() const {
  std::string out;
  uint8_t flags = IsEmpty() ? kEmpty : count_ == 1 ? kSingle : 0;
  bool is_short = count_ <= 1;
  out += static_cast<char>(is_short ? kShortPreamble : kFullPreamble);
  out += static_cast<char>(count_ == 1 ? 2 : 1);
  out += static_cast<char>(kFamily);
  out += static_cast<char>(flags);
  AppendLittle(out, static_cast<uint16_t>(k_));
  AppendLittle(out, static_cast<uint16_t>(kLeastWidth));
  if (IsEmpty()) return out;
  if (count_ == 1) {
    AppendLittle(out, levels_[0][0]);
    return out;
  }
  AppendLittle(out, count_);
  AppendLittle(out, static_cast<uint16_t>(least_k_));
  AppendLittle(out, static_cast<uint16_t>(levels_.size()));
  auto at = static_cast<int32_t>(Capacity() - Retained());
  for (const auto& level : levels_) {
    AppendLittle(out, at);
    at += static_cast<int32_t>(level.size());
  }
  AppendLittle(out, least_);
  AppendLittle(out, greatest_);
  // Level 0 is filled from its end.
  for (auto value = levels_[0].rbegin(); value != levels_[0].rend(); ++value) {
    AppendLittle(out, *value);
  }
  for (size_t level = 1; level < levels_.size(); ++level) {
    for (T value : levels_[level]) AppendLittle(out, value);
  }
  return out;
}

template <class T>
std::optional<KllSketch<T>> KllSketch<T>::Read(std::string_view bytes) {
  LittleReader reader(bytes);
  auto preamble = reader.Read<uint8_t>(), version = reader.Read<uint8_t>();
  auto family = reader.Read<uint8_t>(), flags = reader.Read<uint8_t>();
  auto k = reader.Read<uint16_t>(), width = reader.Read<uint16_t>();
  bool known = family == kFamily && (width & 0xFF) == kLeastWidth && k >= kLeastWidth &&
               (preamble == kShortPreamble || preamble == kFullPreamble) && version >= 1 &&
               version <= 2;
  if (reader.failed() || !known) return std::nullopt;
  KllSketch made(k);
  if ((flags & kEmpty) != 0) return made;
  if ((flags & kSingle) != 0) {
    made.Update(reader.Read<T>());
    return reader.failed() ? std::nullopt : std::optional(std::move(made));
  }
  made.count_ = reader.Read<int64_t>();
  made.least_k_ = reader.Read<uint16_t>();
  size_t levels = reader.Read<uint16_t>() & 0xFF;
  constexpr size_t kMostLevels = 61;
  if (reader.failed() || levels == 0 || levels > kMostLevels) return std::nullopt;
  made.levels_.resize(levels);
  std::vector<int64_t> starts;
  for (size_t i = 0; i < levels; ++i) starts.push_back(reader.Read<int32_t>());
  starts.push_back(static_cast<int64_t>(made.Capacity()));
  made.least_ = reader.Read<T>();
  made.greatest_ = reader.Read<T>();
  int64_t weight = 0;
  for (size_t i = 0; i < levels; ++i) {
    int64_t size = starts[i + 1] - starts[i];
    if (size < 0 || static_cast<size_t>(size) > reader.rest().size() / sizeof(T)) {
      return std::nullopt;
    }
    for (int64_t n = 0; n < size; ++n) made.levels_[i].push_back(reader.Read<T>());
    weight += size << i;
  }
  if (weight != made.count_) return std::nullopt;
  std::reverse(made.levels_[0].begin(), made.levels_[0].end());
  return made;
}

template <class T>
std::string KllSketch<T>::ToText(const char* type) const {
  const auto number = [](T value) {
    if constexpr (std::is_integral_v<T>) return std::to_string(value);
    if constexpr (std::is_same_v<T, float>) return FloatToString(value);
    if constexpr (std::is_same_v<T, double>) return DoubleToString(value);
  };
  const auto percent = [&](double factor, double power) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.3f%%", 100 * factor / std::pow(least_k_, power));
    return std::string(text);
  };
  const auto truth = [](bool value) { return std::string(value ? "true" : "false"); };
  std::string out = "\n### KllKll" + std::string(type) + "Sketch Summary:\n";
  const auto line = [&](const char* name, const std::string& value) {
    constexpr size_t kWidth = 23;
    std::string shown = name;
    shown.resize(kWidth, ' ');
    out += "   " + shown + ": " + value + "\n";
  };
  constexpr size_t kFixed = 20, kStart = 4;
  size_t storage = kFixed + kStart * (levels_.size() + 1) + sizeof(T) * (2 + Capacity());
  line("K", std::to_string(k_));
  line("Dynamic min K", std::to_string(least_k_));
  line("M", std::to_string(kLeastWidth));
  line("N", std::to_string(count_));
  line("Epsilon", percent(2.296, 0.9723));
  line("Epsilon PMF", percent(2.446, 0.9433));
  line("Empty", truth(IsEmpty()));
  line("Estimation Mode", truth(levels_.size() > 1));
  line("Levels", std::to_string(levels_.size()));
  line("Level 0 Sorted", "false");
  line("Capacity Items", std::to_string(Capacity()));
  line("Retained Items", std::to_string(Retained()));
  line("Free Space", std::to_string(Capacity() - Retained()));
  line("ReadOnly", "false");
  line("Updatable Storage Bytes", std::to_string(storage));
  line("Compact Storage Bytes", std::to_string(ToBytes().size()));
  using Limits = std::numeric_limits<T>;
  constexpr bool kHasNone = Limits::has_quiet_NaN;
  T none_least = kHasNone ? Limits::quiet_NaN() : Limits::max();
  T none_greatest = kHasNone ? Limits::quiet_NaN() : Limits::min();
  line("Min Item", number(IsEmpty() ? none_least : least_));
  line("Max Item", number(IsEmpty() ? none_greatest : greatest_));
  return out + "### End sketch summary\n";
}

template class KllSketch<int64_t>;
template class KllSketch<float>;
template class KllSketch<double>;

}  // namespace pyrite::lower
