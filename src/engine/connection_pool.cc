#include "engine/connection_pool.h"

#include <algorithm>

#include "duckdb/main/client_config.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/parallel/task_scheduler.hpp"

namespace pyrite::engine {
namespace {

constexpr size_t kMostIdle = 64;
// Of results made ahead: each thread can go on. With more, memory has left the processor's caches
// by the time that it is used again.
constexpr int64_t kBufferPerThread = 8 << 20;

void Apply(const QueryOptions& options, duckdb::ClientContext& context) {
  duckdb::ClientConfig& config = duckdb::ClientConfig::GetConfig(context);
  auto threads =
      static_cast<int64_t>(duckdb::TaskScheduler::GetScheduler(context).NumberOfThreads());
  int64_t buffer_bytes = std::min(options.buffer_bytes, kBufferPerThread * threads);
  config.max_streaming_buffer_size = static_cast<duckdb::idx_t>(buffer_bytes);
  auto& database = duckdb::DBConfig::GetConfig(context);
  const auto set = [&](const char* name, duckdb::Value value) {
    duckdb::optional_ptr<const duckdb::ConfigurationOption> option;
    auto setting = database.TryGetSettingIndex(duckdb::Identifier(name), option);
    config.user_settings.SetUserSetting(setting.GetIndex(), std::move(value));
  };
  set("TimeZone", duckdb::Value(EngineTimeZone(options.time_zone)));
  config.enable_profiler = options.profile;
}

}  // namespace

ConnectionPool::Lease ConnectionPool::Take(const QueryOptions& options) {
  std::unique_ptr<duckdb::Connection> connection;
  {
    std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) connection = std::make_unique<duckdb::Connection>(database_);
  Apply(options, *connection->context);
  return Lease(connection.release(), Return{this});
}

void ConnectionPool::GiveBack(duckdb::Connection* returned) {
  std::unique_ptr<duckdb::Connection> connection(returned);
  if (connection->HasActiveTransaction()) return;
  std::lock_guard lock(mutex_);
  if (idle_.size() < kMostIdle) idle_.push_back(std::move(connection));
}

std::string EngineTimeZone(const std::string& zone) {
  if (zone == "Z") return "UTC";
  if (!zone.empty() && (zone[0] == '+' || zone[0] == '-')) return "GMT" + zone;
  if (zone.starts_with("UTC") && zone.size() > 3) return "GMT" + zone.substr(3);
  return zone;
}

}  // namespace pyrite::engine
