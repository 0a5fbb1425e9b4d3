// When two plans mean the same: Spark's Dataset.sameSemantics, and how a cached plan is found.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "plan/relation.h"

namespace pyrite::session {

// Equal for plans that differ only in the ids and names of columns and in the order of a + b, and
// for nothing else. Files count by their paths, as in Spark; local data by its content.
std::string CanonicalText(const plan::Relation& plan);

// A hash of a plan's outline, cheap for all of its parts at once: plans of equal text have it in
// common.
class Outlines {
 public:
  size_t Of(const plan::RelationPtr& plan);

 private:
  std::unordered_map<const plan::Relation*, size_t> known_;
};

}  // namespace pyrite::session
