#include "lower/python/python_function.h"
#include "stages/cutter.h"
#include "stages/exchange_read.h"
#include "stages/kept_outputs.h"
#include "stages/manual_slices.h"

namespace pyrite::stages {

// By what the files hold, not by what filters leave of it: all of that has to be read.
bool Cutter::IsSplit(duckdb::LogicalGet& get) {
  return CanSlice(get) &&
         static_cast<double>(get.EstimateSourceCardinality(context_)) >= options_.least_rows;
}

Distribution Cutter::VisitGet(Operator& op) {
  auto& get = op->Cast<duckdb::LogicalGet>();
  if (!get.children.empty()) {  // a table function over rows
    auto python = lower::PythonTaskOf(get);
    return python ? VisitPython(op, *python) : Single(op);
  }
  if (auto kept = KeptIn(get)) return VisitKept(get, *kept);
  get.dynamic_filters.reset();  // of joins that may be in other stages
  Distribution here;
  // What is given to the function beside its arguments stays in this process, unless it is bound to
  // something that travels.
  if (get.function.HasSerializationCallbacks()) get.bind_info.reset();
  here.at_coordinator = get.bind_info != nullptr;
  if (here.at_coordinator) return here;
  here.repeatable =
      static_cast<double>(get.EstimateSourceCardinality(context_)) < options_.least_rows;
  if (!IsSplit(get)) return here;
  here.kind = Distribution::Kind::kSplit;
  if (options_.slices) {
    auto slices = SliceManually(get, options_.slices, options_.tasks);
    if (!slices.empty()) {
      manual_slices_[&get] = std::move(slices);
      return here;
    }
  }
  if (!IsParquet(get)) return here;
  for (const duckdb::ColumnBinding& column : get.GetColumnBindings()) {
    const duckdb::ColumnIndex& index = get.GetColumnIndex(column);
    if (index.IsVirtualColumn() || index.HasChildren()) continue;
    const duckdb::LogicalType& type = get.GetColumnType(index);
    if (!HasRanges(type)) continue;
    here.choices.push_back({{type, {column}, {}, {}}, &get, column.column_index});
  }
  return here;
}

// Rows that earlier tasks have made: as many tasks read them, or all of them when they are few.
Distribution Cutter::VisitKept(duckdb::LogicalGet& get, const KeptOutputs& kept) {
  auto [known, is_new] = kept_.try_emplace(&kept, static_cast<int>(graph_.stages.size()));
  auto rows = static_cast<double>(kept.rows());
  bool is_split = rows >= options_.least_rows;
  SetInput(get, {known->second, is_split ? Read::kForward : Read::kAll});
  if (is_new) {
    Stage stage;
    stage.id = known->second;
    stage.tasks = static_cast<int>(kept.source()->outputs().size());
    stage.estimated_rows = rows;
    stage.kept = kept.source();
    graph_.stages.push_back(std::move(stage));
  }
  Distribution here;
  if (is_split) here.kind = Distribution::Kind::kSplit;
  here.repeatable = !is_split;
  return here;
}

std::vector<Fragment::Scan> Cutter::ScansOf(duckdb::LogicalOperator& plan, int tasks) {
  std::vector<Fragment::Scan> scans;
  if (plan.type == duckdb::LogicalOperatorType::LOGICAL_GET) {
    auto& get = plan.Cast<duckdb::LogicalGet>();
    bool is_cut = tasks > 1 && IsSplit(get);
    if (is_cut || IsParquet(get)) scans.push_back({&get, SlicesOf(get, tasks), is_cut});
  }
  for (auto& child : plan.children) {
    for (auto& scan : ScansOf(*child, tasks)) scans.push_back(std::move(scan));
  }
  return scans;
}

std::vector<ScanSlice> Cutter::SlicesOf(duckdb::LogicalGet& get, int tasks) {
  if (tasks == 1 || !IsSplit(get)) return std::vector<ScanSlice>(tasks, WholeScan(get));
  auto manual = manual_slices_.find(&get);
  if (manual != manual_slices_.end()) return manual->second;
  auto cut = cuts_.find(&get);
  if (cut == cuts_.end()) return SliceScan(get, tasks);
  return SliceByRanges(*cut->second.ranges, *cut->second.bounds);
}

}  // namespace pyrite::stages
