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
#include "session/plan_cache.h"
#include "session/python_files.h"
#include "spec/command.h"

namespace arrow {
class Table;
}

namespace pyrite::analyzer {
struct Context;
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
  // As it leaves the analyzer: nothing cached is in it.
  plan::RelationPtr AnalyzeOnly(const spec::Relation& relation);
  std::unique_ptr<engine::QueryRun> Execute(plan::RelationPtr plan);
  // All of a query's rows.
  std::shared_ptr<arrow::Table> Collect(const plan::RelationPtr& plan);
  // The first 20 rows, long cells cut, as show() prints them.
  std::string Show(const plan::RelationPtr& plan);
  // Runs a command; a non-null result is the rows that it answers with.
  plan::RelationPtr Run(const spec::Command& command);
  spec::Statement ParseSql(const spec::SqlQuery& sql);
  std::string Explain(const spec::Relation& relation, spec::ExplainMode mode);
  // Keeps the relation's rows under an id for CachedRemoteRelation; they are computed now when the
  // command is eager, otherwise at their first use.
  std::string Checkpoint(const spec::Checkpoint& command);
  // Keeps the relation under an id for CachedRemoteRelation, until RemoveCachedRelation.
  std::string KeepRelation(plan::RelationPtr relation);
  // The rows of a plan as it leaves the analyzer, computed now, and how many they are.
  plan::RelationPtr KeepRows(const plan::RelationPtr& plan, int64_t* count);
  int64_t CountRows(const plan::RelationPtr& plan);
  // A temporary view of rows that are there.
  void SetView(const std::string& name, plan::RelationPtr rows);
  // Unless the view has been dropped.
  void ReplaceView(const std::string& name, plan::RelationPtr rows);
  catalog::TablePtr FindTable(const std::vector<std::string>& parts);  // null: none

  // cache() and its kind. The rows are computed at their first use.
  void Persist(const spec::Relation& relation, const StorageLevel& level);
  void Unpersist(const spec::Relation& relation);
  // nullopt when the relation is not cached.
  std::optional<StorageLevel> FindStorageLevel(const spec::Relation& relation);
  void ClearCache();
  // Whether two relations give the same rows because they are the same plan.
  bool SameSemantics(const spec::Relation& one, const spec::Relation& other);
  int32_t SemanticHash(const spec::Relation& relation);

  Configuration ConfigurationNow();
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
  std::shared_ptr<const std::string> FindArtifact(const std::string& name);
  // The files that functions of Python may import; nullptr for none.
  plan::PythonFilesPtr PythonFilesNow();

 private:
  engine::QueryOptions OptionsOf(const Configuration& configuration) const;
  plan::RelationPtr AnalyzeQuery(const spec::Relation& relation);
  // Calls `action` with what an analysis needs to know of the session, as it is now.
  void WithContext(const std::function<void(analyzer::Context&)>& action);
  static plan::RelationPtr RunPasses(plan::RelationPtr plan, const Configuration& configuration);
  // prepare.cc: what must be there before the plan can run: stored rows, observed metrics.
  plan::RelationPtr Prepare(const plan::RelationPtr& plan);
  void Fill(plan::StoredRows& rows);
  plan::StoredRows::KeptPtr Store(const plan::RelationPtr& plan, bool may_be_made_again);
  plan::RelationPtr WithStores(const plan::RelationPtr& plan);  // explain.cc
  plan::RelationPtr Observe(const plan::CollectMetrics& node, const plan::Columns& output);
  plan::RelationPtr RunCatalogCall(const spec::CatalogCall& call);
  plan::RelationPtr RunNamespaceCall(const spec::CatalogCall& call);
  bool IsRegistered(const std::string& function);
  plan::RelationPtr RunViewCall(const spec::CatalogCall& call);
  plan::RelationPtr ListTables(const spec::CatalogCall& call, bool only_views);
  std::optional<plan::RelationPtr> RunStatementCall(const spec::CatalogCall& call);
  // database_statement.cc
  std::string WarehouseFolder();
  bool IsDatabase(const std::vector<std::string>& parts);
  // Raises SCHEMA_NOT_FOUND.
  catalog::Database RequireDatabase(const std::vector<std::string>& parts);
  // The same for statements that refuse a.b as nested.
  catalog::Database RequireSingleDatabase(const std::vector<std::string>& parts);
  plan::RelationPtr RunCreateNamespace(const spec::CreateNamespace& create);
  plan::RelationPtr RunDropNamespace(const spec::DropNamespace& drop);

  // table_statement.cc
  catalog::Catalog::TableName TableNameOf(const std::vector<std::string>& parts);
  catalog::TablePtr RequireTable(const std::vector<std::string>& parts);
  void RemoveFiles(const catalog::Table& table);
  catalog::Table DefineTable(const spec::CreateTable& create);
  plan::RelationPtr RunCreateTable(const spec::CreateTable& create);
  plan::RelationPtr RunTruncate(const spec::TruncateTable& truncate);
  plan::RelationPtr RunAnalyzeTable(const spec::AnalyzeTable& analyze);
  plan::RelationPtr RunRepairTable(const spec::RepairTable& repair);
  plan::RelationPtr RunDropTable(const spec::DropView& drop);
  plan::RelationPtr RunPersistentView(const spec::CreateView& view);
  SparkError ExpectTable(const std::vector<std::string>& view, const char* operation);

  // insert_statement.cc
  spec::RelationPtr RowsFor(const catalog::Table& table, const spec::InsertInto& insert);
  plan::RelationPtr RunInsert(const spec::InsertInto& insert);
  plan::RelationPtr RunWriteTable(const spec::WriteOperation& write);

  bool HasView(const std::vector<std::string>& name);
  plan::Columns ColumnsOfTable(const std::vector<std::string>& name);

  // view_statement.cc
  plan::RelationPtr RunViewStatement(const spec::Command& command);
  plan::RelationPtr RunView(const spec::CreateView& view);
  spec::RelationPtr ViewQuery(const std::string& name, const spec::CreateView& view);
  plan::RelationPtr RunViewUsing(const spec::CreateViewUsing& view);
  // The view's query, which must not read the view itself.
  plan::RelationPtr AnalyzeView(const std::string& name, const spec::RelationPtr& query);
  plan::RelationPtr RunAlterView(const spec::AlterView& alter);
  plan::RelationPtr RunRenameView(const spec::RenameView& rename);
  plan::RelationPtr RunDropView(const spec::DropView& drop);
  void ForgetView(const std::vector<std::string>& name);
  void KeepView(catalog::View view, bool is_global, bool replace);

  // show_statement.cc
  plan::RelationPtr RunShowStatement(const spec::Command& command);
  plan::RelationPtr ShowTables(const spec::ShowTables& show);
  plan::RelationPtr ShowViews(const spec::ShowViews& show);
  plan::RelationPtr ShowColumns(const spec::ShowColumns& show);
  plan::RelationPtr ShowFunctions(const spec::ShowFunctions& show);
  plan::RelationPtr ShowNamespaces(const spec::ShowNamespaces& show);
  plan::RelationPtr ShowTableProperties(const spec::ShowTableProperties& show);
  std::string TableDdl(const catalog::Table& table);
  plan::RelationPtr ShowPartitions(const spec::ShowPartitions& show);
  plan::RelationPtr ShowCreateTable(const spec::ShowCreateTable& show);
  plan::RelationPtr RefuseView(const std::vector<std::string>& view, const char* condition,
                               const char* statement);
  std::string CurrentDatabase();
  bool case_sensitive() { return ConfigurationNow().case_sensitive(); }

  // describe_statement.cc
  plan::RelationPtr RunDescribe(const spec::Command& command);
  plan::RelationPtr DescribeCatalogTable(const catalog::Table& table, bool extended);
  plan::RelationPtr DescribeTable(const spec::DescribeTable& describe);
  plan::RelationPtr DescribeFunction(const spec::DescribeFunction& describe);
  plan::RelationPtr DescribeNamespace(const spec::DescribeNamespace& describe);

  // namespace_statement.cc
  plan::RelationPtr RunUse(const spec::UseNamespace& use);
  plan::RelationPtr RunSetCatalog(const spec::SetCatalog& set);

  // cache_statement.cc
  plan::RelationPtr RunCache(const spec::CacheTable& cache);
  plan::RelationPtr RunUncache(const spec::UncacheTable& uncache);
  plan::RelationPtr RunRefresh(const spec::Command& command);
  // Kept rows that come from the table's files are computed again at their next use.
  void RefreshTable(const std::vector<std::string>& name);

  // explain.cc
  plan::RelationPtr RunExplain(const spec::Explain& explain);

  // variable_statement.cc
  plan::RelationPtr RunVariable(const spec::Command& command);
  plan::RelationPtr RunOtherStatement(const spec::UnsupportedCommand& command);
  plan::RelationPtr RunDeclare(const spec::DeclareVariable& declare);
  plan::RelationPtr RunSetVariable(const spec::SetVariable& set);
  plan::RelationPtr RunDropVariable(const spec::DropVariable& drop);
  plan::RelationPtr RunExecuteImmediate(const spec::ExecuteImmediate& execute);
  void AssignRow(const std::vector<std::vector<std::string>>& names, const spec::RelationPtr& row);
  // The value of a query's only column in its only row; NULL when it has no row.
  std::vector<Literal> OneRow(const spec::RelationPtr& query);
  Literal Evaluate(const spec::ExpressionPtr& expression, const std::optional<DataType>& type);

  plan::RelationPtr RunSet(const spec::SetConfiguration& set);
  plan::RelationPtr RunReset(const spec::ResetConfiguration& reset);
  plan::RelationPtr RunWrite(const spec::WriteOperation& write);
  plan::RelationPtr RunWriteV2(const spec::WriteOperationV2& write);

  std::string user_id_;
  std::string session_id_;
  std::shared_ptr<engine::ExecutionEngine> engine_;
  std::mutex mutex_;
  Configuration configuration_;
  catalog::Catalog catalog_;
  Artifacts artifacts_;
  std::optional<plan::PythonFilesPtr> python_files_;  // none: not written yet
  std::map<std::string, plan::RelationPtr> checkpoints_;
  PlanCache cache_;
};

}  // namespace pyrite::session
