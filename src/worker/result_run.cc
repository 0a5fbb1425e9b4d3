#include "worker/result_run.h"

#include <arrow/api.h>

#include "engine/database.h"
#include "engine/query_run.h"
#include "worker/fragment_query.h"
#include "worker/slot_reader.h"

namespace pyrite::worker {
namespace {

class ResultRun : public engine::QueryRun {
 public:
  ResultRun(std::unique_ptr<engine::QueryRun> run, std::shared_ptr<SlotErrors> slot_errors)
      : run_(std::move(run)), slot_errors_(std::move(slot_errors)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return run_->schema(); }
  std::shared_ptr<arrow::RecordBatch> Next() override {
    try {
      return run_->Next();
    } catch (const SparkError&) {
      if (auto slot_error = slot_errors_->first()) throw *slot_error;
      throw;
    }
  }
  void Interrupt() override { run_->Interrupt(); }
  engine::QueryProgress Progress() const override { return run_->Progress(); }
  engine::QueryMetrics Metrics() const override { return run_->Metrics(); }

 private:
  const std::unique_ptr<engine::QueryRun> run_;
  const std::shared_ptr<SlotErrors> slot_errors_;
};

}  // namespace

std::unique_ptr<engine::QueryRun> MakeResultRun(engine::Database& database, plan::RelationPtr plan,
                                                const stages::Fragment& fragment,
                                                std::shared_ptr<exchange::Peers> peers,
                                                std::vector<Slot> slots,
                                                engine::QueryOptions options) {
  options.optimize = false;
  auto connection = database.connections().Take(options);
  auto slot_errors = std::make_shared<SlotErrors>();
  connection->BeginTransaction();
  auto statement =
      MakeFragmentStatement(*connection, fragment.Take(),
                            OpenSlots(std::move(peers), std::move(slots), slot_errors));
  connection->Commit();
  auto run = std::make_unique<engine::EmbeddedRun>(std::move(connection), std::move(plan),
                                                   std::move(statement), options);
  return std::make_unique<ResultRun>(std::move(run), std::move(slot_errors));
}

}  // namespace pyrite::worker
