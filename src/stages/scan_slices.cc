#include "stages/scan_slices.h"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "duckdb/common/multi_file/multi_file_states.hpp"
#include "duckdb/planner/filter/expression_filter.hpp"
#include "stages/group_filter.h"

namespace pyrite::stages {
namespace {

// The reader's own column with the number of a row's group: file_row_group_number in SQL.
constexpr duckdb::column_t kRowGroupNumber = UINT64_C(9223372036854775820);

// Whose footers are read for it.
constexpr size_t kMostFiles = 256;

using Sizes = std::vector<int64_t>;

// The run of each item when items are dealt, in order, to `count` runs of about the same size.
std::vector<int> DealRuns(const Sizes& sizes, int count) {
  int64_t total = std::max<int64_t>(std::accumulate(sizes.begin(), sizes.end(), int64_t{0}), 1);
  std::vector<int> runs;
  int64_t before = 0;
  for (int64_t size : sizes) {
    double middle = static_cast<double>(before) + static_cast<double>(size) / 2;
    auto run = static_cast<int>(middle * count / static_cast<double>(total));
    runs.push_back(std::min(run, count - 1));
    before += size;
  }
  return runs;
}

std::vector<ScanSlice> SliceByFile(const std::vector<std::string>& files, const Sizes& sizes,
                                   int count) {
  std::vector<ScanSlice> slices(count);
  std::vector<int> runs = DealRuns(sizes, count);
  for (size_t i = 0; i < files.size(); ++i) slices[runs[i]].files.push_back(files[i]);
  return slices;
}

// How many tasks read each of fewer files than tasks: the largest files are shared by the most.
std::vector<int> ReadersOf(const Sizes& sizes, int count) {
  std::vector<int> readers(sizes.size(), 1);
  for (int left = count - static_cast<int>(sizes.size()); left > 0; --left) {
    size_t most = 0;
    for (size_t i = 1; i < sizes.size(); ++i) {
      if (sizes[i] * readers[most] > sizes[most] * readers[i]) most = i;
    }
    ++readers[most];
  }
  return readers;
}

void SliceFile(const std::string& file, const GroupFilter& filter, int count,
               std::vector<ScanSlice>& slices) {
  if (count == 1) {
    slices.push_back({{file}});
    return;
  }
  std::vector<SizedGroup> groups = filter.GroupsOf(file);
  Sizes sizes;
  for (const SizedGroup& group : groups) sizes.push_back(group.bytes);
  std::vector<int> runs = DealRuns(sizes, count);
  for (int run = 0; run < count; ++run) {
    auto first = std::lower_bound(runs.begin(), runs.end(), run) - runs.begin();
    auto last = std::upper_bound(runs.begin(), runs.end(), run) - runs.begin();
    if (first == last) continue;
    slices.push_back({{file}, false, groups[first].number, groups[last - 1].number + 1});
  }
}

// Leaves out the files of which filters leave nothing; the others' sizes become those of what is
// left of them.
void Prune(const GroupFilter& filter, std::vector<std::string>& files, Sizes& sizes) {
  if (!filter.IsSelective() || files.size() > kMostFiles) return;
  std::vector<std::string> left;
  Sizes left_sizes;
  for (const std::string& file : files) {
    std::vector<SizedGroup> groups = filter.GroupsOf(file);
    if (groups.empty()) continue;
    left.push_back(file);
    left_sizes.push_back(
        std::accumulate(groups.begin(), groups.end(), int64_t{0},
                        [](int64_t sum, const SizedGroup& group) { return sum + group.bytes; }));
  }
  files = std::move(left);
  sizes = std::move(left_sizes);
}

void AddRangeFilter(duckdb::LogicalGet& get, const ScanSlice& slice) {
  const auto bound = [&](duckdb::ExpressionType comparison,
                         const std::optional<duckdb::Value>& at) {
    if (!at) return;
    get.table_filters.PushFilter(*slice.column,
                                 duckdb::ExpressionFilter::CreateComparisonFilter(comparison, *at));
  };
  bound(duckdb::ExpressionType::COMPARE_GREATERTHANOREQUALTO, slice.from);
  bound(duckdb::ExpressionType::COMPARE_LESSTHAN, slice.to);
}

void AddGroupFilter(duckdb::LogicalGet& get, const ScanSlice& slice) {
  if (get.projection_ids.empty()) {
    for (duckdb::idx_t i = 0; i < get.GetColumnIds().size(); ++i) {
      get.projection_ids.emplace_back(i);
    }
  }
  duckdb::ProjectionIndex column = get.AddColumnId(kRowGroupNumber);
  const auto bound = [&](duckdb::ExpressionType comparison, int64_t group) {
    get.table_filters.PushFilter(
        column, duckdb::ExpressionFilter::CreateComparisonFilter(
                    comparison, duckdb::Value::UBIGINT(static_cast<uint64_t>(group))));
  };
  bound(duckdb::ExpressionType::COMPARE_GREATERTHANOREQUALTO, slice.first_group);
  bound(duckdb::ExpressionType::COMPARE_LESSTHAN, slice.last_group);
}

std::vector<ScanSlice> SliceNumbers(const duckdb::LogicalGet& get, int count) {
  const auto argument = [&](size_t i) { return get.parameters[i].GetValue<int64_t>(); };
  __int128 start = argument(0), end = argument(1), step = argument(2);
  __int128 numbers = (end - start + step + (step > 0 ? -1 : 1)) / step;
  if (numbers < 0) numbers = 0;
  const auto number = [&](int slice) {
    return duckdb::Value::BIGINT(static_cast<int64_t>(start + step * (numbers * slice / count)));
  };
  std::vector<ScanSlice> slices(count);
  for (int i = 0; i < count; ++i) {
    auto last = i + 1 < count ? number(i + 1) : get.parameters[1];
    slices[i].numbers = {number(i), last, get.parameters[2]};
  }
  return slices;
}

// Parts of files that are not Parquet.
std::vector<ScanSlice> SliceParts(const lower::FileScanData& scan, int count) {
  lower::FileParts parts = lower::PartsFor(scan, count);
  Sizes sizes;
  for (const auto& part : parts) sizes.push_back(lower::BytesOf(part, *scan.scan));
  std::vector<ScanSlice> slices(count);
  std::vector<int> runs = DealRuns(sizes, count);
  for (size_t i = 0; i < parts.size(); ++i) slices[runs[i]].parts.push_back(parts[i]);
  return slices;
}

}  // namespace

std::vector<std::string> FilesOf(const duckdb::LogicalGet& get) {
  std::vector<std::string> files;
  const auto& data = get.bind_data->Cast<duckdb::MultiFileBindData>();
  for (const auto& file : data.file_list->GetAllFiles()) files.push_back(file.path);
  return files;
}

std::vector<int64_t> SizesOf(const std::vector<std::string>& files) {
  Sizes sizes;
  for (const std::string& file : files) {
    std::error_code ignored;  // the scan itself says so
    auto size = std::filesystem::file_size(file, ignored);
    sizes.push_back(ignored ? 0 : static_cast<int64_t>(size));
  }
  return sizes;
}

bool IsParquet(const duckdb::LogicalGet& get) {
  return get.children.empty() && get.function.GetName() == duckdb::Identifier("read_parquet");
}

ScanSlice WholeScan(const duckdb::LogicalGet& get) { return {FilesOf(get)}; }

bool IsNumbers(const duckdb::LogicalGet& get) {
  return get.children.empty() && get.function.GetName() == duckdb::Identifier("range") &&
         get.parameters.size() == 3 &&
         std::all_of(get.parameters.begin(), get.parameters.end(),
                     [](const duckdb::Value& value) {
                       return value.type() == duckdb::LogicalType::BIGINT && !value.IsNull();
                     }) &&
         get.parameters[2].GetValue<int64_t>() != 0;
}

bool CanSlice(const duckdb::LogicalGet& get) {
  if (get.ordinality_idx.IsValid()) return false;
  if (IsNumbers(get) || lower::FileScanOf(get) != nullptr) return true;
  return IsParquet(get) && !get.row_group_order_options && get.scan_partition_indices.empty();
}

std::vector<ScanSlice> SliceScan(const duckdb::LogicalGet& get, int count) {
  if (IsNumbers(get)) return SliceNumbers(get, count);
  if (const auto* scan = lower::FileScanOf(get)) return SliceParts(*scan, count);
  std::vector<std::string> files = FilesOf(get);
  Sizes sizes = SizesOf(files);
  GroupFilter filter(get);
  Prune(filter, files, sizes);
  std::vector<ScanSlice> slices;
  if (static_cast<int>(files.size()) > count) {
    slices = SliceByFile(files, sizes, count);
  } else if (!files.empty()) {
    std::vector<int> readers = ReadersOf(sizes, count);
    for (size_t i = 0; i < files.size(); ++i) SliceFile(files[i], filter, readers[i], slices);
  }
  slices.resize(count);
  return slices;
}

SlicedScan::SlicedScan(duckdb::LogicalGet& get, const ScanSlice& slice)
    : get_(get),
      parameters_(get.parameters),
      columns_(get.GetColumnIds()),
      projection_(get.projection_ids),
      filters_(get.table_filters.Copy()) {
  if (!slice.numbers.empty()) {
    get.parameters = slice.numbers;
    return;
  }
  if (const auto* scan = lower::FileScanOf(get)) {
    auto narrowed = lower::ScanOfParts(*scan, slice.parts);
    bind_data_ = std::move(get.bind_data);
    get.bind_data = std::move(narrowed);
    return;
  }
  duckdb::vector<duckdb::Value> files;
  for (const std::string& file : slice.files) files.emplace_back(file);
  // A scan of nothing still needs a file to take its columns from.
  if (files.empty()) files.push_back(duckdb::ListValue::GetChildren(get.parameters[0]).front());
  get.parameters = {duckdb::Value::LIST(duckdb::LogicalType::VARCHAR, std::move(files))};
  if (!slice.whole || slice.files.empty()) {
    AddGroupFilter(get, slice);
  } else if (slice.column) {
    AddRangeFilter(get, slice);
  }
}

SlicedScan::~SlicedScan() {
  if (bind_data_ != nullptr) get_.bind_data = std::move(bind_data_);
  get_.parameters = parameters_;
  get_.GetMutableColumnIds() = columns_;
  get_.projection_ids = projection_;
  get_.table_filters = std::move(*filters_);
}

}  // namespace pyrite::stages
