#include "engine/batch_format.h"

#include <deque>

#include "duckdb/common/arrow/arrow_appender.hpp"
#include "duckdb/common/arrow/arrow_type_extension.hpp"
#include "duckdb/main/retained_result_collection.hpp"
#include "engine/row_bytes.h"

namespace pyrite::engine {
namespace {

using ExtensionTypes =
    duckdb::unordered_map<duckdb::idx_t, const duckdb::shared_ptr<duckdb::ArrowTypeExtensionData>>;

struct BatchGlobal : duckdb::ResultFormatGlobalState {
  duckdb::vector<duckdb::LogicalType> types;
  duckdb::ClientProperties properties;
  ExtensionTypes extensions;  // none: the types are Spark's physical ones
};

struct BatchUnit : duckdb::ResultUnit {
  BatchUnit(duckdb::idx_t rows, duckdb::idx_t bytes) : ResultUnit(rows, bytes) {}
  duckdb::unique_ptr<duckdb::ArrowArrayWrapper> array =
      duckdb::make_uniq<duckdb::ArrowArrayWrapper>();
};

struct BatchLocal : duckdb::ResultFormatLocalState {
  explicit BatchLocal(const duckdb::vector<duckdb::LogicalType>& types) : row_bytes(types) {}

  RowBytes row_bytes;
  duckdb::idx_t bytes = 0;  // of the rows in the appender
  duckdb::unique_ptr<duckdb::ArrowAppender> appender;
  duckdb::idx_t last_rows = 0;  // of the batch before: what the next one will want room for
  std::deque<duckdb::unique_ptr<BatchUnit>> finished;

  duckdb::unique_ptr<BatchUnit> Finish() {
    last_rows = appender->RowCount();
    // The size must be read, and the unit must exist, before the buffers change hands.
    auto unit = duckdb::make_uniq<BatchUnit>(last_rows, appender->ByteSize());
    unit->array->arrow_array = appender->Finalize();
    appender.reset();
    bytes = 0;
    return unit;
  }
};

// What a query without rows leaves when it ends before its stream is opened.
struct NoRows : duckdb::RetainedResultCollection {
  void Append(duckdb::DataChunk&, duckdb::idx_t) override {
    throw duckdb::InternalException("Arrow batches are only streamed");
  }
  void Combine(duckdb::RetainedResultCollection&) override {}
  void Finalize() override {}
  duckdb::idx_t Count() const override { return 0; }
};

}  // namespace

duckdb::unique_ptr<duckdb::ResultFormatGlobalState> BatchFormat::InitGlobal(
    const duckdb::ResultFormatContext& context) {
  auto global = duckdb::make_uniq<BatchGlobal>();
  global->types = context.types;
  global->properties = context.client_properties;
  return global;
}

duckdb::unique_ptr<duckdb::ResultFormatLocalState> BatchFormat::InitLocal(
    duckdb::ResultFormatGlobalState& global) {
  return duckdb::make_uniq<BatchLocal>(static_cast<BatchGlobal&>(global).types);
}

void BatchFormat::AppendToUnit(duckdb::ResultFormatGlobalState& global,
                               duckdb::ResultFormatLocalState& local, duckdb::DataChunk& chunk) {
  auto& shared = static_cast<BatchGlobal&>(global);
  auto& batch = static_cast<BatchLocal&>(local);
  auto max_rows = static_cast<duckdb::idx_t>(max_rows_);
  auto max_bytes = static_cast<duckdb::idx_t>(max_bytes_);
  duckdb::idx_t count = chunk.size();
  batch.row_bytes.Load(chunk);
  for (duckdb::idx_t from = 0; from < count;) {
    RowBytes::Fit fit = batch.row_bytes.Take(from, max_bytes - std::min(max_bytes, batch.bytes));
    if (fit.rows == 0 && !batch.appender) fit = {1, batch.row_bytes.BytesOf(from)};
    if (fit.rows == 0) {
      batch.finished.push_back(batch.Finish());
      continue;
    }
    if (!batch.appender) {
      duckdb::idx_t room = std::max(batch.last_rows, std::min(max_rows, fit.rows));
      batch.appender = duckdb::make_uniq<duckdb::ArrowAppender>(
          shared.types, room, shared.properties, shared.extensions);
    }
    duckdb::idx_t rows = std::min(fit.rows, max_rows - batch.appender->RowCount());
    batch.appender->Append(chunk, from, from + rows, count);
    batch.bytes += fit.bytes;
    from += rows;
    if (batch.appender->RowCount() >= max_rows || batch.bytes >= max_bytes) {
      batch.finished.push_back(batch.Finish());
    }
  }
}

bool BatchFormat::IsUnitFinished(duckdb::ResultFormatLocalState& local) {
  return !static_cast<BatchLocal&>(local).finished.empty();
}

duckdb::unique_ptr<duckdb::ResultUnit> BatchFormat::FinishUnit(
    duckdb::ResultFormatGlobalState&, duckdb::ResultFormatLocalState& local) {
  auto& batch = static_cast<BatchLocal&>(local);
  if (!batch.finished.empty()) {
    auto unit = std::move(batch.finished.front());
    batch.finished.pop_front();
    return unit;
  }
  if (!batch.appender || batch.appender->RowCount() == 0) return nullptr;
  return batch.Finish();
}

duckdb::unique_ptr<duckdb::RetainedResultCollection> BatchFormat::CreateCollection(
    duckdb::ClientContext&, duckdb::ResultFormatGlobalState&, const duckdb::ResultFormatContext&) {
  return duckdb::make_uniq<NoRows>();
}

duckdb::unique_ptr<duckdb::ArrowArrayWrapper> BatchFormat::UnpackUnit(
    duckdb::unique_ptr<duckdb::ResultUnit> unit) {
  if (!unit) return nullptr;
  return std::move(static_cast<BatchUnit&>(*unit).array);
}

}  // namespace pyrite::engine
