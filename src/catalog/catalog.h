// A session's names: temporary views now; databases and persisted tables join here.
// Not thread-safe; the session that owns it guards it. Global temporary views are shared by the
// sessions of one server through SharedCatalog, which is thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "spec/relation.h"

namespace pyrite::catalog {

struct View {
  std::string name;
  spec::RelationPtr plan;  // analyzed anew at each use
  std::string sql;         // the text of CREATE VIEW, empty for a DataFrame's
};

class SharedCatalog {
 public:
  std::shared_ptr<const View> FindGlobal(const std::string& name) const;
  // Raises TEMP_TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`.
  void CreateGlobal(View view, bool replace);
  bool DropGlobal(const std::string& name);
  std::vector<std::string> GlobalNames() const;

 private:
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
  SharedCatalog& shared() { return *shared_; }

  std::string current_catalog = "spark_catalog";
  std::string current_database = "default";

 private:
  std::shared_ptr<SharedCatalog> shared_;
  std::map<std::string, std::shared_ptr<const View>> views_;  // by lower-case name
};

}  // namespace pyrite::catalog
