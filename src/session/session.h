// One client's session: configuration, temporary views, artifacts, running operations.
// Thread-safe: each public method takes the session's lock for as long as it reads or writes state;
// queries run outside of it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/configuration.h"
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "plan/relation.h"
#include "spec/command.h"

namespace arrow {
class Table;
}

namespace pyrite::session {

class Session {
 public:
  Session(std::string user_id, std::string session_id, std::shared_ptr<engine::ExecutionEngine>,
          std::shared_ptr<catalog::SharedCatalog>);

  const std::string& user_id() const { return user_id_; }
  const std::string& session_id() const { return session_id_; }

  // Another session with this one's configuration, views and artifacts, as they are now.
  std::shared_ptr<Session> Clone(std::string session_id);

  // Analysis and the passes. show() and its kind run here: their one row is the plan's.
  plan::RelationPtr Analyze(const spec::Relation& relation);
  std::unique_ptr<engine::QueryRun> Execute(plan::RelationPtr plan);
  // All of a query's rows.
  std::shared_ptr<arrow::Table> Collect(const plan::RelationPtr& plan);
  // The first 20 rows, long cells cut, as show() prints them.
  std::string Show(const plan::RelationPtr& plan);
  // Runs a command; a non-null result is the rows that it answers with.
  plan::RelationPtr Run(const spec::Command& command);
  spec::Statement ParseSql(const std::string& text);
  std::string Explain(const spec::Relation& relation, spec::ExplainMode mode);
  // Keeps the relation's rows (its plan, when not eager) under an id for CachedRemoteRelation.
  std::string Checkpoint(const spec::Checkpoint& command);

  // Of the temporary views.
  std::vector<std::string> ViewNames();

  // Configuration, one call a Config RPC operation.
  std::optional<std::string> FindConfiguration(const std::string& key);
  bool IsKnownConfiguration(const std::string& key);
  void SetConfiguration(const std::string& key, const std::string& value);
  // By SparkSession.builder.config: also what cannot be changed later.
  void SetInitialConfiguration(const std::string& key, const std::string& value);
  void UnsetConfiguration(const std::string& key);
  bool IsModifiable(const std::string& key);
  std::map<std::string, std::string> AllConfiguration();

  // Artifacts: cached local relations and files, by name ("cache/<sha256>").
  void AddArtifact(const std::string& name, std::shared_ptr<const std::string> bytes);
  bool HasArtifact(const std::string& name);
  std::shared_ptr<const std::string> FindArtifact(const std::string& name);

 private:
  engine::QueryOptions OptionsOf(const Configuration& configuration) const;
  Configuration ConfigurationNow();
  plan::RelationPtr AnalyzeQuery(const spec::Relation& relation);
  plan::RelationPtr RunCatalogCall(const spec::CatalogCall& call);
  plan::RelationPtr RunNamespaceCall(const spec::CatalogCall& call);
  plan::RelationPtr RunViewCall(const spec::CatalogCall& call);
  plan::RelationPtr RunView(const spec::CreateView& view);
  plan::RelationPtr RunDropView(const spec::DropView& drop);
  plan::RelationPtr RunSet(const spec::SetConfiguration& set);
  plan::RelationPtr RunReset(const spec::ResetConfiguration& reset);
  plan::RelationPtr RunWrite(const spec::WriteOperation& write);

  std::string user_id_;
  std::string session_id_;
  std::shared_ptr<engine::ExecutionEngine> engine_;
  std::mutex mutex_;
  Configuration configuration_;
  catalog::Catalog catalog_;
  std::map<std::string, std::shared_ptr<const std::string>> artifacts_;
  std::map<std::string, plan::RelationPtr> checkpoints_;
};

}  // namespace pyrite::session
