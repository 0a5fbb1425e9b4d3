#include "plan/repartition.h"

namespace pyrite::plan {

const Repartition* RepartitionOf(const Relation& rows) {
  if (auto* node = rows.TryAs<Repartition>()) return node;
  if (auto* node = rows.TryAs<Project>()) return RepartitionOf(*node->input);
  if (auto* node = rows.TryAs<Filter>()) return RepartitionOf(*node->input);
  return nullptr;
}

}  // namespace pyrite::plan
