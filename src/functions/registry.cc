#include "functions/registry.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "functions/families.h"

namespace pyrite::functions {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

struct Index {
  std::vector<const Function*> rows;
  std::map<std::string, const Function*, std::less<>> by_name;

  Index() {
    for (auto table :
         {OperatorFunctions(),    ConditionalFunctions(), MathFunctions(),      StringFunctions(),
          DateFunctions(),        CollectionFunctions(),  ArrayFunctions(),     MapFunctions(),
          HigherOrderFunctions(), MomentFunctions(),      AggregateFunctions(), WindowFunctions(),
          RandomFunctions(),      FormatFunctions(),      EncodingFunctions(),  IntervalFunctions(),
          TimeFunctions(),        StackFunctions(),       JsonFunctions(),      SketchFunctions(),
          HllFunctions(),         KllFunctions(),         VariantFunctions(),   XpathFunctions(),
          MiscFunctions(),        UnsupportedFunctions()}) {
      for (const Function& row : table) Add(row);
    }
    std::sort(rows.begin(), rows.end(), [](const Function* a, const Function* b) {
      return std::strcmp(a->name, b->name) < 0;
    });
  }

  void Add(const Function& row) {
    rows.push_back(&row);
    by_name.emplace(row.name, &row);
    std::string_view aliases = row.aliases;
    while (!aliases.empty()) {
      size_t space = std::min(aliases.find(' '), aliases.size());
      by_name.emplace(aliases.substr(0, space), &row);
      aliases.remove_prefix(std::min(space + 1, aliases.size()));
    }
  }
};

const Index& TheIndex() {
  static const Index index;
  return index;
}

}  // namespace

const std::vector<const Function*>& AllFunctions() { return TheIndex().rows; }

const Function* Find(std::string_view name) {
  const auto& by_name = TheIndex().by_name;
  auto found = by_name.find(Lower(name));
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace pyrite::functions
