#include "sources/text/schema_cache.h"

#include <mutex>
#include <unordered_map>

namespace pyrite::sources {
namespace {

constexpr size_t kMostSchemas = 1000;

std::mutex schemas_mutex;
std::unordered_map<std::string, Schema> schemas;

std::string KeyOf(const std::string& format, const std::vector<plan::ScanFile>& files,
                  const plan::Options& settled, const std::string& more) {
  std::string key = format + '\n' + more;
  const auto add = [&](const std::string& text) {
    key += std::to_string(text.size());
    key += ':';
    key += text;
  };
  for (const auto& [name, value] : settled) {
    add(name);
    add(value);
  }
  for (const plan::ScanFile& file : files) {
    add(file.path);
    key += ' ' + std::to_string(file.size) + ' ' + std::to_string(file.modification_time);
  }
  return key;
}

}  // namespace

Schema RememberSchema(const std::string& format, const std::vector<plan::ScanFile>& files,
                      const plan::Options& settled, const std::string& more,
                      const std::function<Schema()>& infer) {
  std::string key = KeyOf(format, files, settled, more);
  {
    std::lock_guard lock(schemas_mutex);
    auto known = schemas.find(key);
    if (known != schemas.end()) return known->second;
  }
  Schema schema = infer();
  std::lock_guard lock(schemas_mutex);
  if (schemas.size() >= kMostSchemas) schemas.clear();
  schemas.emplace(std::move(key), schema);
  return schema;
}

}  // namespace pyrite::sources
