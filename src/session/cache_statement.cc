// CACHE, UNCACHE, CLEAR CACHE, REFRESH.
#include "base/errors.h"
#include "functions/registry.h"
#include "session/names.h"
#include "session/plan_parts.h"
#include "session/rows.h"
#include "session/session.h"
#include "sources/options.h"

namespace pyrite::session {
namespace {

spec::RelationPtr TableNamed(const Names& name) {
  return spec::MakeRelation(spec::NamedTable{name, {}});
}

// By the names of org.apache.spark.storage.StorageLevel.
StorageLevel LevelNamed(const std::string& name) {
  std::string text = sources::ToLower(name);
  if (text == "none") return {};
  if (text == "off_heap") return {.disk = true, .memory = true, .off_heap = true};
  StorageLevel level = kDefaultStorageLevel;
  if (text.ends_with("_2")) {
    level.replication = 2;
    text.resize(text.size() - 2);
  }
  bool serialized = text.ends_with("_ser");
  if (serialized) text.resize(text.size() - 4);
  level.disk = text != "memory_only";
  level.memory = text != "disk_only";
  level.deserialized = level.memory && !serialized;
  bool known = text == "memory_only" || text == "memory_and_disk" ||
               (text == "disk_only" && !serialized) || text == "disk_only_3";
  if (text == "disk_only_3") level = {.disk = true, .replication = 3};
  if (!known) throw errors::IllegalArgument("Invalid StorageLevel: " + name);
  return level;
}

}  // namespace

plan::RelationPtr Session::RunCache(const spec::CacheTable& cache) {
  std::optional<std::string> named = sources::Options(cache.options).Find("storageLevel");
  StorageLevel level = named ? LevelNamed(*named) : kDefaultStorageLevel;
  if (cache.query) {
    spec::CreateView view;
    view.name_parts = cache.name_parts;
    view.input = cache.query;
    view.is_text = true;
    RunView(view);
  }
  spec::RelationPtr table = TableNamed(cache.name_parts);
  Persist(*table, level);
  if (!cache.lazy) Prepare(AnalyzeQuery(*table));
  return MakeNoRows();
}

plan::RelationPtr Session::RunUncache(const spec::UncacheTable& uncache) {
  if (!HasView(uncache.name_parts) && FindTable(uncache.name_parts) == nullptr) {
    if (uncache.if_exists) return MakeNoRows();
    throw errors::TableNotFound(errors::QuoteName(uncache.name_parts));
  }
  Unpersist(*TableNamed(uncache.name_parts));
  return MakeNoRows();
}

void Session::RefreshTable(const std::vector<std::string>& name) {
  plan::RelationPtr plan = AnalyzeOnly(*TableNamed(name));
  AnyRelation(plan, [&](const plan::Relation& relation) {
    if (const auto* scan = relation.TryAs<plan::FileScan>()) {
      for (const std::string& root : scan->root_paths) cache_.Refresh(root);
    }
    return false;
  });
}

plan::RelationPtr Session::RunRefresh(const spec::Command& command) {
  if (auto* table = command.TryAs<spec::RefreshTable>()) {
    if (!HasView(table->name_parts)) RequireTable(table->name_parts);
    RefreshTable(table->name_parts);
  } else if (auto* path = command.TryAs<spec::RefreshPath>()) {
    cache_.Refresh(path->path);
  } else {
    const Names& name = command.As<spec::RefreshFunction>().name_parts;
    if (name.size() != 1 || functions::Find(name[0]) == nullptr) {
      throw SparkError("ROUTINE_NOT_FOUND", {{"routineName", errors::QuoteName(name)}});
    }
    throw SparkError("_LEGACY_ERROR_TEMP_1256", {{"functionName", name[0]}});
  }
  return MakeNoRows();
}

}  // namespace pyrite::session
