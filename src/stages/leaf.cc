#include "stages/cutter.h"

namespace pyrite::stages {

// By what the files hold, not by what filters leave of it: all of that has to be read.
bool Cutter::IsSplit(duckdb::LogicalGet& get) {
  return CanSlice(get) &&
         static_cast<double>(get.EstimateSourceCardinality(context_)) >= options_.least_rows;
}

Distribution Cutter::VisitGet(Operator& op) {
  auto& get = op->Cast<duckdb::LogicalGet>();
  if (!get.children.empty()) return Single(op);  // a table function over rows
  get.dynamic_filters.reset();                   // of joins that may be in other stages
  Distribution here;
  // What is given to the function beside its arguments stays in this process.
  here.at_coordinator = get.bind_info != nullptr && !get.function.HasSerializationCallbacks();
  if (here.at_coordinator) return here;
  here.repeatable =
      static_cast<double>(get.EstimateSourceCardinality(context_)) < options_.least_rows;
  if (IsSplit(get)) here.kind = Distribution::Kind::kSplit;
  return here;
}

}  // namespace pyrite::stages
