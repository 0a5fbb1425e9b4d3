#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

// A scan that follows another one's bounds may be cut less evenly.
constexpr double kMostWhenFollowing = 1.6;

bool IsAmong(const Key& key, const Expressions& items, Match least) {
  return std::any_of(items.begin(), items.end(), [&](const auto& item) {
    Match match = MatchOf(key, *item);
    return match != Match::kNone && match <= least;
  });
}

// Whether one of the equalities says that the keys are equal.
bool AreEqual(const Key& left, const Key& right, const EqualKeys& keys) {
  for (size_t i = 0; i < keys.left.size(); ++i) {
    Match match = MatchOf(left, *keys.left[i]);
    if (match != Match::kNone && match == MatchOf(right, *keys.right[i])) return true;
  }
  return false;
}

bool AreCutAlike(const Distribution& left, const Distribution& right, const EqualKeys& keys) {
  if (!left.IsByKeys() || left.kind != right.kind) return false;
  if (left.keys.size() != right.keys.size()) return false;
  bool is_hash = left.kind == Distribution::Kind::kHash;
  for (size_t i = 0; i < left.keys.size(); ++i) {
    if (!AreEqual(left.keys[i], right.keys[i], keys)) return false;
    // Equal numbers of two types have two hashes.
    if (is_hash && left.keys[i].type != right.keys[i].type) return false;
  }
  return is_hash || *left.bounds == *right.bounds;
}

}  // namespace

Match MatchOf(const Key& key, const duckdb::Expression& item) {
  if (item.GetExpressionClass() != duckdb::ExpressionClass::BOUND_COLUMN_REF) return Match::kNone;
  auto column = item.Cast<duckdb::BoundColumnRefExpression>().Binding();
  if (key.Is(column)) return Match::kSame;
  if (key.HasCast(column)) return Match::kCast;
  return key.HasImage(column) ? Match::kImage : Match::kNone;
}

bool Cutter::Collocate(Distribution& rows, const Expressions& keys) {
  if (rows.IsByKeys()) {
    return std::all_of(rows.keys.begin(), rows.keys.end(),
                       [&](const Key& key) { return IsAmong(key, keys, Match::kImage); });
  }
  const Choice* choice = ChoiceFor(rows, keys, Match::kImage);
  if (choice == nullptr) return false;
  CutByRanges(rows, *choice, OwnBounds(*choice));
  return true;
}

bool Cutter::Collocate(Distribution& left, Distribution& right, const EqualKeys& keys) {
  if (AreCutAlike(left, right, keys)) return true;
  for (const Choice& choice : left.choices) {
    bool follows =
        right.kind == Distribution::Kind::kRange && AreEqual(choice.key, right.keys[0], keys);
    if (follows && CutAlike(left, choice, right.bounds)) return true;
    for (const Choice& other : right.choices) {
      if (AreEqual(choice.key, other.key, keys) && CutBoth(left, choice, right, other)) return true;
    }
  }
  for (const Choice& choice : right.choices) {
    bool follows =
        left.kind == Distribution::Kind::kRange && AreEqual(left.keys[0], choice.key, keys);
    if (follows && CutAlike(right, choice, left.bounds)) return true;
  }
  return false;
}

const Choice* Cutter::ChoiceFor(const Distribution& rows, const Expressions& keys, Match least) {
  for (const Choice& choice : rows.choices) {
    if (IsAmong(choice.key, keys, least) && OwnBounds(choice) != nullptr) return &choice;
  }
  return nullptr;
}

bool Cutter::CutAlike(Distribution& rows, const Choice& choice, const Bounds& bounds) {
  const ScanRanges* ranges = RangesFor(choice);
  if (ranges == nullptr || !IsEven(*ranges, *bounds, kMostWhenFollowing)) return false;
  CutByRanges(rows, choice, bounds);
  return true;
}

// By the bounds of the larger one, if it has any.
bool Cutter::CutBoth(Distribution& left, const Choice& left_choice, Distribution& right,
                     const Choice& right_choice) {
  const ScanRanges* left_ranges = RangesFor(left_choice);
  const ScanRanges* right_ranges = RangesFor(right_choice);
  if (left_ranges == nullptr || right_ranges == nullptr) return false;
  bool left_leads = left_ranges->bytes() >= right_ranges->bytes();
  Bounds bounds = OwnBounds(left_leads ? left_choice : right_choice);
  if (bounds == nullptr) return false;
  const ScanRanges& follower = left_leads ? *right_ranges : *left_ranges;
  if (!IsEven(follower, *bounds, kMostWhenFollowing)) return false;
  CutByRanges(left, left_choice, bounds);
  CutByRanges(right, right_choice, bounds);
  return true;
}

void Cutter::CutByRanges(Distribution& rows, const Choice& choice, const Bounds& bounds) {
  cuts_[choice.scan] = {RangesFor(choice), bounds};
  rows.kind = Distribution::Kind::kRange;
  rows.keys = {choice.key};
  rows.bounds = bounds;
  rows.choices.clear();  // and `choice` with them
}

void Cutter::CutByAnyRanges(Distribution& rows) {
  for (const Choice& choice : rows.choices) {
    Bounds bounds = OwnBounds(choice);
    if (bounds != nullptr) return CutByRanges(rows, choice, bounds);
  }
}

const ScanRanges* Cutter::RangesFor(const Choice& choice) {
  auto [known, is_new] = ranges_.try_emplace({choice.scan, choice.column.GetIndex()});
  if (is_new) known->second = RangesOf(*choice.scan, choice.column);
  return known->second ? &*known->second : nullptr;
}

Bounds Cutter::OwnBounds(const Choice& choice) {
  const ScanRanges* ranges = RangesFor(choice);
  return ranges == nullptr ? nullptr : BoundsOf(*ranges, options_.tasks);
}

}  // namespace pyrite::stages
