#include "cluster/cluster_run.h"

#include <arrow/api.h>

#include "base/type_arrow.h"
#include "cluster/kept_rows.h"
#include "engine/error_place.h"

namespace pyrite::cluster {
namespace {

constexpr int kMostAttempts = 3;

// The end of a write: its tasks have made the files.
class DoneFilesRun : public engine::FilesRun {
 public:
  explicit DoneFilesRun(std::vector<engine::WrittenFiles> written) : written_(std::move(written)) {}

  std::shared_ptr<arrow::Schema> schema() const override {
    return arrow::schema(arrow::FieldVector());
  }
  std::shared_ptr<arrow::RecordBatch> Next() override { return nullptr; }
  void Interrupt() override {}
  engine::QueryProgress Progress() const override { return {1.0, 0}; }
  engine::QueryMetrics Metrics() const override { return {engine::RowsOf(written_), 0}; }
  std::vector<engine::WrittenFiles> written() const override { return written_; }

 private:
  const std::vector<engine::WrittenFiles> written_;
};

// The end of a query whose rows stay with the workers.
class DoneStoreRun : public engine::StoreRun {
 public:
  explicit DoneStoreRun(plan::StoredRows::KeptPtr rows) : rows_(std::move(rows)) {}

  std::shared_ptr<arrow::Schema> schema() const override {
    return arrow::schema(arrow::FieldVector());
  }
  std::shared_ptr<arrow::RecordBatch> Next() override { return nullptr; }
  void Interrupt() override {}
  engine::QueryProgress Progress() const override { return {1.0, rows_->rows()}; }
  engine::QueryMetrics Metrics() const override { return {rows_->rows(), 0}; }
  plan::StoredRows::KeptPtr rows() const override { return rows_; }

 private:
  const plan::StoredRows::KeptPtr rows_;
};

}  // namespace

template <typename Run>
StagedRun<Run>::StagedRun(plan::RelationPtr plan, StagedQuery query, Otherwise<Run> otherwise,
                          const engine::QueryOptions& options, const Cluster& cluster)
    : plan_(std::move(plan)),
      otherwise_(std::move(otherwise)),
      options_(options),
      cluster_(cluster),
      attempt_(std::make_unique<Attempt>(std::move(query), *this)) {}

template <typename Run>
StagedRun<Run>::~StagedRun() {
  if (attempt_ != nullptr) Finish("OPERATION_CANCELED");  // its reader has gone
}

template <typename Run>
std::unique_ptr<Run> StagedRun<Run>::RunStages() {
  Scheduler& scheduler = attempt_->scheduler;
  try {
    // Given up before the result is read: whose reader may wait for another query of its own.
    auto turn = cluster_.admission.Enter([&] { return scheduler.is_cancelled(); });
    cluster_.journal.Began(*attempt_->query.name, attempt_->stages);
    if (attempt_->query.adapt) Adapt(*attempt_);
    scheduler.Extend(attempt_->query.graph);
    scheduler.Run();
  } catch (const SparkError&) {
    bool nobody_is_left = scheduler.nobody_is_left() || cluster_.members.Known().empty();
    if (!otherwise_.fall_back || !nobody_is_left || scheduler.is_cancelled()) throw;
    return otherwise_.fall_back();
  }
  return MakeResult(*attempt_);
}

template <typename Run>
void StagedRun<Run>::Adapt(Attempt& attempt) {
  std::vector<StageReport> known;
  const auto take_in = [&](const stages::StageGraph& graph) {
    for (auto& stage : StagesOf(graph, known.size())) known.push_back(std::move(stage));
  };
  auto graph = attempt.query.adapt([&](const stages::StageGraph& so_far, int stage) {
    take_in(so_far);
    attempt.scheduler.Extend(so_far);
    attempt.scheduler.Run();
    return attempt.scheduler.SizeOf(stage);
  });
  take_in(graph);
  std::lock_guard lock(mutex_);
  attempt.query.graph = std::move(graph);
  attempt.stages = std::move(known);
}

template <typename Run>
void StagedRun<Run>::Start() {
  attempt_->is_started = true;
  auto result = RunStages();
  std::lock_guard lock(mutex_);
  if (is_interrupted_) throw SparkError("OPERATION_CANCELED", {});
  result_ = std::move(result);
}

template <typename Run>
std::shared_ptr<arrow::RecordBatch> StagedRun<Run>::Next() {
  if (attempt_ == nullptr) return nullptr;
  for (;;) {
    try {
      if (!attempt_->is_started) Start();
      auto batch = result_->Next();
      has_given_rows_ |= batch != nullptr;
      if (batch == nullptr) Finish("");
      return batch;
    } catch (const SparkError& error) {
      if (!MayBeginAnew(error)) {
        Finish(error.condition());
        throw engine::AtPlace(error, *plan_);
      }
    } catch (...) {
      Finish("INTERNAL_ERROR");
      throw;
    }
    try {
      BeginAnew();
    } catch (const SparkError& error) {
      Finish(error.condition());
      throw;
    }
  }
}

template <typename Run>
bool StagedRun<Run>::MayBeginAnew(const SparkError& error) const {
  std::lock_guard lock(mutex_);
  return IsOfTheCluster(error) && !has_given_rows_ && !is_interrupted_ && attempts_ < kMostAttempts;
}

template <typename Run>
void StagedRun<Run>::BeginAnew() {
  Drop();
  ++attempts_;
  auto attempt = std::make_unique<Attempt>(otherwise_.again(), *this);
  std::lock_guard lock(mutex_);
  attempt_ = std::move(attempt);
  if (is_interrupted_) attempt_->scheduler.Cancel();
}

template <typename Run>
void StagedRun<Run>::Drop() {
  std::unique_ptr<Attempt> dropped;
  {
    std::lock_guard lock(mutex_);
    dropped = std::move(attempt_);
  }
  if (dropped == nullptr || !dropped->is_started) return;
  KeepReport(*dropped);
  const std::string& name = *dropped->query.name;
  cluster_.coordinator.Drop(name);
  for (const std::string& address : dropped->scheduler.served()) {
    cluster_.members.Drop(address, name);
  }
}

template <typename Run>
void StagedRun<Run>::KeepReport(const Attempt& attempt) {
  std::lock_guard lock(mutex_);
  report_.query = *attempt.query.name;
  report_.stages = attempt.stages;
  report_.tasks = attempt.scheduler.reports();
  report_.attempts = attempts_;
}

template <typename Run>
void StagedRun<Run>::Finish(const std::string& error) {
  Drop();
  auto metrics = Metrics();
  QueryReport report;
  {
    std::lock_guard lock(mutex_);
    report_.seconds = metrics.seconds;
    report_.rows = metrics.rows;
    report_.error = error;
    report = report_;
  }
  if (!report.query.empty()) cluster_.journal.Ended(report);
}

template <typename Run>
std::string StagedRun<Run>::Report() const {
  std::lock_guard lock(mutex_);
  return ToText(report_);
}

template <typename Run>
void StagedRun<Run>::Interrupt() {
  std::lock_guard lock(mutex_);
  is_interrupted_ = true;
  if (attempt_ != nullptr) attempt_->scheduler.Cancel();
  if (result_ != nullptr) result_->Interrupt();
}

template <typename Run>
engine::QueryProgress StagedRun<Run>::Progress() const {
  std::lock_guard lock(mutex_);
  engine::QueryProgress progress{attempt_ == nullptr ? 1.0 : attempt_->scheduler.fraction(), 0};
  if (result_ != nullptr) progress.rows = result_->Progress().rows;
  return progress;
}

template <typename Run>
engine::QueryMetrics StagedRun<Run>::Metrics() const {
  std::lock_guard lock(mutex_);
  engine::QueryMetrics metrics;
  if (result_ != nullptr) metrics = result_->Metrics();
  metrics.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  return metrics;
}

template class StagedRun<engine::QueryRun>;
template class StagedRun<engine::StoreRun>;
template class StagedRun<engine::FilesRun>;

std::shared_ptr<arrow::Schema> ClusterRun::schema() const {
  return ToArrow(plan::SchemaOf(*plan_), options_.time_zone);
}

std::unique_ptr<engine::QueryRun> ClusterRun::MakeResult(const Attempt& attempt) {
  return cluster_.coordinator.RunResult(plan_, *attempt.query.graph.stages.back().fragment,
                                        attempt.scheduler.ResultSlots(), options_);
}

std::shared_ptr<arrow::Schema> ClusterStoreRun::schema() const {
  return arrow::schema(arrow::FieldVector());
}

std::unique_ptr<engine::StoreRun> ClusterStoreRun::MakeResult(const Attempt& attempt) {
  if (attempt.query.graph.stages.back().keeps) return std::make_unique<DoneStoreRun>(Keep(attempt));
  return cluster_.coordinator.StoreResult(plan_, *attempt.query.graph.stages.back().fragment,
                                          attempt.scheduler.ResultSlots(), options_);
}

plan::StoredRows::KeptPtr ClusterStoreRun::Keep(const Attempt& attempt) const {
  KeptRows::Source source{attempt.query, otherwise_.again, nullptr};
  source.query.adapt = nullptr;
  if (otherwise_.fall_back) {
    source.without_workers = [fall_back = otherwise_.fall_back] {
      auto run = fall_back();
      run->Next();
      return run->rows();
    };
  }
  auto rows =
      std::make_shared<KeptRows>(attempt.scheduler.Kept(), std::move(source), options_, cluster_);
  return stages::MakeKeptRows(std::move(rows), *attempt.query.graph.stages.back().fragment);
}

plan::StoredRows::KeptPtr ClusterStoreRun::rows() const {
  return result_ == nullptr ? nullptr : result_->rows();
}

std::shared_ptr<arrow::Schema> ClusterFilesRun::schema() const {
  return arrow::schema(arrow::FieldVector());
}

std::unique_ptr<engine::FilesRun> ClusterFilesRun::MakeResult(const Attempt& attempt) {
  return std::make_unique<DoneFilesRun>(attempt.scheduler.Written());
}

std::vector<engine::WrittenFiles> ClusterFilesRun::written() const {
  return result_ == nullptr ? std::vector<engine::WrittenFiles>() : result_->written();
}

}  // namespace pyrite::cluster
