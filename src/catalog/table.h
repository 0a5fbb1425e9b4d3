// Databases, and the tables and views in them, as all sessions of a server see them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/types.h"
#include "spec/relation.h"

namespace pyrite::catalog {

struct Database {
  std::string name;
  std::string comment;
  std::string location;  // a local path
  spec::Options properties;
};

enum class TableType : uint8_t { kManaged, kExternal, kView };

struct Table {
  std::string database;
  std::string name;
  TableType type = TableType::kManaged;
  // of the columns, those of the partitions last
  DataType schema;
  std::vector<std::string> partition_columns;
  std::string provider;
  std::string location;  // a local path
  spec::Options options;
  spec::Options properties;
  std::string comment;
  spec::RelationPtr query;  // a view's, analyzed anew at each use
  std::string query_text;
};
using TablePtr = std::shared_ptr<const Table>;

// Thread-safe. Names are compared without regard to case.
class Databases {
 public:
  Databases();

  std::optional<Database> FindDatabase(const std::string& name) const;
  std::vector<Database> AllDatabases() const;  // sorted by name
  // Raises SCHEMA_ALREADY_EXISTS.
  void CreateDatabase(Database database);
  // False: there is none. Raises SCHEMA_NOT_EMPTY unless `cascade`; gives the tables dropped.
  bool DropDatabase(const std::string& name, bool cascade, std::vector<TablePtr>* dropped);

  TablePtr FindTable(const std::string& database, const std::string& name) const;
  std::vector<TablePtr> AllTables(const std::string& database) const;  // sorted by name
  // Raises TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`, SCHEMA_NOT_FOUND.
  void CreateTable(Table table, bool replace);
  TablePtr DropTable(const std::string& database, const std::string& name);  // null: none

 private:
  struct Entry {
    Database database;
    std::map<std::string, TablePtr> tables;  // by lower-case name
  };
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;  // by lower-case name
};

}  // namespace pyrite::catalog
