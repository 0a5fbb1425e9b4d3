#include "streaming/batch_log.h"

#include <charconv>
#include <fstream>
#include <sstream>

#include "sources/path.h"

namespace pyrite::streaming {
namespace {

std::optional<int64_t> NumberOf(const std::string& name) {
  int64_t id = 0;
  auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  bool whole = error == std::errc() && stop == name.data() + name.size();
  return whole ? std::optional(id) : std::nullopt;
}

}  // namespace

std::optional<std::string> ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool WriteNew(const sources::Disk& disk, const std::string& path, const std::string& text) {
  std::string folder = sources::ParentPath(path);
  std::string draft = folder + "/." + std::string(sources::BaseName(path)) + ".tmp";
  disk.RemoveFile(draft);  // of a run that has died
  sources::Descriptor open = disk.CreateLocked(draft, text);
  bool is_new = disk.LinkNew(draft, path);
  disk.RemoveFile(draft);
  disk.Sync(folder);
  return is_new;
}

BatchLog::BatchLog(std::string folder) : folder_(std::move(folder)) {
  if (folder_.empty()) return;
  sources::Disk().MakeFolders(folder_);
  for (const std::string& name : sources::NamesIn(folder_)) {
    if (std::optional<int64_t> id = NumberOf(name)) entries_.emplace(*id, "");
  }
}

bool BatchLog::Add(int64_t id, const std::string& text) {
  if (entries_.contains(id)) return false;
  if (!folder_.empty() && !WriteNew(sources::Disk(), PathOf(id), text)) return false;
  entries_.emplace(id, folder_.empty() ? text : "");
  return true;
}

std::optional<std::string> BatchLog::Find(int64_t id) const {
  auto found = entries_.find(id);
  if (found == entries_.end()) return std::nullopt;
  return folder_.empty() ? found->second : ReadText(PathOf(id));
}

std::optional<int64_t> BatchLog::Last() const {
  if (entries_.empty()) return std::nullopt;
  return entries_.rbegin()->first;
}

void BatchLog::RemoveBefore(int64_t id) {
  while (!entries_.empty() && entries_.begin()->first < id) {
    if (!folder_.empty()) sources::Disk().RemoveFile(PathOf(entries_.begin()->first));
    entries_.erase(entries_.begin());
  }
}

}  // namespace pyrite::streaming
