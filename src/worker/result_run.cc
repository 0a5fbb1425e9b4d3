#include "worker/result_run.h"

#include <arrow/api.h>

#include "engine/database.h"
#include "engine/query_run.h"
#include "engine/store.h"
#include "worker/fragment_query.h"
#include "worker/slot_reader.h"

namespace pyrite::worker {
namespace {

// What goes wrong at a slot, in place of what DuckDB makes of it.
template <typename Run>
auto NextOf(Run& run, const SlotErrors& slot_errors) {
  try {
    return run.Next();
  } catch (const SparkError&) {
    if (auto slot_error = slot_errors.first()) throw *slot_error;
    throw;
  }
}

class ResultRun : public engine::QueryRun {
 public:
  ResultRun(std::unique_ptr<engine::QueryRun> run, std::shared_ptr<SlotErrors> slot_errors)
      : run_(std::move(run)), slot_errors_(std::move(slot_errors)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return run_->schema(); }
  std::shared_ptr<arrow::RecordBatch> Next() override { return NextOf(*run_, *slot_errors_); }
  void Interrupt() override { run_->Interrupt(); }
  engine::QueryProgress Progress() const override { return run_->Progress(); }
  engine::QueryMetrics Metrics() const override { return run_->Metrics(); }

 private:
  const std::unique_ptr<engine::QueryRun> run_;
  const std::shared_ptr<SlotErrors> slot_errors_;
};

class ResultStoreRun : public engine::StoreRun {
 public:
  ResultStoreRun(std::unique_ptr<engine::StoreRun> run, std::shared_ptr<SlotErrors> slot_errors)
      : run_(std::move(run)), slot_errors_(std::move(slot_errors)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return run_->schema(); }
  std::shared_ptr<arrow::RecordBatch> Next() override { return NextOf(*run_, *slot_errors_); }
  void Interrupt() override { run_->Interrupt(); }
  engine::QueryProgress Progress() const override { return run_->Progress(); }
  engine::QueryMetrics Metrics() const override { return run_->Metrics(); }
  plan::StoredRows::KeptPtr rows() const override { return run_->rows(); }

 private:
  const std::unique_ptr<engine::StoreRun> run_;
  const std::shared_ptr<SlotErrors> slot_errors_;
};

struct Prepared {
  engine::ConnectionPool::Lease connection;
  duckdb::unique_ptr<duckdb::SQLStatement> statement;
  std::shared_ptr<SlotErrors> slot_errors;
};

Prepared Prepare(engine::Database& database, const stages::Fragment& fragment,
                 std::shared_ptr<exchange::Peers> peers, std::vector<Slot> slots,
                 const engine::QueryOptions& options) {
  Prepared prepared{database.connections().Take(options), nullptr, std::make_shared<SlotErrors>()};
  prepared.connection->BeginTransaction();
  prepared.statement =
      MakeFragmentStatement(*prepared.connection, fragment.Take(),
                            OpenSlots(std::move(peers), std::move(slots), prepared.slot_errors));
  prepared.connection->Commit();
  return prepared;
}

}  // namespace

std::unique_ptr<engine::QueryRun> MakeResultRun(engine::Database& database, plan::RelationPtr plan,
                                                const stages::Fragment& fragment,
                                                std::shared_ptr<exchange::Peers> peers,
                                                std::vector<Slot> slots,
                                                engine::QueryOptions options) {
  Prepared prepared = Prepare(database, fragment, std::move(peers), std::move(slots), options);
  auto run = std::make_unique<engine::EmbeddedRun>(std::move(prepared.connection), std::move(plan),
                                                   std::move(prepared.statement), options);
  return std::make_unique<ResultRun>(std::move(run), std::move(prepared.slot_errors));
}

std::unique_ptr<engine::StoreRun> MakeStoreRun(engine::Database& database, plan::RelationPtr plan,
                                               const stages::Fragment& fragment,
                                               std::shared_ptr<exchange::Peers> peers,
                                               std::vector<Slot> slots,
                                               engine::QueryOptions options) {
  Prepared prepared = Prepare(database, fragment, std::move(peers), std::move(slots), options);
  auto run = std::make_unique<engine::EmbeddedStoreRun>(
      std::move(prepared.connection), std::move(plan), std::move(prepared.statement));
  return std::make_unique<ResultStoreRun>(std::move(run), std::move(prepared.slot_errors));
}

}  // namespace pyrite::worker
