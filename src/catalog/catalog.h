// A session's names: its temporary views and variables, and the server's databases.
// Not thread-safe; the session that owns it guards it. Global temporary views are shared by the
// sessions of one server through SharedCatalog, which is thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "catalog/table.h"
#include "plan/relation.h"
#include "spec/relation.h"

namespace pyrite::catalog {

// Exactly one of the two is set.
struct View {
  std::string name;
  spec::RelationPtr query;  // of CREATE VIEW: analyzed anew at each use
  plan::RelationPtr frame;  // a DataFrame's: what it was when the view was made
};

// DECLARE name type DEFAULT default_value
struct Variable {
  std::string name;
  Literal value;
  spec::ExpressionPtr default_value;
};

class SharedCatalog {
 public:
  std::shared_ptr<const View> FindGlobal(const std::string& name) const;
  // Raises TEMP_TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`.
  void CreateGlobal(View view, bool replace);
  bool DropGlobal(const std::string& name);
  std::vector<std::string> GlobalNames() const;
  Databases& databases() { return databases_; }

 private:
  Databases databases_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const View>> views_;  // by lower-case name
};

class Catalog {
 public:
  explicit Catalog(std::shared_ptr<SharedCatalog> shared) : shared_(std::move(shared)) {}

  // A view by `name`, `global_temp`.`name`; nullptr when there is none.
  std::shared_ptr<const View> FindView(const std::vector<std::string>& name_parts) const;
  void CreateTempView(View view, bool replace);
  bool DropTempView(const std::string& name);
  std::vector<std::string> TempViewNames() const;

  // A session variable by `name`, `session`.`name`, `system`.`session`.`name`; nullptr when there
  // is none.
  std::shared_ptr<const Variable> FindVariable(const std::vector<std::string>& name_parts) const;
  void SetVariable(Variable variable);
  bool DropVariable(const std::string& name);

  // A function that the session registered, a PythonUdf without arguments, by `name` or
  // `session`.`name`; nullptr when there is none.
  spec::ExpressionPtr FindFunction(const std::vector<std::string>& name_parts) const;
  void SetFunction(const std::string& name, spec::ExpressionPtr function);
  bool DropFunction(const std::string& name);
  std::vector<std::string> FunctionNames() const;
  // The same for a PythonTableFunction: it may have the name of a function.
  spec::ExpressionPtr FindTableFunction(const std::vector<std::string>& name_parts) const;
  void SetTableFunction(const std::string& name, spec::ExpressionPtr function);

  SharedCatalog& shared() { return *shared_; }

  // The database and the name that `t`, `d.t` or `spark_catalog.d.t` means; nullopt: it cannot be
  // a table's.
  struct TableName {
    std::string database;
    std::string name;
  };
  std::optional<TableName> NameOfTable(const std::vector<std::string>& name_parts) const;
  TablePtr FindTable(const std::vector<std::string>& name_parts) const;

  std::string current_catalog = "spark_catalog";
  std::string current_database = "default";

 private:
  std::shared_ptr<SharedCatalog> shared_;
  std::map<std::string, std::shared_ptr<const View>> views_;          // by lower-case name
  std::map<std::string, std::shared_ptr<const Variable>> variables_;  // by lower-case name
  std::map<std::string, spec::ExpressionPtr> functions_;              // by lower-case name
  std::map<std::string, spec::ExpressionPtr> table_functions_;        // by lower-case name
};

}  // namespace pyrite::catalog
