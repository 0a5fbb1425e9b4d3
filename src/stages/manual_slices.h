// Scans cut as the program says (manual_cut.h).
#pragma once

#include <vector>

#include "stages/manual_cut.h"
#include "stages/scan_slices.h"

namespace pyrite::stages {

// Raises CLUSTER_CUT.PYRITE unless each row group of each file is read as often as the scan reads
// it.
void CheckShares(const std::vector<ScannedFile>& files, const std::vector<TaskFiles>& shares,
                 int tasks);

// One for each of `tasks`; empty when the scan is of no files, or the program leaves it to the cut.
// Raises CLUSTER_CUT.PYRITE.
std::vector<ScanSlice> SliceManually(const duckdb::LogicalGet& get, const ManualSlices& decide,
                                     int tasks);

}  // namespace pyrite::stages
