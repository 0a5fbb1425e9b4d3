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

Fragment::Fragment(duckdb::unique_ptr<duckdb::LogicalOperator> plan, std::vector<Scan> scans)
    : plan_(std::move(plan)), scans_(std::move(scans)) {}

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

std::string Fragment::SlicesText(const duckdb::LogicalOperator& op) const {
  for (const auto& [get, slices, is_cut] : scans_) {
    if (get != &op || !is_cut) continue;
    auto count = std::count_if(slices.begin(), slices.end(),
                               [](const ScanSlice& slice) { return !slice.IsEmpty(); });
    std::string text = ", " + std::to_string(count) + (count == 1 ? " slice" : " slices");
    if (!slices.front().column) return text;
    const auto& column = get->GetColumnIds()[slices.front().column->GetIndex()];
    return text + ", ranges of " + get->GetColumnName(column).GetIdentifierName();
  }
  return "";
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
