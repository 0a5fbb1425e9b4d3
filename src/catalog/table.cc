#include "catalog/table.h"

#include <cctype>
#include <utility>

#include "base/errors.h"

namespace pyrite::catalog {
namespace {

constexpr char kCatalog[] = "spark_catalog";

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

Databases::Databases() { entries_["default"].database = {"default", "default database", "", {}}; }

std::optional<Database> Databases::FindDatabase(const std::string& name) const {
  std::lock_guard lock(mutex_);
  auto found = entries_.find(Lower(name));
  if (found == entries_.end()) return std::nullopt;
  return found->second.database;
}

std::vector<Database> Databases::AllDatabases() const {
  std::lock_guard lock(mutex_);
  std::vector<Database> all;
  for (const auto& [key, entry] : entries_) all.push_back(entry.database);
  return all;
}

void Databases::CreateDatabase(Database database) {
  std::lock_guard lock(mutex_);
  std::string key = Lower(database.name);
  if (entries_.contains(key)) {
    throw SparkError("SCHEMA_ALREADY_EXISTS",
                     {{"schemaName", errors::QuoteName({kCatalog, database.name})}});
  }
  entries_[key].database = std::move(database);
}

bool Databases::DropDatabase(const std::string& name, bool cascade,
                             std::vector<TablePtr>* dropped) {
  std::lock_guard lock(mutex_);
  auto found = entries_.find(Lower(name));
  if (found == entries_.end()) return false;
  if (!cascade && !found->second.tables.empty()) {
    throw SparkError("SCHEMA_NOT_EMPTY", {{"schemaName", errors::QuoteName({name})}});
  }
  for (const auto& [key, table] : found->second.tables) dropped->push_back(table);
  entries_.erase(found);
  return true;
}

TablePtr Databases::FindTable(const std::string& database, const std::string& name) const {
  std::lock_guard lock(mutex_);
  auto entry = entries_.find(Lower(database));
  if (entry == entries_.end()) return nullptr;
  auto found = entry->second.tables.find(Lower(name));
  return found == entry->second.tables.end() ? nullptr : found->second;
}

std::vector<TablePtr> Databases::AllTables(const std::string& database) const {
  std::lock_guard lock(mutex_);
  std::vector<TablePtr> all;
  auto entry = entries_.find(Lower(database));
  if (entry == entries_.end()) return all;
  for (const auto& [key, table] : entry->second.tables) all.push_back(table);
  return all;
}

void Databases::CreateTable(Table table, bool replace) {
  std::lock_guard lock(mutex_);
  auto entry = entries_.find(Lower(table.database));
  if (entry == entries_.end()) {
    throw SparkError("SCHEMA_NOT_FOUND",
                     {{"schemaName", errors::QuoteName({kCatalog, table.database})}});
  }
  TablePtr& slot = entry->second.tables[Lower(table.name)];
  if (slot != nullptr && !replace) {
    throw SparkError("TABLE_OR_VIEW_ALREADY_EXISTS",
                     {{"relationName", errors::QuoteName({kCatalog, table.database, table.name})}});
  }
  slot = std::make_shared<const Table>(std::move(table));
}

TablePtr Databases::DropTable(const std::string& database, const std::string& name) {
  std::lock_guard lock(mutex_);
  auto entry = entries_.find(Lower(database));
  if (entry == entries_.end()) return nullptr;
  auto found = entry->second.tables.find(Lower(name));
  if (found == entry->second.tables.end()) return nullptr;
  TablePtr table = found->second;
  entry->second.tables.erase(found);
  return table;
}

}  // namespace pyrite::catalog
