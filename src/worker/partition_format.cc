#include "worker/partition_format.h"

#include <deque>

#include "duckdb/common/arrow/arrow_appender.hpp"
#include "duckdb/common/arrow/arrow_type_extension.hpp"
#include "duckdb/main/retained_result_collection.hpp"
#include "stages/exchange_read.h"
#include "worker/row_partitions.h"

namespace pyrite::worker {
namespace {

using duckdb::idx_t;
using stages::Partitioning;

constexpr idx_t kBatchRows = 65536;
constexpr idx_t kBatchBytes = 1 << 20;

struct Global : duckdb::ResultFormatGlobalState {
  duckdb::vector<duckdb::LogicalType> types;
  duckdb::ClientProperties properties;
  duckdb::unordered_map<idx_t, const duckdb::shared_ptr<duckdb::ArrowTypeExtensionData>>
      extensions;  // none
};

struct Unit : duckdb::ResultUnit {
  Unit(idx_t rows, idx_t bytes) : ResultUnit(rows, bytes) {}
  duckdb::unique_ptr<PartitionBatch> batch = duckdb::make_uniq<PartitionBatch>();
};

struct Local : duckdb::ResultFormatLocalState {
  Local(const Global& global, const Partitioning& output)
      : global(global), appenders(output.count), rows_of(output.count), partitions(output) {
    sliced.InitializeEmpty(global.types);
    for (auto& rows : rows_of) rows.Initialize(STANDARD_VECTOR_SIZE);
  }

  void Append(int partition, duckdb::DataChunk& chunk) {
    auto& appender = appenders[partition];
    if (!appender) {
      appender = duckdb::make_uniq<duckdb::ArrowAppender>(
          global.types, std::max<idx_t>(chunk.size(), STANDARD_VECTOR_SIZE), global.properties,
          global.extensions);
    }
    appender->Append(chunk, 0, chunk.size(), chunk.size());
    if (appender->RowCount() >= kBatchRows || appender->ByteSize() >= kBatchBytes)
      Finish(partition);
  }

  void Finish(int partition) {
    auto& appender = appenders[partition];
    auto unit = duckdb::make_uniq<Unit>(appender->RowCount(), appender->ByteSize());
    unit->batch->partition = partition;
    unit->batch->array.arrow_array = appender->Finalize();
    appender.reset();
    finished.push_back(std::move(unit));
  }

  const Global& global;
  duckdb::vector<duckdb::unique_ptr<duckdb::ArrowAppender>> appenders;  // by partition
  duckdb::vector<duckdb::SelectionVector> rows_of;                      // of a chunk, by partition
  duckdb::DataChunk sliced;
  RowPartitions partitions;
  std::deque<duckdb::unique_ptr<Unit>> finished;
};

struct NoRows : duckdb::RetainedResultCollection {
  void Append(duckdb::DataChunk&, idx_t) override {
    throw duckdb::InternalException("partitions are only streamed");
  }
  void Combine(duckdb::RetainedResultCollection&) override {}
  void Finalize() override {}
  idx_t Count() const override { return 0; }
};

}  // namespace

duckdb::unique_ptr<duckdb::ResultFormatGlobalState> PartitionFormat::InitGlobal(
    const duckdb::ResultFormatContext& context) {
  auto global = duckdb::make_uniq<Global>();
  global->types = context.types;
  global->properties = stages::TravelProperties(context_);
  return global;
}

duckdb::unique_ptr<duckdb::ResultFormatLocalState> PartitionFormat::InitLocal(
    duckdb::ResultFormatGlobalState& global) {
  return duckdb::make_uniq<Local>(static_cast<Global&>(global), output_);
}

void PartitionFormat::AppendToUnit(duckdb::ResultFormatGlobalState&,
                                   duckdb::ResultFormatLocalState& state,
                                   duckdb::DataChunk& chunk) {
  auto& local = static_cast<Local&>(state);
  if (output_.count == 1) return local.Append(0, chunk);
  auto count = static_cast<idx_t>(output_.count);
  duckdb::vector<idx_t> counts(count, 0);
  const auto& partitions = local.partitions.Of(chunk);
  for (idx_t row = 0; row < chunk.size(); ++row) {
    idx_t partition = partitions[row];
    local.rows_of[partition].set_index(counts[partition]++, row);
  }
  for (idx_t partition = 0; partition < count; ++partition) {
    if (counts[partition] == 0) continue;
    local.sliced.Slice(chunk, local.rows_of[partition], counts[partition]);
    local.Append(static_cast<int>(partition), local.sliced);
  }
}

bool PartitionFormat::IsUnitFinished(duckdb::ResultFormatLocalState& local) {
  return !static_cast<Local&>(local).finished.empty();
}

duckdb::unique_ptr<duckdb::ResultUnit> PartitionFormat::FinishUnit(
    duckdb::ResultFormatGlobalState&, duckdb::ResultFormatLocalState& state) {
  auto& local = static_cast<Local&>(state);
  for (size_t i = 0; i < local.appenders.size() && local.finished.empty(); ++i) {
    if (local.appenders[i]) local.Finish(static_cast<int>(i));
  }
  if (local.finished.empty()) return nullptr;
  auto unit = std::move(local.finished.front());
  local.finished.pop_front();
  return unit;
}

duckdb::unique_ptr<duckdb::RetainedResultCollection> PartitionFormat::CreateCollection(
    duckdb::ClientContext&, duckdb::ResultFormatGlobalState&, const duckdb::ResultFormatContext&) {
  return duckdb::make_uniq<NoRows>();
}

duckdb::unique_ptr<PartitionBatch> PartitionFormat::UnpackUnit(
    duckdb::unique_ptr<duckdb::ResultUnit> unit) {
  if (!unit) return nullptr;
  return std::move(static_cast<Unit&>(*unit).batch);
}

}  // namespace pyrite::worker
