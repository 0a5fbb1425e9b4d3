// The leaf of a fragment that reads what another stage made: DuckDB's table function
// `pyrite_exchange` over Arrow batches. Bound to kept rows (kept_outputs.h) it also runs uncut.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "duckdb/function/table/arrow.hpp"
#include "duckdb/main/client_properties.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "stages/stage_graph.h"

namespace arrow {
class RecordBatchReader;
class Schema;
}  // namespace arrow

namespace pyrite::stages {

inline constexpr char kExchangeFunction[] = "pyrite_exchange";

class KeptOutputs;

// Opens the rows of a slot; each call reads them from the start.
using OpenSlot = std::function<std::shared_ptr<arrow::RecordBatchReader>(
    int slot, const std::shared_ptr<arrow::Schema>& schema)>;

// A leaf with columns of `types`, reading from `input`. Slots are numbered by NumberSlots.
duckdb::unique_ptr<duckdb::LogicalGet> MakeExchangeRead(
    duckdb::ClientContext& context, duckdb::TableIndex table, Input input,
    const duckdb::vector<duckdb::LogicalType>& types, double estimated_rows);

// Whether the leaf is a table of rows that an earlier query has kept, which the cut has not given a
// stage to read; null: it is not.
std::shared_ptr<const KeptOutputs> KeptIn(const duckdb::LogicalGet& get);
// Has the leaf read what the stage `input` makes, or another share of it.
void SetInput(duckdb::LogicalGet& get, Input input);
void SetRows(duckdb::LogicalGet& get, double rows);

// Numbers the exchange leaves of a fragment in the order of its tree; what they read, by slot.
std::vector<Input> NumberSlots(duckdb::LogicalOperator& plan);

// The slot that the operator reads; none when it is no exchange leaf.
std::optional<int> SlotOf(const duckdb::LogicalOperator& op);

// Gives the leaves their rows: without it a fragment cannot run.
void ConnectSlots(duckdb::ClientContext& context, duckdb::LogicalOperator& plan,
                  const OpenSlot& open);

// The Arrow schema in which rows of `types` travel. They come out as they went in: what Arrow has
// no type for goes as another type of the same bytes.
std::shared_ptr<arrow::Schema> TravelSchema(duckdb::ClientContext& context,
                                            const duckdb::vector<duckdb::LogicalType>& types);
duckdb::ClientProperties TravelProperties(duckdb::ClientContext& context);

void RegisterExchangeRead(duckdb::DatabaseInstance& database);

}  // namespace pyrite::stages
