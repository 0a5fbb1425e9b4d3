// Theta and tuple sketches of Apache DataSketches: the smallest hashes of a set's keys, and in a
// tuple sketch a number with each. Their bytes can be exchanged with other implementations.
//
//   HashSketchBuilder<double> builder(12, SummaryMode::kSum);
//   builder.Add(HashOfKey(key), 1.5);
//   double distinct_keys = builder.Finish().Estimate();
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pyrite::lower {

inline constexpr uint64_t kMostTheta = std::numeric_limits<int64_t>::max();
inline constexpr int kDefaultLgEntries = 12;

struct NoSummary {};

enum class SummaryMode : uint8_t { kSum, kMin, kMax, kAlwaysOne };

// nullopt: none of "sum", "min", "max", "alwaysone".
std::optional<SummaryMode> SummaryModeOf(std::string_view name);

// 0 is the hash of nothing: such a key is left out.
uint64_t HashOfKey(std::string_view bytes);

template <class S>
S FirstSummary(S value, SummaryMode mode) {
  return mode == SummaryMode::kAlwaysOne ? S{1} : value;
}
template <>
inline NoSummary FirstSummary(NoSummary value, SummaryMode) {
  return value;
}

template <class S>
S Summarized(S left, S right, SummaryMode mode) {
  switch (mode) {
    case SummaryMode::kSum:
      if constexpr (std::is_integral_v<S>) {
        S sum{};
        (void)__builtin_add_overflow(left, right, &sum);  // wraps, as in Java
        return sum;
      } else {
        return left + right;
      }
    case SummaryMode::kMin: return std::min(left, right);
    case SummaryMode::kMax: return std::max(left, right);
    case SummaryMode::kAlwaysOne: break;
  }
  return S{1};
}
template <>
inline NoSummary Summarized(NoSummary left, NoSummary, SummaryMode) {
  return left;
}

// What a key of a theta sketch brings into a tuple sketch.
template <class S>
S NeutralSummary(SummaryMode mode) {
  using Limits = std::numeric_limits<S>;
  switch (mode) {
    case SummaryMode::kSum: return S{0};
    case SummaryMode::kMin: return Limits::has_infinity ? Limits::infinity() : Limits::max();
    case SummaryMode::kMax: return Limits::has_infinity ? -Limits::infinity() : Limits::lowest();
    case SummaryMode::kAlwaysOne: break;
  }
  return S{1};
}

template <class S>
struct HashSketch {
  struct Entry {
    uint64_t hash;
    S summary;
  };

  uint64_t theta = kMostTheta;  // the hashes below it are here
  bool is_empty = true;
  std::vector<Entry> entries;  // by hash

  double Theta() const { return static_cast<double>(theta) / static_cast<double>(kMostTheta); }
  double Estimate() const {
    auto count = static_cast<double>(entries.size());
    return theta == kMostTheta ? count : count / Theta();
  }
  std::string ToBytes() const;
  // nullopt: the bytes are no such sketch.
  static std::optional<HashSketch> Read(std::string_view bytes);
};

template <class S>
class HashSketchBuilder {
 public:
  HashSketchBuilder(int lg_entries, SummaryMode mode)
      : most_(size_t{1} << lg_entries), mode_(mode) {}

  void Add(uint64_t hash, S summary) {
    is_empty_ = false;
    Insert(hash, FirstSummary(summary, mode_));
  }
  void Merge(const HashSketch<S>& other) {
    is_empty_ = is_empty_ && other.is_empty;
    Lower(other.theta);
    for (const auto& entry : other.entries) Insert(entry.hash, entry.summary);
  }
  void Merge(const HashSketchBuilder& other) {
    is_empty_ = is_empty_ && other.is_empty_;
    Lower(other.theta_);
    for (const auto& [hash, summary] : other.entries_) Insert(hash, summary);
  }
  HashSketch<S> Finish() const {
    HashSketchBuilder trimmed = *this;
    if (trimmed.entries_.size() > most_) trimmed.Trim();
    HashSketch<S> made{trimmed.theta_, is_empty_, {}};
    for (const auto& [hash, summary] : trimmed.entries_) made.entries.push_back({hash, summary});
    std::sort(made.entries.begin(), made.entries.end(),
              [](const auto& a, const auto& b) { return a.hash < b.hash; });
    return made;
  }

 private:
  void Insert(uint64_t hash, S summary) {
    if (hash == 0 || hash >= theta_) return;
    auto [at, is_new] = entries_.try_emplace(hash, summary);
    if (!is_new) at->second = Summarized(at->second, summary, mode_);
    if (entries_.size() >= 2 * most_) Trim();
  }
  void Lower(uint64_t theta) {
    if (theta >= theta_) return;
    theta_ = theta;
    std::erase_if(entries_, [&](const auto& entry) { return entry.first >= theta_; });
  }
  // Keeps the least hashes; the next one bounds them.
  void Trim() {
    std::vector<uint64_t> hashes;
    hashes.reserve(entries_.size());
    for (const auto& entry : entries_) hashes.push_back(entry.first);
    auto bound = hashes.begin() + static_cast<int64_t>(most_);
    std::nth_element(hashes.begin(), bound, hashes.end());
    Lower(*bound);
  }

  size_t most_;
  SummaryMode mode_;
  uint64_t theta_ = kMostTheta;
  bool is_empty_ = true;
  std::unordered_map<uint64_t, S> entries_;
};

// The keys of both, or those of the first that the second lacks.
template <class S>
HashSketch<S> Intersected(const HashSketch<S>& left, const HashSketch<S>& right, SummaryMode mode) {
  HashSketch<S> made;
  if (left.is_empty || right.is_empty) return made;
  made.theta = std::min(left.theta, right.theta);
  auto at = right.entries.begin();
  for (const auto& entry : left.entries) {
    while (at != right.entries.end() && at->hash < entry.hash) ++at;
    if (entry.hash >= made.theta || at == right.entries.end()) break;
    if (at->hash != entry.hash) continue;
    made.entries.push_back({entry.hash, Summarized(entry.summary, at->summary, mode)});
  }
  made.is_empty = made.entries.empty() && made.theta == kMostTheta;
  return made;
}

template <class S, class Other>
HashSketch<S> Subtracted(const HashSketch<S>& left, const HashSketch<Other>& right) {
  if (left.is_empty || right.is_empty) return left;
  HashSketch<S> made;
  made.theta = std::min(left.theta, right.theta);
  auto at = right.entries.begin();
  for (const auto& entry : left.entries) {
    if (entry.hash >= made.theta) break;
    while (at != right.entries.end() && at->hash < entry.hash) ++at;
    if (at != right.entries.end() && at->hash == entry.hash) continue;
    made.entries.push_back(entry);
  }
  made.is_empty = made.entries.empty() && made.theta == kMostTheta;
  return made;
}

template <class S>
HashSketch<S> WithSummaries(const HashSketch<NoSummary>& keys, SummaryMode mode) {
  HashSketch<S> made{keys.theta, keys.is_empty, {}};
  for (const auto& entry : keys.entries) {
    made.entries.push_back({entry.hash, NeutralSummary<S>(mode)});
  }
  return made;
}

}  // namespace pyrite::lower
