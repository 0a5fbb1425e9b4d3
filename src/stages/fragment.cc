#include "stages/fragment.h"

#include <algorithm>
#include <deque>

#include "base/errors.h"
#include "duckdb/common/error_data.hpp"
#include "duckdb/common/serializer/binary_deserializer.hpp"
#include "duckdb/common/serializer/binary_serializer.hpp"
#include "duckdb/common/serializer/memory_stream.hpp"
#include "duckdb/planner/bound_parameter_map.hpp"
#include "stages/stage_graph.h"

namespace pyrite::stages {

namespace {

std::vector<duckdb::LogicalGet*> ParquetScans(duckdb::LogicalOperator& op) {
  std::vector<duckdb::LogicalGet*> found;
  if (op.type == duckdb::LogicalOperatorType::LOGICAL_GET) {
    auto& get = op.Cast<duckdb::LogicalGet>();
    if (IsParquet(get)) found.push_back(&get);
  }
  for (auto& child : op.children) {
    auto more = ParquetScans(*child);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace

Fragment::Fragment(duckdb::unique_ptr<duckdb::LogicalOperator> plan,
                   const std::vector<duckdb::LogicalGet*>& sliced, int tasks)
    : plan_(std::move(plan)) {
  for (duckdb::LogicalGet* get : ParquetScans(*plan_)) {
    bool is_cut = std::find(sliced.begin(), sliced.end(), get) != sliced.end();
    scans_.push_back(
        {get, is_cut ? SliceScan(*get, tasks) : std::vector<ScanSlice>(tasks, WholeScan(*get))});
  }
}

Fragment::~Fragment() = default;

std::string Fragment::Serialize(int task) const {
  std::lock_guard lock(mutex_);
  std::deque<SlicedScan> narrowed;
  for (const Scan& scan : scans_) narrowed.emplace_back(*scan.get, scan.slices[task]);
  duckdb::MemoryStream stream;
  duckdb::SerializationOptions options;
  options.storage_compatibility = duckdb::StorageCompatibility::Latest();
  duckdb::BinarySerializer::Serialize(*plan_, stream, options);
  return {reinterpret_cast<const char*>(stream.GetData()), stream.GetPosition()};
}

duckdb::unique_ptr<duckdb::LogicalOperator> Fragment::Take() const {
  std::lock_guard lock(mutex_);
  if (plan_ == nullptr) throw errors::Internal("a fragment of this process cannot run twice");
  return std::move(plan_);
}

std::string SerializeTask(const Fragment& fragment, int task) {
  try {
    return fragment.Serialize(task);
  } catch (const std::exception& error) {
    throw errors::Internal(duckdb::ErrorData(error).Message());
  }
}

duckdb::unique_ptr<duckdb::LogicalOperator> DeserializePlan(duckdb::ClientContext& context,
                                                            const std::string& bytes) {
  auto* data = reinterpret_cast<duckdb::data_ptr_t>(const_cast<char*>(bytes.data()));
  duckdb::MemoryStream stream(data, bytes.size());
  duckdb::bound_parameter_map_t parameters;
  auto plan =
      duckdb::BinaryDeserializer::Deserialize<duckdb::LogicalOperator>(stream, context, parameters);
  plan->ResolveOperatorTypes();
  return plan;
}

}  // namespace pyrite::stages
