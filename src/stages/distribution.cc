#include "stages/distribution.h"

#include <algorithm>

namespace pyrite::stages {
namespace {

bool Has(const std::vector<duckdb::ColumnBinding>& columns, const duckdb::ColumnBinding& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

// Where a column of the key's number as `type` belongs.
std::vector<duckdb::ColumnBinding>& ListFor(Key& key, const duckdb::LogicalType& type) {
  if (type == key.type) return key.same;
  return HasRanges(type) && HasRanges(key.type) ? key.casts : key.images;
}

}  // namespace

bool Key::Is(const duckdb::ColumnBinding& column) const { return Has(same, column); }
bool Key::HasImage(const duckdb::ColumnBinding& column) const { return Has(images, column); }

bool Key::HasCast(const duckdb::ColumnBinding& column) const { return Has(casts, column); }

void Key::Add(const Key& other) {
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(same, other.same);
  append(images, other.images);
  append(casts, other.casts);
}

void Distribution::Forget() {
  if (!IsSingle()) kind = Kind::kSplit;
  keys.clear();
  bounds.reset();
  choices.clear();
}

Key CarriedBy(const Key& key, const std::vector<Carried>& columns) {
  Key carried{key.type, {}, {}, {}};
  for (const Carried& column : columns) {
    bool is_same = key.Is(column.from);
    bool is_image = key.HasImage(column.from);
    bool is_cast = key.HasCast(column.from);
    switch (column.as) {
      case Carried::As::kIs:
        if (is_same) carried.same.push_back(column.to);
        if (is_image) carried.images.push_back(column.to);
        if (is_cast) carried.casts.push_back(column.to);
        break;
      case Carried::As::kCastOf:
        if (is_image) carried.images.push_back(column.to);
        if (!is_same && !is_cast) break;
        ListFor(carried, column.type).push_back(column.to);
        break;
      case Carried::As::kImageOf:
        if (is_same) carried.images.push_back(column.to);
        break;
      case Carried::As::kPreimageOf:
        if (is_image) carried.same.push_back(column.to);
        break;
    }
  }
  return carried;
}

Distribution CarriedBy(Distribution rows, const std::vector<Carried>& columns) {
  std::vector<Choice> choices;
  for (const Choice& choice : rows.choices) {
    Key key = CarriedBy(choice.key, columns);
    if (!key.empty()) choices.push_back({std::move(key), choice.scan, choice.column});
  }
  bool is_lost = false;
  for (Key& key : rows.keys) {
    key = CarriedBy(key, columns);
    is_lost |= key.empty();
  }
  if (is_lost) rows.Forget();
  rows.choices = std::move(choices);
  return rows;
}

}  // namespace pyrite::stages
