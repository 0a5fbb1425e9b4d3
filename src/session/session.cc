#include "session/session.h"

#include <arrow/api.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <utility>

#include "analyzer/analyzer.h"
#include "base/errors.h"
#include "passes/pipeline.h"
#include "plan/stream_scan.h"
#include "session/adaptive_options.h"
#include "session/canonical_plan.h"
#include "session/local_relation.h"
#include "session/names.h"
#include "session/plan_parts.h"
#include "session/rows.h"
#include "session/running_query.h"
#include "session/show.h"
#include "sources/relist.h"
#include "udf/analyze.h"

namespace pyrite::session {
namespace {

int64_t NowMicros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Session::Session(std::string user_id, std::string session_id,
                 std::shared_ptr<engine::ExecutionEngine> engine,
                 std::shared_ptr<catalog::SharedCatalog> shared)
    : user_id_(std::move(user_id)),
      session_id_(std::move(session_id)),
      engine_(std::move(engine)),
      catalog_(std::move(shared)) {}

std::shared_ptr<Session> Session::Clone(std::string session_id) {
  std::lock_guard lock(mutex_);
  auto clone = std::make_shared<Session>(user_id_, std::move(session_id), engine_, nullptr);
  clone->configuration_ = configuration_;
  clone->catalog_ = catalog_;
  clone->artifacts_ = artifacts_;
  clone->checkpoints_ = checkpoints_;
  clone->cache_ = cache_;
  return clone;
}

Configuration Session::ConfigurationNow() {
  std::lock_guard lock(mutex_);
  return configuration_;
}

engine::QueryOptions Session::OptionsOf(const Configuration& configuration) const {
  engine::QueryOptions options;
  options.time_zone = configuration.time_zone();
  options.ansi = configuration.ansi();
  options.adaptive = AdaptiveOptionsOf(configuration);
  return options;
}

namespace {

// pyrite.passes.excluded: names, separated by commas.
passes::Options PassOptions(const Configuration& configuration) {
  passes::Options options;
  options.validate = std::getenv("PYRITE_VALIDATE_PLANS") != nullptr;
  std::istringstream excluded(configuration.Find("pyrite.passes.excluded").value_or(""));
  for (std::string name; std::getline(excluded, name, ',');) options.excluded.insert(name);
  return options;
}

}  // namespace

plan::RelationPtr Session::Analyze(const spec::Relation& relation) {
  if (auto* call = relation.TryAs<spec::CatalogCall>()) return RunCatalogCall(*call);
  if (std::optional<ShowRequest> show = ShowRequestOf(relation)) {
    return RunShow(*show, AnalyzeQuery(*show->input), ConfigurationNow().time_zone(),
                   [this](const plan::RelationPtr& plan) { return Collect(plan); });
  }
  return AnalyzeQuery(relation);
}

plan::RelationPtr Session::AnalyzeQuery(const spec::Relation& relation) {
  plan::RelationPtr plan;
  WithContext([&](analyzer::Context& context) {
    plan = RunPasses(cache_.Use(analyzer::Analyze(relation, context)), *context.configuration);
  });
  return plan;
}

plan::RelationPtr Session::RunPasses(plan::RelationPtr plan, const Configuration& configuration) {
  return passes::RunAll(std::move(plan), PassOptions(configuration));
}

plan::RelationPtr Session::AnalyzeOnly(const spec::Relation& relation) {
  plan::RelationPtr plan;
  WithContext([&](analyzer::Context& context) { plan = analyzer::Analyze(relation, context); });
  return plan;
}

void Session::WithContext(const std::function<void(analyzer::Context&)>& action) {
  // Copies: another thread may change the session while this one analyzes.
  std::unique_lock lock(mutex_);
  Configuration configuration = configuration_;
  catalog::Catalog catalog = catalog_;
  lock.unlock();

  analyzer::Context context;
  context.configuration = &configuration;
  context.catalog = &catalog;
  context.query_start_micros = NowMicros();
  context.decode_local = [&](const spec::LocalRelation& local) {
    return DecodeLocalRelation(local, configuration.time_zone());
  };
  context.find_artifact = [this](const std::string& hash) { return FindArtifact("cache/" + hash); };
  context.python_files = [this] { return PythonFilesNow(); };
  context.analyze_table_function = [this](const plan::PythonFunction& function,
                                          const std::vector<plan::AnalyzedArgument>& arguments) {
    return udf::Analyze(engine_->PythonWorkers(), function, arguments,
                        RunningQuery::RaiseIfCurrentInterrupted);
  };
  context.find_cached_relation = [this](const std::string& id) -> plan::RelationPtr {
    std::lock_guard guard(mutex_);
    auto found = checkpoints_.find(id);
    if (found != checkpoints_.end()) return found->second;
    // An INVALID_HANDLE condition would make clients try again, without an end.
    throw SparkError("CONNECT_INVALID_PLAN.DATAFRAME_NOT_FOUND",
                     {{"dfId", id}, {"sessionId", session_id_}});
  };
  context.with_files_of_now = [&](const plan::RelationPtr& plan) {
    return ReplaceParts(plan, [&](const plan::RelationPtr& part) -> plan::RelationPtr {
      bool scan = part->kind() == plan::RelationKind::kFileScan && !plan::AsStreamScan(*part);
      return scan ? sources::Relist(part, configuration) : nullptr;
    });
  };
  context.run = [this](const plan::RelationPtr& plan) { return Collect(plan); };
  context.run_command = [this](const spec::Command& command) { return Run(command); };
  action(context);
}

std::unique_ptr<engine::QueryRun> Session::Execute(plan::RelationPtr plan) {
  return engine_->Execute(Prepare(plan), OptionsOf(ConfigurationNow()));
}

std::shared_ptr<arrow::Table> Session::Collect(const plan::RelationPtr& plan) {
  std::unique_ptr<engine::QueryRun> query = Execute(plan);
  RunningQuery::Use use(query.get());
  std::vector<std::shared_ptr<arrow::RecordBatch>> batches;
  while (auto batch = query->Next()) batches.push_back(std::move(batch));
  auto table = arrow::Table::FromRecordBatches(query->schema(), batches);
  if (!table.ok()) throw errors::Internal(table.status().ToString());
  return *table;
}

std::string Session::Show(const plan::RelationPtr& plan) {
  return ShowText({}, plan, ConfigurationNow().time_zone(),
                  [this](const plan::RelationPtr& rows) { return Collect(rows); });
}

spec::Statement Session::ParseSql(const spec::SqlQuery& sql) {
  spec::Statement statement;
  WithContext([&](analyzer::Context& context) { statement = analyzer::ParseSql(sql, context); });
  return statement;
}

std::string Session::Checkpoint(const spec::Checkpoint& command) {
  plan::RelationPtr plan = Analyze(*command.input);
  auto rows = std::make_shared<plan::StoredRows>(plan);
  if (command.eager) Fill(*rows);
  return KeepRelation(plan::MakeRelation(plan::StoredScan{std::move(rows)}, plan->output));
}

std::string Session::KeepRelation(plan::RelationPtr relation) {
  std::lock_guard lock(mutex_);
  std::string id = session_id_ + "-" + std::to_string(plan::NextColumnId());
  checkpoints_[id] = std::move(relation);
  return id;
}

plan::RelationPtr Session::KeepRows(const plan::RelationPtr& plan, int64_t* count) {
  auto rows = std::make_shared<plan::StoredRows>(plan);
  Fill(*rows);
  *count = rows->kept()->rows();
  return plan::MakeRelation(plan::StoredScan{std::move(rows)}, plan->output);
}

int64_t Session::CountRows(const plan::RelationPtr& plan) {
  plan::RelationPtr rows = plan::MakeProject(plan, {});
  std::unique_ptr<engine::QueryRun> query = Execute(RunPasses(rows, ConfigurationNow()));
  RunningQuery::Use use(query.get());
  int64_t count = 0;
  while (auto batch = query->Next()) count += batch->num_rows();
  return count;
}

void Session::SetView(const std::string& name, plan::RelationPtr rows) {
  KeepView({name, nullptr, std::move(rows)}, /*is_global=*/false, /*replace=*/true);
}

void Session::ReplaceView(const std::string& name, plan::RelationPtr rows) {
  std::lock_guard lock(mutex_);
  std::vector<std::string> names = catalog_.TempViewNames();
  bool is_there = std::any_of(names.begin(), names.end(), [&](const std::string& other) {
    return LowerCase(other) == LowerCase(name);
  });
  if (is_there) catalog_.CreateTempView({name, nullptr, std::move(rows)}, /*replace=*/true);
}

void Session::Persist(const spec::Relation& relation, const StorageLevel& level) {
  plan::RelationPtr plan = AnalyzeOnly(relation);
  if (!level.keeps_nothing()) cache_.Add(std::move(plan), level);
}

void Session::Unpersist(const spec::Relation& relation) { cache_.Remove(AnalyzeOnly(relation)); }

std::optional<StorageLevel> Session::FindStorageLevel(const spec::Relation& relation) {
  return cache_.Find(AnalyzeOnly(relation));
}

void Session::ClearCache() { cache_.Clear(); }

bool Session::SameSemantics(const spec::Relation& one, const spec::Relation& other) {
  return CanonicalText(*AnalyzeOnly(one)) == CanonicalText(*AnalyzeOnly(other));
}

int32_t Session::SemanticHash(const spec::Relation& relation) {
  std::string text = CanonicalText(*AnalyzeOnly(relation));
  return static_cast<int32_t>(std::hash<std::string>()(text));
}

std::optional<std::string> Session::FindConfiguration(const std::string& key) {
  std::lock_guard lock(mutex_);
  return configuration_.Find(key);
}

bool Session::IsKnownConfiguration(const std::string& key) {
  std::lock_guard lock(mutex_);
  return configuration_.IsKnown(key);
}

void Session::SetConfiguration(const std::string& key, const std::string& value) {
  std::lock_guard lock(mutex_);
  configuration_.Set(key, value);
}

void Session::SetInitialConfiguration(const std::string& key, const std::string& value) {
  std::lock_guard lock(mutex_);
  configuration_.SetInitial(key, value);
}

void Session::UnsetConfiguration(const std::string& key) {
  std::lock_guard lock(mutex_);
  configuration_.Unset(key);
}

bool Session::IsModifiable(const std::string& key) {
  std::lock_guard lock(mutex_);
  return configuration_.IsModifiable(key);
}

std::map<std::string, std::string> Session::AllConfiguration() {
  std::lock_guard lock(mutex_);
  return configuration_.All(/*with_defaults=*/false);
}

void Session::AddArtifact(const std::string& name, std::shared_ptr<const std::string> bytes) {
  std::lock_guard lock(mutex_);
  artifacts_[name] = std::move(bytes);
  if (IsForPython(name)) python_files_.reset();
}

plan::PythonFilesPtr Session::PythonFilesNow() {
  std::lock_guard lock(mutex_);
  if (!python_files_) python_files_ = WritePythonFiles(artifacts_);
  return *python_files_;
}

std::shared_ptr<const std::string> Session::FindArtifact(const std::string& name) {
  std::lock_guard lock(mutex_);
  auto found = artifacts_.find(name);
  return found == artifacts_.end() ? nullptr : found->second;
}

}  // namespace pyrite::session
